"""Ink thinned to lines: what is left of a stroke where its breadth is taken away.

T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital patterns",
Communications of the ACM 27(3), 1984.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def thinned(mask: Mask) -> Mask:
    """The skeleton of what is set, bool (rows, columns): lines that hang together as the ink did.

    Layer by layer the border is taken away, from the lower right and from the upper left in turn,
    but never a pixel that holds two others together or ends a line.
    """
    ink = np.pad(mask, 1)
    while True:
        before = ink.copy()
        for round_ in (0, 1):
            ink[1:-1, 1:-1] &= ~_removable(ink, round_)
        if (ink == before).all():
            return ink[1:-1, 1:-1]


def _removable(ink: Mask, round_: int) -> Mask:
    """Conditions (a) to (d) of the paper for the inner pixels of `ink`.

    Its names are kept: P2 is the neighbour above, and P3 to P9 follow clockwise.
    """
    rows, columns = ink.shape
    ring = [
        ink[1 + down : rows - 1 + down, 1 + right : columns - 1 + right]
        for down, right in (
            (-1, 0),
            (-1, 1),
            (0, 1),
            (1, 1),
            (1, 0),
            (1, -1),
            (0, -1),
            (-1, -1),
        )
    ]
    p2, p4, p6, p8 = ring[::2]
    neighbours = sum(each.astype(np.int8) for each in ring)
    turns = sum(
        (~first & second).astype(np.int8)
        for first, second in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    border = ~(p2 & p4 & p6) & ~(p4 & p6 & p8) if round_ == 0 else ~(p2 & p4 & p8) & ~(p2 & p6 & p8)
    removable: Mask = (neighbours >= 2) & (neighbours <= 6) & (turns == 1) & border
    return ink[1:-1, 1:-1] & removable
