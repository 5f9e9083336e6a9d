"""The test digits as points on a map, coloured by class, with the current digit marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.evaluation import Labels
from cnn_core.findings.projection import Projection, load_projection
from cnn_core.network.arithmetic import Array
from ui.components.shared.from_browser import Implausible, chosen_point, whole_number
from ui.look.colors import ACCENT, CLASS_COLOURS, ink_on
from ui.look.wording import a_digit, number
from ui.shared.resources import models

HEIGHT = 520
# Names stand on chips of their own, above points of every colour and on both themes.
INK, PAPER = "#16181D", "#FFFFFF"
# All points lie between −1 and 1.
EDGE = 1.06
OPACITY, FADED = 0.75, 0.15
# A line from the name of the current digit to the ring around its point.
POINTER = {
    "showarrow": True,
    "arrowhead": 0,
    "arrowwidth": 2,
    "arrowcolor": ACCENT,
    "standoff": 11,
    "ax": 0,
    "ay": -40,
}


@st.cache_resource(show_spinner=False)
def projection(model_id: str) -> Projection:
    """The map of a model; raises ComputedError where it is missing or of other weights."""
    return load_projection(models()[model_id])


def digit_map(
    points: Array,
    labels: Labels,
    answers: NDArray[np.int64],
    current: Array,
    title: str,
    *,
    only_mistakes: bool,
    key: str,
    on_choice: Callable[[int], None],
) -> None:
    """Show float32 (n, 2) points with their labels and what they were read as, (n,) each.

    current, title: where the current digit lies, float32 (2,), and its name.
    only_mistakes: fade every digit that was read right.
    on_choice: called with the position of the point that was chosen.
    """

    def choose() -> None:
        # A second click on the same point takes its choice back, and chooses nothing.
        try:
            if (point := chosen_point(st.session_state.get(key))) is not None:
                on_choice(whole_number(point.get("customdata"), len(points)))
        except Implausible:
            return

    st.plotly_chart(
        map_figure(points, labels, answers, current, title, only_mistakes=only_mistakes),
        key=key,
        on_select=choose,
        selection_mode="points",
        config={"displaylogo": False},
        alt=f"Map of {number(len(points))} test digits in ten groups, one a class. {title} lies "
        f"among those written as {a_digit(commonest_around(points, labels, current))}.",
    )


def commonest_around(points: Array, labels: Labels, point: Array, count: int = 20) -> int:
    """The class that most of the points around a point have."""
    nearest = np.argsort(np.square(points - point).sum(axis=1), kind="stable")[:count]
    return int(np.bincount(labels[nearest], minlength=CLASSES).argmax())


def map_figure(
    points: Array,
    labels: Labels,
    answers: NDArray[np.int64],
    current: Array,
    title: str,
    *,
    only_mistakes: bool,
) -> go.Figure:
    """The map as a figure: one trace a class, the current digit, and names."""
    figure = go.Figure()
    for digit, colour in enumerate(CLASS_COLOURS):
        is_marked = only_mistakes & (answers != labels)
        positions = np.flatnonzero((labels == digit) & ~is_marked)
        opacity = FADED if only_mistakes else OPACITY
        figure.add_scattergl(
            **_points(points, answers, positions, digit),
            mode="markers",
            marker={"color": colour, "size": 5, "opacity": opacity},
            # A chosen point becomes the current digit; the others are not to fade for it.
            unselected={"marker": {"opacity": opacity}},
            name=str(digit),
        )
    if only_mistakes:
        _add_mistakes(figure, points, labels, answers)
    figure.add_scattergl(
        x=current[:1],
        y=current[1:],
        mode="markers",
        marker={"symbol": "circle-open", "size": 20, "color": ACCENT, "line": {"width": 4}},
        hoverinfo="skip",
        showlegend=False,
    )
    # Annotations, because they alone lie above what WebGL draws.
    for digit, colour in enumerate(CLASS_COLOURS):
        _add_name(figure, _middle(points[labels == digit]), str(digit), colour)
    _add_name(figure, current, title, ACCENT, **POINTER)
    # The axes of t-SNE mean nothing; one unit is as long across as it is down.
    figure.update_xaxes(visible=False, constrain="domain", range=[-EDGE, EDGE])
    figure.update_yaxes(visible=False, constrain="domain", range=[-EDGE, EDGE], scaleanchor="x")
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": -0.02, "x": 0, "itemsizing": "constant"},
        dragmode="pan",
        hovermode="closest",
    )
    return figure


def _points(
    points: Array, answers: NDArray[np.int64], positions: NDArray[np.int64], digit: int
) -> dict[str, Any]:
    """What a trace knows of the digits of one class."""
    return {
        "x": points[positions, 0],
        "y": points[positions, 1],
        "customdata": positions,
        "hovertext": answers[positions],
        "hovertemplate": f"Test digit %{{customdata:,}}: written as {digit}, read as %{{hovertext}}"
        "<extra></extra>",
    }


def _add_mistakes(
    figure: go.Figure, points: Array, labels: Labels, answers: NDArray[np.int64]
) -> None:
    """The digits that were misread: few enough for each to bear its label, besides its colour."""
    for digit, colour in enumerate(CLASS_COLOURS):
        positions = np.flatnonzero((labels == digit) & (answers != labels))
        figure.add_scattergl(
            **_points(points, answers, positions, digit),
            mode="markers+text",
            text=[str(digit)] * len(positions),
            textfont={"size": 12, "color": ink_on(colour)},
            marker={"color": colour, "size": 17, "opacity": 1},
            unselected={"marker": {"opacity": 1}},
            name=f"{digit}, misread",
            showlegend=False,
        )


def _add_name(figure: go.Figure, point: Array, text: str, colour: str, **pointer: Any) -> None:
    figure.add_annotation(
        x=float(point[0]),
        y=float(point[1]),
        text=f"<b>{text}</b>",
        font={"size": 17, "color": INK},
        bgcolor=PAPER,
        bordercolor=colour,
        borderwidth=2,
        borderpad=3,
        **{"showarrow": False} | pointer,
    )


def _middle(points: Array) -> Array:
    """The point that is nearest to the median: in the densest part of a class, never beside it."""
    off = np.square(points - np.median(points, axis=0)).sum(axis=1)
    middle: Array = points[off.argmin()]
    return middle
