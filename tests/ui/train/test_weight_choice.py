"""A batch has a name, and its images are always the same."""

from __future__ import annotations

import numpy as np
import pytest

from ui.train.weight_choice import MOST_SEED, SIZES, BatchChoice


@pytest.mark.parametrize("size", SIZES)
def test_a_batch_is_the_same_again(size: int) -> None:
    """No image twice, another seed other images, all of them where there are some."""
    positions = BatchChoice(size, MOST_SEED).positions(54_000)
    assert len(set(positions.tolist())) == size
    assert positions.min() >= 0
    assert positions.max() < 54_000
    np.testing.assert_array_equal(positions, BatchChoice(size, MOST_SEED).positions(54_000))
    assert not np.array_equal(positions, BatchChoice(size, 1).positions(54_000))


def test_all_training_images_may_be_drawn() -> None:
    """Up to the last one."""
    drawn = np.concatenate([BatchChoice(8, seed).positions(10) for seed in range(20)])
    assert set(drawn.tolist()) == set(range(10))
