"""What is measured of variants: mistakes by move and label, blackened images, one sum for all layers."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist, Split
from cnn_core.findings.variants import (
    DIRECTIONS,
    MOVES,
    as_one_sum,
    as_received,
    count_errors,
    unseen_by_reference,
)
from cnn_core.network.network import Network
from cnn_core.network.variant import Variant, VariantNetwork
from cnn_core.recipe.variants import BLACKENED, PADDED
from tests.support.networks import random_network


class _ReadsRow:
    """Reads the row, in tens of pixels, of the only pixel that is lit: 1 for row 10, 9 for none."""

    def predict(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        lit = images.reshape(len(images), 28, 28).max(axis=2)
        answers = np.where(lit.any(axis=1), lit.argmax(axis=1) // 10, 9)
        return np.eye(10, dtype=np.float32)[answers]


def test_moves() -> None:
    """The digit as it is, and by two pixels in all eight directions, each once."""
    assert MOVES[0] == (0, 0)
    assert len(set(DIRECTIONS)) == len(DIRECTIONS) == 8
    assert {amount for move in DIRECTIONS for amount in move} == {-2, 0, 2}
    assert (-2, 0) in DIRECTIONS
    assert (2, 2) in DIRECTIONS


def test_errors_by_move_and_label() -> None:
    """A pixel in row 10 is misread where it moves up, one in row 8 where it moves down."""
    images = np.zeros((3, 28, 28), np.uint8)
    images[0, 10, 5] = images[1, 8, 5] = images[2, 14, 5] = 255
    split = Split(images, np.array([1, 0, 1], np.uint8))

    errors = count_errors(PADDED, cast(Network, _ReadsRow()), split)

    assert errors.shape == (9, 10)
    for row, (down, _) in enumerate(MOVES):
        expected = np.zeros(10)
        expected[1] = down < 0
        expected[0] = down > 0
        np.testing.assert_array_equal(errors[row], expected)


def test_blackened_after_the_move(mnist: Mnist) -> None:
    """The black pixels stand still: ink that moves in is gone, whichever variant else sees it."""
    images = mnist.test.images[:4]
    black = unseen_by_reference()
    assert black.sum() == 300

    received = as_received(BLACKENED, images)

    assert not received[:, black].any()
    np.testing.assert_array_equal(received[:, ~black], images[:, ~black])
    assert as_received(PADDED, images) is images

    low = np.zeros((1, 28, 28), np.uint8)
    low[0, 21, 10] = 255
    split = Split(low, np.array([2], np.uint8))
    network = cast(Network, _ReadsRow())
    # Two pixels down it is in row 23, which is black for one of the two.
    assert count_errors(PADDED, network, split).sum() == 3
    np.testing.assert_array_equal(
        count_errors(BLACKENED, network, split)[:, 2], [down != 0 for down, _ in MOVES]
    )


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_sums_of_sums_are_one_sum(mnist: Mnist, padding: str) -> None:
    """Without ReLU and with mean pools, all layers give what one weighted sum gives; else not."""
    sums = Variant(activation="linear", pooling="average", padding=padding)  # type: ignore[arg-type]
    network = VariantNetwork(sums, random_network(sums).weights)
    images = mnist.test.images[:20]

    weights, bias = as_one_sum(network)

    pixels = images.reshape(20, 784).astype(np.float32) / 255
    logits = network.logits(images)
    np.testing.assert_allclose(pixels @ weights + bias, logits, atol=1e-4)

    rectified = VariantNetwork(Variant(padding=padding), network.weights)  # type: ignore[arg-type]
    weights, bias = as_one_sum(rectified)
    assert np.abs(pixels @ weights + bias - rectified.logits(images)).max() > 0.1
