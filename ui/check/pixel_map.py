"""What each pixel can do to an answer, as a map: a logarithmic scale, and hatching where it is nothing."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.network.arithmetic import Array
from ui.look.chart_style import BAR_BELOW
from ui.look.colors import ACTIVATION_SCALE, NEUTRAL, plotly_scale
from ui.look.wording import percent

HEIGHT = 470


def pixel_map(
    values: Array, blind: NDArray[np.bool_], scale: tuple[int, int], name: str
) -> go.Figure:
    """Changes of a probability, float32 (28, 28), 0 to 1, in colours; what is blind is hatched.

    blind: bool (28, 28), pixels that the architecture never looks at.
    scale: powers of ten at the ends of the colour scale; what is smaller has its first colour.
    """
    least, most = scale
    shown = np.full(values.shape, np.nan)
    np.log10(np.maximum(values, 10.0**least), out=shown, where=~blind)
    texts = [
        [
            f"{name}, row {row}, column {column}: "
            + ("cannot change anything" if blind[row, column] else _exact(values[row, column]))
            for column in range(IMAGE_SIZE)
        ]
        for row in range(IMAGE_SIZE)
    ]
    powers = list(range(least, most + 1))
    figure = go.Figure()
    if blind.any():
        _add_hatching(figure, blind)
    figure.add_heatmap(
        z=shown,
        zmin=least,
        zmax=most,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=True,
        colorscale=plotly_scale(ACTIVATION_SCALE),
        colorbar={
            **BAR_BELOW,
            "tickvals": powers,
            "ticktext": [f"{100 * 10.0**power:g}\N{NO-BREAK SPACE}%" for power in powers],
        },
    )
    edge = [-0.5, IMAGE_SIZE - 0.5]
    figure.update_xaxes(
        range=edge, constrain="domain", dtick=7, showgrid=False, zeroline=False, title="Column"
    )
    figure.update_yaxes(
        range=edge[::-1],
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
        dtick=7,
        showgrid=False,
        zeroline=False,
        title="Row",
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
    )
    return figure


def _add_hatching(figure: go.Figure, blind: NDArray[np.bool_]) -> None:
    """Hatch what is blind: the columns right of all that are seen, and the rows below them."""
    edge = IMAGE_SIZE - 0.5
    right, bottom = (np.flatnonzero(~blind.all(axis=axis))[-1] + 0.5 for axis in (0, 1))
    figure.add_scatter(
        x=[right, edge, edge, -0.5, -0.5, right, right],
        y=[-0.5, -0.5, edge, edge, bottom, bottom, -0.5],
        mode="lines",
        line={"width": 1, "color": NEUTRAL},
        fill="toself",
        fillcolor="rgba(0, 0, 0, 0)",
        fillpattern={"shape": "/", "fgcolor": NEUTRAL, "size": 9, "solidity": 0.3},
        hoverinfo="skip",
    )


def _exact(value: float) -> str:
    return percent(float(value), 4)
