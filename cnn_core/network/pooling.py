"""What pooling keeps of a map, and what it discards."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array, average_pool, max_pool, windows
from cnn_core.network.axis import Sliding

PoolKind = Literal["max", "average"]

# Relative to the value. Float32 sums of some hundred products that ought to be equal differ by less.
_ROUNDING = np.float32(1e-5)


def pool(maps: Array, size: int, stride: int, kind: PoolKind) -> Array:
    """Maps (n, height, width, channels), pooled by their largest values or their means."""
    return max_pool(maps, size, stride) if kind == "max" else average_pool(maps, size, stride)


def winners(maps: Array, size: int = 2, stride: int = 2) -> NDArray[np.int64]:
    """Which value of every window is the largest: int64 (n, rows, columns, channels).

    The values of a window are counted row by row from 0; of equal ones the first wins, as in
    TensorFlow.
    """
    seen = windows(maps, size, stride)
    return np.asarray(seen.reshape(*seen.shape[:4], size * size).argmax(axis=-1))


def shares(maps: Array, size: int = 2, stride: int = 2) -> Array:
    """How large a part each value of every window has in its largest one.

    float32 (n, rows, columns, channels, size · size), the values of a window row by row; the parts
    of a window add up to 1. It is 1 for a largest value that stands alone; equal ones share it
    equally. Equal is what rounding alone sets apart: over even paper, or even ink, the same sum
    comes out a last digit larger here than there, and that must not choose a winner.
    """
    seen = windows(maps, size, stride)
    values = seen.reshape(*seen.shape[:4], size * size)
    largest = values.max(axis=-1, keepdims=True)
    tied = values >= largest - _ROUNDING * np.abs(largest)
    return np.asarray(tied / tied.sum(axis=-1, keepdims=True), np.float32)


def times_kept(feature_map: Array, size: int = 2, stride: int = 2) -> NDArray[np.int64]:
    """How often max pooling keeps each value of a map (height, width), as int64 of its shape.

    0 for those that never win; more than 1 only where windows overlap.
    """
    won = winners(feature_map[np.newaxis, ..., np.newaxis], size, stride)[0, ..., 0]
    rows, columns = np.indices(won.shape)
    kept = np.zeros(feature_map.shape, np.int64)
    np.add.at(kept, (rows * stride + won // size, columns * stride + won % size), 1)
    return kept


def unread(shape: tuple[int, int], size: int = 2, stride: int = 2) -> NDArray[np.bool_]:
    """Which positions of a map (height, width) no pooling window reads: bool of its shape."""
    rows, columns = (Sliding(length, size, stride).unread() for length in shape)
    return rows[:, np.newaxis] | columns[np.newaxis, :]
