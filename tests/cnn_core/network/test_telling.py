"""Where a page begins that shows one unit of many: with the one that says most about the digit."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.telling import (
    brightest_steadied_unit,
    brightest_unit,
    steadied_units,
)


def test_the_brightest_holds_the_largest_value() -> None:
    """Of maps the one with the brightest cell, not the one with most light; of numbers the largest."""
    maps = np.zeros((4, 3, 3), np.float32)
    maps[..., 0] = 0.5
    maps[3, 1, 2] = 0.75
    maps[0, 2, 1] = 0.7
    assert brightest_unit(maps) == 2
    assert brightest_unit(np.array([-3, -1, -2], np.float32)) == 1
    assert brightest_unit(np.zeros(5, np.float32)) == 0


@pytest.fixture
def pair() -> tuple[np.ndarray, np.ndarray]:
    """Four maps of 4×4 and the same moved: a stroke in a window, one that leaves it, none, one that stays."""
    still, moved = np.zeros((2, 4, 4, 4), np.float32)
    still[0, 0, 0] = moved[0, 1, 0] = 2
    still[0, 1, 1] = moved[0, 2, 1] = 5
    still[1, 1, 3] = moved[1, 1, 3] = 7
    return still, moved


def test_pooling_steadies_what_stays_within_its_window(pair: tuple[np.ndarray, np.ndarray]) -> None:
    """One cell further in the same window changes all before the pool and nothing after it."""
    assert steadied_units(*pair) == [0]
    # The values are rows, columns, maps: along the other axis the stroke would leave no window.
    assert brightest_steadied_unit(*pair) == 0


def test_where_pooling_steadies_no_map_the_brightest_of_all(
    pair: tuple[np.ndarray, np.ndarray],
) -> None:
    """Rather than none."""
    still, moved = (maps[..., 1:] for maps in pair)
    assert steadied_units(still, moved) == []
    assert brightest_steadied_unit(still, moved) == 2


def test_of_several_steadied_maps_the_brightest(pair: tuple[np.ndarray, np.ndarray]) -> None:
    """By its number among all maps."""
    still, moved = (np.concatenate([maps, 3 * maps[..., :1]], axis=2) for maps in pair)
    assert steadied_units(still, moved) == [0, 4]
    assert brightest_steadied_unit(still, moved) == 4
