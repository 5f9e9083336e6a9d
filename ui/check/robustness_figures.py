"""Accuracy on changed digits: a line for each dial, a map for the shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from cnn_core.findings.robustness import FARTHEST_SHIFT, SHIFTS, Dial, Robustness, Score
from ui.look.chart_style import BAR_BELOW
from ui.look.colors import ACCENT, ACTIVATION_SCALE, NEUTRAL, RUN_COLOURS, plotly_scale
from ui.look.wording import number, percent

HEIGHT = 360
MAP_HEIGHT = 470


class Look(NamedTuple):
    """How the line of one model is told from another's, with and without colour."""

    colour: str
    dash: str
    symbol: str


# By position among the models that are measured.
LOOKS = (
    Look(RUN_COLOURS[2], "dash", "square"),
    Look(RUN_COLOURS[0], "solid", "circle"),
)


def dial_figure(
    dial: Dial,
    scores: Mapping[str, Sequence[Score]],
    value: float,
    title: str,
    suffix: str,
) -> go.Figure:
    """Accuracy of each model against a dial, with a marker at the setting that is shown.

    scores: of each model by its title, one for each value of the dial.
    title, suffix: of the dial's values, `Degrees, clockwise` and `°`.
    """
    figure = go.Figure()
    for (name, found), look in zip(scores.items(), LOOKS, strict=False):
        figure.add_scatter(
            x=dial.values,
            y=[score.accuracy for score in found],
            mode="lines+markers",
            line={"color": look.colour, "dash": look.dash, "width": 2},
            marker={"symbol": look.symbol, "size": 7},
            name=name,
            customdata=[
                [percent(score.accuracy, 2), *(percent(end, 2) for end in score.interval)]
                for score in found
            ],
            hovertemplate=f"{name} at %{{x}}{suffix}: %{{customdata[0]}} right "
            "(95 %% interval: %{customdata[1]} to %{customdata[2]})<extra></extra>".replace(
                "%%", "%"
            ),
        )
        at = dial.values.index(value)
        figure.add_scatter(
            x=[value],
            y=[found[at].accuracy],
            mode="markers",
            marker={
                "symbol": f"{look.symbol}-open",
                "size": 16,
                "color": ACCENT,
                "line": {"width": 3},
            },
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_vline(x=value, line={"color": ACCENT, "width": 1})
    figure.add_hline(y=0.1, line={"color": NEUTRAL, "dash": "dot", "width": 1})
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": title, "zeroline": False},
        yaxis={"title": "Read right", "tickformat": ".0%", "range": [0, 1.03]},
        hovermode="closest",
    )
    return figure


def shift_figure(measured: Robustness, name: str, down: int, right: int) -> go.Figure:
    """Accuracy at each shift, 0 % dark to 100 % yellow; a frame around the shift that is shown.

    Clicks on the cells of a heat map are not reported, so a transparent square lies on each.
    """
    every = list(SHIFTS)
    figure = go.Figure(
        go.Heatmap(
            x=every,
            y=every,
            z=[[score.accuracy for score in row] for row in measured.shifts],
            zmin=0,
            zmax=1,
            colorscale=plotly_scale(ACTIVATION_SCALE),
            colorbar={
                **BAR_BELOW,
                "tickformat": ".0%",
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
            },
            hoverinfo="skip",
        )
    )
    _add_squares(figure, measured, name)
    figure.add_shape(
        type="rect",
        x0=right - 0.5,
        x1=right + 0.5,
        y0=down - 0.5,
        y1=down + 0.5,
        line={"color": ACCENT, "width": 4},
    )
    _shift_axes(figure)
    figure.update_layout(
        height=MAP_HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        dragmode=False,
        hovermode="closest",
        clickmode="event+select",
    )
    return figure


def _add_squares(figure: go.Figure, measured: Robustness, name: str) -> None:
    """A transparent square on each cell, which tells its shift and its accuracy and can be clicked."""
    rows, columns = (axis.ravel() for axis in np.meshgrid(SHIFTS, SHIFTS, indexing="ij"))
    texts = [
        f"{name}: {shift_in_words(int(row), int(column))}, "
        f"{percent(measured.shifted(int(row), int(column)).accuracy)} read right"
        for row, column in zip(rows, columns, strict=True)
    ]
    transparent = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=columns,
        y=rows,
        text=texts,
        mode="markers",
        marker={"symbol": "square", "size": 18, "opacity": 0},
        selected=transparent,
        unselected=transparent,
        hovertemplate="%{text}<extra></extra>",
        name="shifts",
        showlegend=False,
    )


def _shift_axes(figure: go.Figure) -> None:
    """Down is down, and a pixel to the right is as long as one down."""
    figure.update_xaxes(
        title="Pixels to the right",
        range=[-FARTHEST_SHIFT - 0.5, FARTHEST_SHIFT + 0.5],
        constrain="domain",
        dtick=4,
        zeroline=False,
    )
    figure.update_yaxes(
        title="Pixels down",
        range=[FARTHEST_SHIFT + 0.5, -FARTHEST_SHIFT - 0.5],
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
        dtick=4,
        zeroline=False,
    )


def shift_in_words(down: int, right: int) -> str:
    """`moved 2 pixels down and 3 to the left`, or `not moved`."""
    parts = [
        f"{number(abs(amount))} {towards}"
        for amount, towards in (
            (down, "down" if down > 0 else "up"),
            (right, "to the right" if right > 0 else "to the left"),
        )
        if amount
    ]
    if not parts:
        return "not moved"
    first = parts[0].split(" ", 1)
    unit = "pixel" if first[0] == "1" else "pixels"
    return " and ".join([f"moved {first[0]} {unit} {first[1]}", *parts[1:]])
