"""A filter, or a pooling window, on its way over its input: the component of two pages.

Everything that is drawn comes from a FilterRun or a PoolRun of cnn_core; the JavaScript indexes
these arrays, draws and plays, and multiplies what stands side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.axis import Sliding
from cnn_core.network.filter_run import FilterRun, PoolRun
from ui.components.shared.from_browser import values, whole_number
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import ACTIVATION_SCALE, PIXEL_SCALE, signed_scale
from ui.look.wording import number, shape

ScaleName = Literal["pixels", "activations", "signed"]

# Enough to follow the network's sums, few enough to read.
MOST_DECIMALS = 4


_sliding_window = register(__file__)


@dataclass(frozen=True)
class Scale:
    """How values become colours: from 0, or from −largest where signed, to `largest`."""

    name: ScaleName
    largest: float


class Place(NamedTuple):
    """An output cell."""

    row: int
    column: int


def sliding_window(
    run: FilterRun | PoolRun,
    scale: Scale,
    label: str,
    *,
    key: str,
    note: str = "",
    start: Place | None = None,
    asked: int | None = None,
    autoplay: bool = False,
    scroll: bool = False,
    on_link: Callable[[int, int], None] | None = None,
) -> None:
    """Show a filter, or a pooling window, slide over its input, with the arithmetic of every place.

    All of the output is there at first, and again after each change; playing writes it anew.

    scale: how the input is coloured.
    label: what is shown, for screen readers.
    note: what to look for, right under the grids.
    start: where it stands at first.
    asked: an output cell, counted row by row, whose value stays hidden.
    autoplay: whether it starts by itself once its output is in sight, and is through within five
        seconds; never with reduced motion.
    scroll: whether the page moves to it once.
    on_link: called with row and column where the visitor asks for the link to a place.
    """

    def link(value: object) -> None:
        row, column = values(value, 2)
        if on_link is not None:
            on_link(whole_number(row, run.rows.outputs), whole_number(column, run.columns.outputs))

    _sliding_window(
        key=key,
        data=(filter_data(run, scale) if isinstance(run, FilterRun) else pool_data(run, scale))
        | {
            "label": label,
            "note": note,
            "start": start and start._asdict(),
            "asked": asked,
            "autoplay": autoplay,
            "scroll": scroll,
            "linkable": on_link is not None,
        },
        linked=link,
    )


def filter_data(run: FilterRun, scale: Scale) -> dict[str, Any]:
    """What the browser is sent of a filter's run, ready for JSON."""
    inputs, weights = decimals_of(run.maps), decimals_of(run.kernel)
    bias = decimals_of(np.array([run.bias], np.float32))
    sums = min(MOST_DECIMALS, max(inputs + weights, bias))
    largest = float(np.abs(run.output).max())
    return _common(run.rows, run.columns, scale) | {
        "mode": "convolution",
        "channels": run.maps.shape[2],
        "input": _floats(run.maps.transpose(2, 0, 1)),
        "inputTitle": f"Input {shape(run.maps.shape)}",
        "kernel": _floats(run.kernel.transpose(2, 0, 1)),
        "bias": run.bias,
        "rectified": run.rectified,
        # A single channel contributes all there is.
        "contributions": _floats(run.contributions) if run.maps.shape[2] > 1 else None,
        "totals": _floats(run.totals),
        "sums": _floats(run.sums),
        "output": _floats(run.output) if run.rectified else None,
        "outputScale": _scale(Scale("activations" if run.rectified else "signed", largest)),
        "decimals": {
            "input": inputs,
            "weight": weights,
            "bias": bias,
            "sum": sums,
            "output": sums,
        },
    }


def pool_data(run: PoolRun, scale: Scale) -> dict[str, Any]:
    """What the browser is sent of a pooling run, ready for JSON."""
    return _common(run.rows, run.columns, scale) | {
        "mode": run.kind,
        "channels": 1,
        "input": _floats(run.map),
        "inputTitle": f"Input {shape(run.map.shape)}",
        "output": _floats(run.output),
        "outputScale": _scale(scale),
        "winners": base64_bytes(run.winners.astype(np.uint8)) if run.kind == "max" else None,
        "decimals": {"input": decimals_of(run.map), "output": decimals_of(run.output)},
    }


def decimals_of(values: NDArray[np.float32]) -> int:
    """How many decimals show values in full; MOST_DECIMALS where more would be needed."""
    for decimals in range(MOST_DECIMALS):
        if np.allclose(values, np.round(values, decimals), rtol=1e-6, atol=1e-7):
            return decimals
    return MOST_DECIMALS


def _common(rows: Sliding, columns: Sliding, scale: Scale) -> dict[str, Any]:
    return {
        "height": rows.size,
        "width": columns.size,
        "size": rows.kernel_size,
        "stride": rows.stride,
        "dilation": rows.dilation,
        "before": [rows.widths[0], columns.widths[0]],
        "after": [rows.widths[1], columns.widths[1]],
        "rows": rows.outputs,
        "columns": columns.outputs,
        "inputScale": _scale(scale),
        "outputTitle": f"Output {shape((rows.outputs, columns.outputs))}",
        "scales": {
            "pixels": PIXEL_SCALE,
            "activations": ACTIVATION_SCALE,
            "signed": signed_scale(),
        },
        "mostDecimals": MOST_DECIMALS,
    }


def _scale(scale: Scale) -> list[Any]:
    most = f"{number(scale.largest, 0 if float(scale.largest).is_integer() else 2)}"
    if scale.name == "signed":
        return [scale.name, -scale.largest, scale.largest, [f"−{most}", most]]
    return [scale.name, 0, scale.largest, ["0", most]]


def _floats(values: Array) -> str:
    return base64_bytes(np.ascontiguousarray(values, dtype=np.float32))
