"""What changes in a network when a digit is moved by a pixel, before a pool and after it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.network.pooling import PoolKind, pool


def moved(images: NDArray[np.uint8], down: int, right: int) -> NDArray[np.uint8]:
    """Images (..., height, width), moved by whole pixels; what leaves is lost, black comes in."""
    height, width = images.shape[-2:]
    result = np.zeros_like(images)
    source = images[
        ..., max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
    ]
    top, left = max(down, 0), max(right, 0)
    result[..., top : top + source.shape[-2], left : left + source.shape[-1]] = source
    return result


def relative_change(before: Array, after: Array) -> float:
    """How much two arrays differ: the sum of all differences over the sum of all values before.

    0 where they are equal; not a number (nan) where `before` is 0 everywhere and `after` is not.
    """
    difference = float(np.abs(after - before).sum(dtype=np.float64))
    size = float(np.abs(before).sum(dtype=np.float64))
    if difference == 0:
        return 0.0
    return difference / size if size else float("nan")


def cells_changed(before: Array, after: Array) -> int:
    """How many cells of two arrays of one shape hold different values."""
    return int((before != after).sum())


def layer_change(
    network: Network,
    layer: str,
    images: NDArray[np.uint8],
    move: tuple[int, int],
    size: int,
    stride: int,
    kind: PoolKind,
) -> tuple[float, float]:
    """The relative change of a layer when images are moved, before and after pooling its output.

    images: uint8 (n, 28, 28), all taken together, as are all filters of the layer.
    move: pixels down and right.
    """
    still = network.activations(images)[layer]
    shifted = network.activations(moved(images, *move))[layer]
    pooled = (pool(maps, size, stride, kind) for maps in (still, shifted))
    return relative_change(still, shifted), relative_change(*pooled)
