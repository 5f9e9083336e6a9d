"""Connected parts against a flood fill that visits pixel after pixel."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.images.connected_parts import Mask, connected_parts


def flooded(mask: Mask) -> list[set[tuple[int, int]]]:
    """Every part as a set of pixels."""
    left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
    parts = []
    while left:
        border = [left.pop()]
        part = set(border)
        while border:
            row, column = border.pop()
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            part |= near
            border += near
        parts.append(part)
    return parts


@given(arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_same_parts_as_a_flood_fill(mask: Mask) -> None:
    """The same sets of pixels, numbered from the largest on."""
    parts = connected_parts(mask)

    found = [
        {(int(row), int(column)) for row, column in np.argwhere(parts == number)}
        for number in range(1, parts.max() + 1)
    ]
    assert sorted(map(sorted, found)) == sorted(map(sorted, flooded(mask)))
    assert [len(part) for part in found] == sorted(map(len, found), reverse=True)
    assert ((parts == 0) == ~mask).all()


def test_a_long_way_round() -> None:
    """A line that winds through the whole picture is one part, a dot beside it another."""
    mask = np.zeros((80, 80), bool)
    mask[::4] = True
    mask[[row for start in range(0, 76, 8) for row in range(start, start + 5)], -1] = True
    mask[[row for start in range(4, 76, 8) for row in range(start, start + 5)], 0] = True
    mask[2, 40] = True

    assert connected_parts(mask).max() == 2
