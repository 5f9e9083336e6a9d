"""Thinning against what is known of shapes: lines stay lines, rings rings, parts parts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.images.connected_parts import connected_parts
from cnn_core.images.strokes import strokes_of
from cnn_core.images.thinning import Mask, thinned


def broadened(mask: Mask) -> Mask:
    """Every pixel with its eight neighbours."""
    padded = np.pad(mask, 1)
    rows, columns = mask.shape
    shifts = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    broad: Mask = np.logical_or.reduce(shifts)
    return broad


@given(arrays(np.bool_, st.tuples(st.integers(1, 16), st.integers(1, 16))))
def test_nothing_is_added_and_nothing_is_left_to_take_away(mask: Mask) -> None:
    """A skeleton lies in the ink, and is its own skeleton."""
    skeleton = thinned(mask)

    assert not (skeleton & ~mask).any()
    np.testing.assert_array_equal(thinned(skeleton), skeleton)


@given(
    st.lists(st.tuples(st.integers(4, 35), st.integers(4, 35)), min_size=2, max_size=5),
)
def test_strokes_keep_their_parts_and_lose_their_breadth(places: list[tuple[int, int]]) -> None:
    """Broad strokes from place to place stay as many parts of ink and of paper, a few pixels broad."""
    mask = np.zeros((40, 40), bool)
    for (top, left), (bottom, right) in pairwise(places):
        rows = np.linspace(top, bottom, 80).round().astype(int)
        columns = np.linspace(left, right, 80).round().astype(int)
        mask[rows, columns] = True
    ink = broadened(np.pad(mask, 1))

    skeleton = thinned(ink)

    assert connected_parts(skeleton).max() == connected_parts(ink).max()
    # No pixel in the middle of three by three others is left.
    full = np.lib.stride_tricks.sliding_window_view(skeleton, (3, 3)).all(axis=(2, 3))
    assert not full.any()


def test_a_bar_becomes_its_middle_line() -> None:
    """Of five rows the third is left, but for its ends."""
    mask = np.zeros((9, 30), bool)
    mask[2:7, 2:28] = True

    rows, columns = np.nonzero(thinned(mask))

    assert set(rows) == {4}
    assert columns.min() <= 5
    assert columns.max() >= 24


def test_a_ring_stays_closed() -> None:
    """Every place of it has one before and one behind it, in the middle of what was there."""
    row, column = np.indices((31, 31)) - 15
    ring = thinned(abs(np.hypot(row, column) - 10) <= 2.5)

    (stroke,) = strokes_of({(int(row), int(column)) for row, column in np.argwhere(ring)}, 5)
    assert stroke[0] == stroke[-1]
    assert len(set(stroke)) == len(stroke) - 1 > 50
    assert abs(np.hypot(*(np.array(stroke) - 15).T) - 10).max() <= 1.5
