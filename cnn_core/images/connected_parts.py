"""Which pixels hang together: the connected parts of a drawing or a photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def connected_parts(mask: Mask) -> NDArray[np.int64]:
    """The part that each pixel belongs to, bool (rows, columns) → int64 (rows, columns).

    Pixels that touch, by a side or by a corner, are of one part. 0 is no part; the parts count from
    1, the largest first.
    """
    numbers = np.full((mask.shape[0] + 1, mask.shape[1] + 2), -1, np.int64)
    inside = numbers[:-1, 1:-1]
    inside[mask] = np.arange(mask.sum())
    # Each pixel with its neighbours to the right and in the row below.
    down = [numbers[1:, column : column + mask.shape[1]] for column in range(3)]
    pairs = [
        np.stack([inside[both], other[both]])
        for other in (numbers[:-1, 2:], *down)
        if (both := (inside >= 0) & (other >= 0)).any()
    ]
    roots = _roots(np.concatenate([np.empty((2, 0), np.int64), *pairs], axis=1), int(mask.sum()))
    _, part, sizes = np.unique(roots, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(1, len(sizes) + 1)
    parts = np.zeros(mask.shape, np.int64)
    parts[mask] = rank[part]
    return parts


def _roots(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The smallest number that each of `count` numbers hangs together with, by the pairs (2, n)."""
    roots = np.arange(count)
    while True:
        ends = roots[pairs]
        apart = ends[0] != ends[1]
        if not apart.any():
            return roots
        pairs, ends = pairs[:, apart], ends[:, apart]
        # Of two parts that touch, the one of the larger number joins the other, all at once.
        np.minimum.at(roots, ends.max(axis=0), ends.min(axis=0))
        while (further := roots[roots] != roots).any():
            roots[further] = roots[roots[further]]
