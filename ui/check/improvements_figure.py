"""The improvements from baseline to improved on one chart: every seed a dot, their mean a line."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from cnn_core.recipe.improvements import Improvement
from ui.check.seeds import axis_of_rows, height_of_dot
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent


def improvements_figure(improvements: Sequence[Improvement]) -> go.Figure:
    """Test accuracy of each seed of each improvement, from top to bottom in their order.

    The mean is shown of improvements of which every seed is known.
    """
    figure = go.Figure()
    titles = [IMPROVEMENTS[improvement.name].title for improvement in improvements]
    complete = [row for row, improvement in enumerate(improvements) if improvement.is_complete]
    figure.add_scatter(
        x=[improvements[row].mean for row in complete],
        y=complete,
        mode="lines+markers",
        line={"color": ACCENT, "width": 1, "dash": "dot"},
        marker={"symbol": "line-ns", "size": 30, "line": {"width": 3, "color": ACCENT}},
        name="Mean",
        customdata=[
            [titles[row], percent(improvements[row].mean, 2), errors(improvements[row].mean)]
            for row in complete
        ],
        hovertemplate="%{customdata[0]}, mean: %{customdata[1]}, %{customdata[2]} errors in 10,000"
        "<extra></extra>",
    )
    dots = [
        (accuracy, height_of_dot(row, seed, len(improvement.accuracies)), titles[row], seed)
        for row, improvement in enumerate(improvements)
        for seed, accuracy in enumerate(improvement.accuracies)
    ]
    figure.add_scatter(
        x=[accuracy for accuracy, _, _, _ in dots],
        y=[height for _, height, _, _ in dots],
        mode="markers",
        marker={"symbol": "circle", "size": 11, "color": NEUTRAL, "opacity": 0.85},
        name="One seed",
        customdata=[
            [title, seed, percent(accuracy, 2), errors(accuracy)]
            for accuracy, _, title, seed in dots
        ],
        hovertemplate="%{customdata[0]}, seed %{customdata[1]}: %{customdata[2]}, %{customdata[3]} "
        "errors in 10,000<extra></extra>",
    )
    figure.update_layout(
        height=90 + 52 * len(improvements),
        margin={"l": 0, "r": 16, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        xaxis={"title": "Share of the 10,000 test digits read right", "tickformat": ".1%"},
        yaxis=axis_of_rows(titles),
    )
    return figure


def errors(accuracy: float) -> str:
    """How many of 10,000 digits are misread; a mean over seeds need not be whole."""
    misread = 10_000 * (1 - accuracy)
    return number(misread, 0 if abs(misread - round(misread)) < 1e-6 else 1)
