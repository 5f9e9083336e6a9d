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
    figure.add_vline(
        x=measure.threshold,
        line={"dash": "dot", "color": NEUTRAL, "width": 2},
        annotation_text=f"threshold {number(measure.threshold, 2)}",
        annotation_position="top left" if distance > measure.threshold else "top right",
    )
    figure.add_vline(
        x=distance,
        line={"color": ACCENT, "width": 3},
        annotation_text=f"this one {number(distance, 2)}",
        annotation={"font": {"color": ACCENT}, "yshift": -20},
        annotation_position="top right" if distance > measure.threshold else "top left",
    )
    figure.update_layout(
        height=340,
        barmode="overlay",
        bargap=0.05,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.14, "x": 0},
        xaxis={"title": f"Distance to the nearest of {number(len(measure.bank))} training digits"},
        yaxis={"title": "Share of each", "tickformat": ".0%"},
    )
    return figure
