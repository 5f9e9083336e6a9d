"""Which unit of a layer says most about a digit: where a page begins that shows only one."""

from __future__ import annotations

import numpy as np

from cnn_core.network.arithmetic import Array, max_pool
from cnn_core.network.change_of_maps import relative_change


def brightest_unit(values: Array) -> int:
    """The unit that holds a layer's largest value; the first of several.

    values: a layer's output for one digit, float32 (rows, columns, units) or (units,).
    """
    return int(values.reshape(-1, values.shape[-1]).max(axis=0).argmax())


def steadied_units(still: Array, moved: Array) -> list[int]:
    """The units whose map changes less, in relation to itself, once it is max pooled 2×2.

    still, moved: a layer's maps for a digit and for the same digit moved, float32 (rows, columns, units).
    """
    pooled = [max_pool(maps[np.newaxis])[0] for maps in (still, moved)]
    return [
        unit
        for unit in range(still.shape[-1])
        if relative_change(pooled[0][..., unit], pooled[1][..., unit])
        < relative_change(still[..., unit], moved[..., unit])
    ]


def brightest_steadied_unit(still: Array, moved: Array) -> int:
    """Of the maps that pooling steadies the one with the largest value; of all, where it steadies none."""
    steadied = steadied_units(still, moved) or list(range(still.shape[-1]))
    return steadied[brightest_unit(still[..., steadied])]
