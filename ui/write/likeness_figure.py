"""How far test digits, pictures that are no digits, and one more are from the training digits."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from cnn_core.findings.unlikely import KINDS, Unlikely
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number

_OTHER = "#D97A24"
_BINS = 40


def distances_figure(measure: Unlikely, distance: float) -> go.Figure:
    """Distances of test digits and of pictures that are no digits, with the current one marked."""
    strangers = np.concatenate([measure.others[kind] for kind in KINDS])
    largest = max(float(strangers.max()), float(measure.test.max()), distance)
    edges = np.linspace(0, largest * 1.02, _BINS + 1)
    figure = go.Figure()
    for name, values, colour in (
        ("Test digits", measure.test, NEUTRAL),
        ("Pictures that are no digits", strangers, _OTHER),
    ):
        counts, _ = np.histogram(values, edges)
        figure.add_bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts / len(values),
            name=name,
            marker={"color": colour},
            opacity=0.75,
            hovertemplate="%{y:.1%} around %{x:.2f}<extra>" + name + "</extra>",
        )
    is_beyond = distance > measure.threshold
    figure.add_vline(x=measure.threshold, line={"dash": "dot", "color": NEUTRAL, "width": 2})
    figure.add_vline(x=distance, line={"color": ACCENT, "width": 3})
    _add_name(figure, measure.threshold, f"threshold {number(measure.threshold, 2)}", not is_beyond)
    _add_name(figure, distance, f"this one {number(distance, 2)}", is_beyond, color=ACCENT)
    figure.update_layout(
        height=340,
        barmode="overlay",
        bargap=0.05,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.1, "yanchor": "bottom", "x": 0},
        xaxis={"title": f"Distance to the nearest of {number(len(measure.bank))} training digits"},
        yaxis={"title": "Share of each", "tickformat": ".0%"},
    )
    return figure


def _add_name(figure: go.Figure, at: float, text: str, to_the_right: bool, **font: str) -> None:
    """The name of an upright line, above the bars and beside the line's end."""
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left" if to_the_right else "right",
        text=text,
        showarrow=False,
        font=font,
    )
