"""A cell of a convolution's map: every product that it adds up."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.connections import conv_window
from cnn_core.network.filter_run import run_layer
from ui.components.sum_table.sum_table import Factor, Term, Total, signed, terms
from ui.inside.units.unit import Unit, link_to
from ui.look.colors import colour_activations, colour_signed
from ui.look.wording import number

# Of the maps that it reads, so many are written out.
CHANNELS_SHOWN = 16


def show_convolution(unit: Unit, cell: tuple[int, int]) -> None:
    """Show what a cell (row, column) of a convolution's map adds up, up to bias and ReLU."""
    row, column = cell
    st.subheader(f"The arithmetic of row {row}, column {column}")
    st.page_link(
        "pages/convolution.py",
        label="Open in convolution: the window at this very place",
        icon=":material/blur_linear:",
        query_params=link_to(unit, unit.layer.name, cell),
    )
    run = run_layer(unit.network, unit.layer.name, unit.number, unit.inputs)
    window = conv_window(unit.network, unit.inputs, len(run.kernel), row, column)
    rows = (
        _pixel_terms(
            window[..., 0], run.kernel[..., 0], run.rows.start(row), run.rows.start(column)
        )
        if window.shape[2] == 1
        else _channel_terms(unit, window, run.kernel, run.contributions[cell])
    )
    single = window.shape[2] == 1
    terms(
        f"What {unit.title.lower()} adds up here",
        ["Pixel", "Value", "Weight", "Product"]
        if single
        else [f"Map of {unit.before.name}", "Values", "Weights", "Sum of products"],
        rows,
        [
            *_rest(run.contributions[cell]),
            Total("All products together", signed(float(run.totals[cell]))),
            Total("Bias", signed(run.bias)),
            Total("Sum", signed(float(run.sums[cell]))),
            Total(
                "After ReLU: a negative sum becomes 0",
                number(float(run.output[cell]), 4),
                strong=True,
            ),
        ],
        key="conv-terms",
    )
    if not single:
        st.caption(
            f"Largest first. Values: {unit.before.name}, from 0 (dark) to "
            f"{number(float(unit.inputs.max()), 2)} (yellow). Weights: from orange, negative, to "
            f"blue, positive, ±{number(float(np.abs(run.kernel).max()), 2)} at most."
        )


def _pixel_terms(window: Array, kernel: Array, top: int, left: int) -> list[Term]:
    return [
        Term(
            f"row {top + row}, column {left + column}",
            float(window[row, column] * kernel[row, column]),
            (number(float(window[row, column]), 4), signed(float(kernel[row, column]))),
        )
        for row, column in np.ndindex(*window.shape)
    ]


def _channel_terms(unit: Unit, window: Array, kernel: Array, shares: Array) -> list[Term]:
    brightest, heaviest = float(unit.inputs.max()), float(np.abs(kernel).max())
    return [
        Term(
            f"map {channel}",
            float(shares[channel]),
            (
                Factor(
                    colour_activations(window[..., channel], brightest),
                    f"The window on map {channel}: {_listed(window[..., channel])}",
                ),
                Factor(
                    colour_signed(kernel[..., channel], heaviest),
                    f"The weights for map {channel}: {_listed(kernel[..., channel])}",
                ),
            ),
        )
        for channel in _strongest(shares)
    ]


def _rest(shares: Array) -> list[Total]:
    """What the maps that are not written out add together."""
    hidden = len(shares) - len(_strongest(shares))
    if not hidden:
        return []
    rest = float(np.delete(shares, _strongest(shares)).sum())
    return [Total(f"The other {hidden} maps together", signed(rest))]


def _strongest(shares: Array) -> NDArray[np.int64]:
    return np.argsort(-np.abs(shares), kind="stable")[:CHANNELS_SHOWN]


def _listed(values: Array) -> str:
    return "; ".join(", ".join(number(float(value), 3) for value in row) for row in values)
