"""One filter, or one pooling window, on its way over the maps: all that a page shows of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.architecture import POOL_SIZE
from cnn_core.network.arithmetic import Array, Padding, conv2d, pad, relu, windows
from cnn_core.network.axis import Sliding
from cnn_core.network.network import Network
from cnn_core.network.pooling import PoolKind, pool, winners


@dataclass(frozen=True)
class FilterRun:
    """One filter slid over maps (height, width, channels).

    maps: float32 (height, width, channels).
    kernel: float32 (size, size, channels).
    rows, columns: the window along either axis.
    contributions: float32 (rows, columns, channels), each channel's sum of products.
    sums: float32 (rows, columns), all contributions plus bias.
    output: float32 (rows, columns), the sums, through ReLU where `rectified`.
    """

    maps: Array
    kernel: Array
    bias: float
    rows: Sliding
    columns: Sliding
    contributions: Array
    sums: Array
    output: Array
    rectified: bool

    @property
    def totals(self) -> Array:
        """All contributions added up, before the bias: float32 (rows, columns)."""
        return np.asarray(self.contributions.sum(axis=-1))


@dataclass(frozen=True)
class PoolRun:
    """One map (height, width) pooled.

    output: float32 (rows, columns).
    winners: int64 (rows, columns), which of a window's values, counted row by row from 0, is its
        largest (the first of equals); for averages too, though nobody wins there.
    """

    map: Array
    kind: PoolKind
    rows: Sliding
    columns: Sliding
    output: Array
    winners: NDArray[np.int64]


def contributions(
    maps: Array, kernel: Array, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> Array:
    """What every input channel adds to one filter's sums, before they are added up.

    maps (n, height, width, channels), kernel (size, size, channels) → (n, rows, columns,
    channels). Added up along the last axis, plus bias, this is the filter's channel of `conv2d`;
    on its own it is a depthwise convolution.
    """
    size = len(kernel)
    seen = windows(pad(maps, size, stride, padding, dilation), size, stride, dilation)
    return np.asarray(np.einsum("nrcdij,ijd->nrcd", seen, kernel))


def run_filter(
    maps: Array,
    kernel: Array,
    bias: float = 0,
    stride: int = 1,
    padding: Padding = "valid",
    dilation: int = 1,
    rectified: bool = False,
) -> FilterRun:
    """Slide one filter, float32 (size, size, channels), over maps (height, width, channels).

    Raises ValueError where the window does not fit.
    """
    rows, columns = _axes(maps, len(kernel), stride, padding, dilation)
    batch, biases = maps[np.newaxis], np.array([bias], np.float32)
    sums = conv2d(batch, kernel[..., np.newaxis], biases, stride, padding, dilation)[0, ..., 0]
    shares = contributions(batch, kernel, stride, padding, dilation)[0]
    output = relu(sums) if rectified else sums
    return FilterRun(maps, kernel, bias, rows, columns, shares, sums, output, rectified)


def run_layer(network: Network, layer: str, unit: int, maps: Array) -> FilterRun:
    """Slide filter `unit` of a convolution of a network over its input maps.

    maps: what the layer before puts out, float32 (height, width, channels).
    The output is, to the last bit, the network's own.
    """
    weights, padding = network.weights[layer], network.architecture.padding
    kernel, bias = weights.kernel[..., unit], float(weights.bias[unit])
    rows, columns = _axes(maps, len(kernel), 1, padding, 1)
    # All filters at once, as the network does it: another order of adding changes the last bit.
    sums = conv2d(maps[np.newaxis], weights.kernel, weights.bias, padding=padding)[0, ..., unit]
    shares = contributions(maps[np.newaxis], kernel, padding=padding)[0]
    return FilterRun(maps, kernel, bias, rows, columns, shares, sums, relu(sums), rectified=True)


def run_pool(
    feature_map: Array, size: int = POOL_SIZE, stride: int = POOL_SIZE, kind: PoolKind = "max"
) -> PoolRun:
    """Pool one map, float32 (height, width). Raises ValueError where the window does not fit."""
    rows, columns = _axes(feature_map, size, stride, "valid", 1)
    batch = feature_map[np.newaxis, ..., np.newaxis]
    output = pool(batch, size, stride, kind)[0, ..., 0]
    won = winners(batch, size, stride)[0, ..., 0]
    return PoolRun(feature_map, kind, rows, columns, output, won)


def _axes(
    maps: Array, size: int, stride: int, padding: Padding, dilation: int
) -> tuple[Sliding, Sliding]:
    """The window along both axes; raises ValueError where it does not fit."""
    axes = [Sliding(length, size, stride, padding, dilation) for length in maps.shape[:2]]
    for axis in axes:
        _ = axis.outputs
    return axes[0], axes[1]
