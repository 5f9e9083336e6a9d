"""The steps from baseline to improved on one chart: every seed a dot, their mean a line."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from cnn_core.recipe.bundled_trainings import STEPS
from cnn_core.recipe.improvement_steps import Step
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent

_APART = 0.16


def step_figure(steps: Sequence[Step]) -> go.Figure:
    """Test accuracy of each seed of each step, from top to bottom in the order of the steps.

    The mean is shown of steps of which every seed is known.
    """
    figure = go.Figure()
    titles = [STEPS[step.name].title for step in steps]
    complete = [place for place, step in enumerate(steps) if step.is_complete]
    figure.add_scatter(
        x=[steps[place].mean for place in complete],
        y=complete,
        mode="lines+markers",
        line={"color": ACCENT, "width": 1, "dash": "dot"},
        marker={"symbol": "line-ns", "size": 30, "line": {"width": 3, "color": ACCENT}},
        name="Mean",
        customdata=[
            [titles[place], percent(steps[place].mean, 2), errors(steps[place].mean)]
            for place in complete
        ],
        hovertemplate="%{customdata[0]}, mean: %{customdata[1]}, %{customdata[2]} errors in 10,000"
        "<extra></extra>",
    )
    dots = [
        # A little apart, so that equal results are seen as so many dots.
        (accuracy, place + _APART * (seed - (len(step.accuracies) - 1) / 2), titles[place], seed)
        for place, step in enumerate(steps)
        for seed, accuracy in enumerate(step.accuracies)
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
        height=90 + 52 * len(steps),
        margin={"l": 0, "r": 16, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        xaxis={"title": "Share of the 10,000 test digits read right", "tickformat": ".1%"},
        yaxis={
            "range": [len(steps) - 0.5, -0.5],
            "tickvals": list(range(len(steps))),
            "ticktext": titles,
            "ticklabelstandoff": 8,
            "zeroline": False,
        },
    )
    return figure


def errors(accuracy: float) -> str:
    """How many of 10,000 digits are misread; a mean over seeds need not be whole."""
    misread = 10_000 * (1 - accuracy)
    return number(misread, 0 if abs(misread - round(misread)) < 1e-6 else 1)
