"""Loss and accuracy of any number of trainings on one chart, finished or still running."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from cnn_core.findings.curves import (
    Curve,
    Measure,
    Per,
    learning_rates,
    smooth,
    training_curve,
    validation_curve,
)
from cnn_core.store.history import History
from ui.look.chart_style import log_axis
from ui.look.colors import NEUTRAL, RUN_COLOURS

# With more symbols than these on a line, they would run into a band.
MOST_SYMBOLS = 12

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star", "cross")
_DASHES = {"training": "solid", "validation": "dash"}
_TITLES = {"loss": "Loss in nats", "accuracy": "Share read right", "error": "Share misread"}
_EXACT = {"loss": ".4r", "accuracy": ".2%", "error": ".2%"}


class RunHistory(NamedTuple):
    """What a chart needs of one training: its name, its history, the batches in an epoch."""

    title: str
    history: History
    steps_per_epoch: int


class _Line(NamedTuple):
    """How one curve is named and drawn, and with which others it is switched off.

    hover: what is added where its exact values are shown.
    """

    name: str
    group: str
    look: dict[str, str]
    hover: str = ""


def history_figure(
    runs: Sequence[RunHistory],
    *,
    measure: Measure,
    per: Per,
    smoothing: float = 0.0,
    log_across: bool = False,
    log_up: bool = False,
    height: int = 420,
) -> go.Figure:
    """Training (solid) and validation (dashed) of each run, in a colour and a symbol of its own.

    smoothing: 0 to below 1, see `cnn_core.findings.curves.smooth`; the raw curves stay visible behind.
    log_across, log_up: whether the horizontal and the vertical axis are logarithmic.
    """
    figure = go.Figure()
    for index, run in enumerate(runs):
        colour = RUN_COLOURS[index % len(RUN_COLOURS)]
        symbol = _SYMBOLS[index % len(_SYMBOLS)]
        trained = training_curve(run.history, measure, per)
        validated = validation_curve(run.history, measure, per, run.steps_per_epoch)
        for curve, name in ((trained, "training"), (validated, "validation")):
            look = {"color": colour, "dash": _DASHES[name]}
            # Epochs end between two points of training: what is nearest says where it is.
            where = " at step %{x:,}" if (name, per) == ("validation", "step") else ""
            line = _Line(f"{run.title}, {name}", str(index), look, where)
            _add_curve(figure, curve, line, symbol, smoothing, measure)
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="lines+markers",
            line={"color": colour},
            marker={"symbol": symbol, "size": 8},
            name=run.title,
            legendgroup=str(index),
        )
    for name, dash in _DASHES.items():
        figure.add_scatter(
            x=[None], y=[None], mode="lines", line={"color": NEUTRAL, "dash": dash}, name=name
        )
    x_title = "Epoch" if per == "epoch" else "Step (batches since the beginning)"
    figure.update_xaxes(unifiedhovertitle={"text": f"{per.capitalize()} %{{x:,}}"})
    _style(figure, x_title, _TITLES[measure], height)
    longest = max((len(run.history["epochs"]) for run in runs), default=0)
    if per == "epoch" and longest <= MOST_SYMBOLS and not log_across:
        figure.update_xaxes(dtick=1)  # There is nothing at epoch 1.5.
    figure.update_xaxes(log_axis() if log_across else {"type": "linear"})
    figure.update_yaxes(log_axis(percent=measure != "loss") if log_up else {"type": "linear"})
    if measure != "loss":
        # So far, and no further, do per cents fit what is shown when somebody zooms in.
        figure.update_yaxes(tickformat=".3~%")
    # As long as this stays the same, a visitor's zoom outlives new points.
    figure.update_layout(uirevision=f"{measure} {per} {log_across} {log_up}")
    return figure


def learning_rate_figure(runs: Sequence[RunHistory], *, height: int = 200) -> go.Figure:
    """The learning rate at the end of each epoch; the colours are those of `history_figure`."""
    figure = go.Figure()
    for index, run in enumerate(runs):
        curve = learning_rates(run.history)
        figure.add_scatter(
            x=curve.at,
            y=curve.values,
            mode="lines+markers",
            line={"color": RUN_COLOURS[index % len(RUN_COLOURS)]},
            marker={
                "symbol": _SYMBOLS[index % len(_SYMBOLS)],
                "size": 8,
                "maxdisplayed": MOST_SYMBOLS,
            },
            name=run.title,
            hovertemplate="%{y:.4~g}",
        )
    _style(figure, "Epoch", "Learning rate", height)
    figure.update_yaxes(rangemode="tozero")
    # Whoever shows it shows it under the curves, whose legend names the colours.
    figure.update_layout(uirevision="learning rate", showlegend=False)
    return figure


def _add_curve(
    figure: go.Figure, curve: Curve, line: _Line, symbol: str, smoothing: float, measure: Measure
) -> None:
    """The curve as it is and, where it is asked for, smoothed in front of it."""
    exact = _EXACT[measure]
    smoothed = smooth(curve.values, smoothing)
    marker = {"symbol": symbol, "size": 8, "maxdisplayed": MOST_SYMBOLS}
    figure.add_scatter(
        x=curve.at,
        y=curve.values,
        customdata=smoothed,
        mode="lines" if smoothing else "lines+markers",
        line=line.look | {"width": 1.2 if smoothing else 2},
        marker=marker,
        opacity=0.4 if smoothing else 1,
        name=line.name,
        legendgroup=line.group,
        showlegend=False,
        hovertemplate=f"%{{y:{exact}}}"
        + (f", smoothed %{{customdata:{exact}}}" if smoothing else "")
        + line.hover,
    )
    if smoothing:
        figure.add_scatter(
            x=curve.at,
            y=smoothed,
            mode="lines+markers",
            line=line.look | {"width": 2.6},
            marker=marker,
            name=f"{line.name}, smoothed",
            legendgroup=line.group,
            showlegend=False,
            hoverinfo="skip",
        )


def _style(figure: go.Figure, x_title: str, y_title: str, height: int) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="x unified",
        xaxis={"title": x_title},
        yaxis={"title": y_title},
    )
