"""The runs that the tests of the sliding window show in a browser and compute beside it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnn_core.network.arithmetic import Padding
from cnn_core.network.filter_run import FilterRun, PoolRun, run_filter, run_pool
from cnn_core.network.kernels import kernel_named
from cnn_core.network.pooling import PoolKind


def _filter(
    shape: tuple[int, int, int],
    size: int,
    stride: int = 1,
    padding: Padding = "valid",
    dilation: int = 1,
    rectified: bool = False,
) -> Callable[[], FilterRun]:
    def run() -> FilterRun:
        rng = np.random.default_rng(sum(shape))
        maps = (rng.random(shape) * 3).astype(np.float32)
        kernel = rng.normal(size=(size, size, shape[2])).astype(np.float32)
        return run_filter(maps, kernel, -0.25, stride, padding, dilation, rectified)

    return run


def _edge() -> FilterRun:
    # Left half 0, right half 1: every sum is exactly 0 but in the two columns that see the edge.
    maps = np.zeros((8, 8, 1), np.float32)
    maps[:, 4:] = 1
    return run_filter(maps, kernel_named("sobel-right").weights(3)[..., np.newaxis])


def _pool(size: int, stride: int, kind: PoolKind) -> Callable[[], PoolRun]:
    # Few different values, so that some windows hold equal ones.
    values = np.random.default_rng(size).integers(0, 12, (13, 13)).astype(np.float32) / np.float32(
        4
    )
    return lambda: run_pool(values, size, stride, kind)


FILTERS = {
    "plain": _filter((28, 28, 1), 3),
    "channels": _filter((11, 11, 5), 3, padding="same", rectified=True),
    "strided": _filter((12, 9, 1), 5, stride=2, padding=2),
    "dilated": _filter((14, 14, 2), 3, padding=1, dilation=3, rectified=True),
    # One row of padding above, two below, two columns at either side.
    "uneven": _filter((12, 9, 1), 5, stride=2, padding="same"),
    "edge": _edge,
    "seven": _filter((16, 16, 1), 7, stride=3, padding="same"),
}
POOLS = {
    "max": _pool(2, 2, "max"),
    "overlapping": _pool(3, 1, "max"),
    "average": _pool(2, 2, "average"),
}
