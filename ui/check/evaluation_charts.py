"""How confident a network is, and how often it is right then: the charts of its evaluation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cnn_core.findings.evaluation import ConfidenceBin, wilson_interval
from cnn_core.network.arithmetic import Array
from ui.look.chart_style import log_axis
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent


def reliability(bins: list[ConfidenceBin]) -> go.Figure:
    """Accuracy against confidence; on the diagonal the network is as good as it believes.

    Each point has the 95 % interval of its accuracy, and at the foot how many digits it stands for.
    """
    ends = [wilson_interval(round(each.accuracy * each.count), each.count) for each in bins]
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"dash": "dot", "color": NEUTRAL},
        name="Confidence = accuracy",
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[each.confidence for each in bins],
        y=[each.accuracy for each in bins],
        mode="lines+markers",
        line={"color": ACCENT},
        marker={"size": 10},
        error_y={
            "array": [high - each.accuracy for each, (_, high) in zip(bins, ends, strict=True)],
            "arrayminus": [each.accuracy - low for each, (low, _) in zip(bins, ends, strict=True)],
            "thickness": 1.5,
            "width": 5,
        },
        name="This model",
        customdata=[
            [number(each.count), percent(low), percent(high)]
            for each, (low, high) in zip(bins, ends, strict=True)
        ],
        hovertemplate="%{customdata[0]} digits read with %{x:.1%} confidence on average: "
        "%{y:.1%} of them right (95 %% interval: %{customdata[1]} to %{customdata[2]})"
        "<extra></extra>".replace("%%", "%"),
    )
    figure.add_scatter(
        x=[(each.low + each.high) / 2 for each in bins],
        y=[0.0] * len(bins),
        text=[number(each.count) for each in bins],
        mode="text",
        textposition="top center",
        textfont={"size": 11, "color": NEUTRAL},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_yaxes(range=[0, 1.05])
    return _styled(figure, "Confidence", "Accuracy", percent_axes="xy")


def confidence_histogram(right: Array, wrong: Array) -> go.Figure:
    """How confident right and wrong answers are; the counts on a logarithmic axis."""
    edges = np.linspace(0, 1, 21)
    figure = go.Figure()
    for values, colour, name in ((right, NEUTRAL, "Right"), (wrong, ACCENT, "Wrong")):
        counts, _ = np.histogram(values, edges)
        figure.add_bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            marker={"color": colour},
            name=name,
            hovertemplate="%{y:,} " + name.lower() + " answers around %{x:.1%}<extra></extra>",
        )
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(log_axis(within_power=(1,)))
    return _styled(figure, "Confidence", "Answers", percent_axes="x")


def coverage_curve(
    thresholds: pd.Series[float],
    shares: pd.Series[float],
    accuracies: pd.Series[float],
    threshold: float,
) -> go.Figure:
    """What refusing below a confidence costs in coverage and gains in accuracy."""
    figure = go.Figure()
    figure.add_scatter(x=thresholds, y=shares, name="Answered", line={"color": NEUTRAL})
    figure.add_scatter(
        x=thresholds, y=accuracies, name="Right of those answered", line={"color": ACCENT}
    )
    figure.add_vline(x=threshold, line={"dash": "dot", "color": NEUTRAL})
    figure.update_traces(hovertemplate="%{y:.2%} at a threshold of %{x:.1%}")
    return _styled(figure, "Refuse below this confidence", "Share", percent_axes="xy")


def _styled(figure: go.Figure, x_title: str, y_title: str, percent_axes: str) -> go.Figure:
    figure.update_layout(
        height=320,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.12, "x": 0},
        xaxis={"title": x_title},
        yaxis={"title": y_title},
    )
    if "x" in percent_axes:
        figure.update_xaxes(tickformat=".0%")
    if "y" in percent_axes:
        figure.update_yaxes(tickformat=".0%")
    return figure
