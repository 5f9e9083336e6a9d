"""A weight's gradient image by image, the loss along the weight, and the loss from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.descent import Point
from ui.look.colors import ACCENT, NEUTRAL, RUN_COLOURS, SIGNED_SCALE
from ui.look.wording import significant

# The loss falls, or rises, when the weight grows: negative and positive, as everywhere.
_NEGATIVE, _POSITIVE = SIGNED_SCALE[1], SIGNED_SCALE[-2]
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")


class Try(NamedTuple):
    """A descent that was made: how, and the loss at its beginning and after each step."""

    name: str
    losses: list[float]


def pulls_figure(
    shares: Array, labels: NDArray[np.integer], positions: NDArray[np.integer], chosen: int
) -> go.Figure:
    """What each image adds to the gradient, float32 (n,), in rising order; the chosen one framed.

    labels, positions: what they show, and where they are in the training images, (n,) each.
    chosen: the index of one of them.
    """
    order = np.argsort(shares, kind="stable")
    figure = go.Figure()
    is_chosen = order == chosen
    figure.add_bar(
        x=np.arange(len(order)),
        y=shares[order],
        marker={
            "color": np.where(shares[order] < 0, _NEGATIVE, _POSITIVE),
            "line": {"color": ACCENT, "width": np.where(is_chosen, 3, 0)},
        },
        # Lists, since a browser hands rows of packed arrays back as something else.
        customdata=np.stack([order, positions[order], labels[order]], axis=-1).tolist(),
        # What is chosen has a frame; the others are not to fade for it.
        unselected={"marker": {"opacity": 1}},
        hovertemplate="Training digit %{customdata[1]:,}, a %{customdata[2]}: adds %{y:.4~g}"
        "<extra></extra>",
    )
    figure.update_layout(
        height=240,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        showlegend=False,
        bargap=0.2,
        xaxis={
            "title": "The images of the batch, by their labels",
            "tickvals": list(range(len(order))),
            "ticktext": [str(label) for label in labels[order]],
            "tickangle": 0,
            "zeroline": False,
        },
        yaxis={"title": "Adds to the gradient", "tickformat": ".2~g"},
    )
    return figure


def along_figure(
    values: NDArray[np.float64],
    losses: NDArray[np.float64],
    points: Sequence[Point],
    first_losses: NDArray[np.float64] | None,
) -> go.Figure:
    """The loss along one weight, (m,) each, the slope where it is, and where it has been.

    points: the way of the weight, the last one where it is now.
    first_losses: the curve at the first point, where another one holds now because other weights
        have moved too; None where the curve is the same all the way.
    """
    figure = go.Figure()
    if first_losses is not None:
        figure.add_scatter(
            x=values,
            y=first_losses,
            mode="lines",
            line={"color": NEUTRAL, "width": 1, "dash": "dot"},
            name="Before the first step",
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=values,
        y=losses,
        mode="lines",
        line={"color": NEUTRAL, "width": 2.5},
        name="Loss along this weight",
        hovertemplate="weight %{x:.4f}: loss %{y:.4f}<extra></extra>",
    )
    now = points[-1]
    reach = (values[-1] - values[0]) / 8
    ends = np.array([now.weight - reach, now.weight + reach])
    figure.add_scatter(
        x=ends,
        y=now.loss + now.gradient * (ends - now.weight),
        mode="lines",
        line={"color": ACCENT, "width": 2},
        name="Gradient: the slope here",
        hoverinfo="skip",
    )
    if len(points) > 1:
        figure.add_scatter(
            x=[point.weight for point in points],
            y=[point.loss for point in points],
            mode="lines+markers",
            line={"color": RUN_COLOURS[0], "width": 1, "dash": "dot"},
            marker={"size": 8, "color": RUN_COLOURS[0]},
            name="Where it has been",
            customdata=list(range(len(points))),
            hovertemplate="after step %{customdata}: weight %{x:.4f}, loss %{y:.4f}<extra></extra>",
        )
    figure.add_scatter(
        x=[now.weight],
        y=[now.loss],
        mode="markers",
        marker={"size": 16, "color": ACCENT, "line": {"width": 2, "color": "white"}},
        name="The weight now",
        hovertemplate=f"weight {significant(now.weight, 4)}, loss {significant(now.loss, 4)}"
        "<extra></extra>",
    )
    _style(figure, "Value of the weight")
    figure.update_xaxes(range=[values[0], values[-1]])
    return figure


def descent_figure(tries: Sequence[Try]) -> go.Figure:
    """The loss from step to step: the last one strong, earlier ones fainter, each in its colour."""
    figure = go.Figure()
    for place, one in enumerate(tries):
        is_last = place == len(tries) - 1
        colour = ACCENT if is_last else RUN_COLOURS[(place + 2) % len(RUN_COLOURS)]
        figure.add_scatter(
            x=list(range(len(one.losses))),
            y=one.losses,
            mode="lines+markers",
            line={"color": colour, "width": 3 if is_last else 1.5},
            marker={"symbol": _SYMBOLS[place % len(_SYMBOLS)], "size": 8 if is_last else 6},
            opacity=1 if is_last else 0.7,
            name=one.name,
            hovertemplate="after step %{x}: loss %{y:.4f}",
        )
    _style(figure, "Step")
    largest = max((max(one.losses) for one in tries if np.isfinite(one.losses).all()), default=0.0)
    if tries and largest > 10 * tries[-1].losses[0]:
        # Steps that are far too large make a loss that would press all others flat.
        figure.update_yaxes(type="log")
    figure.update_layout(hovermode="x unified")
    longest = max((len(one.losses) for one in tries), default=0) - 1
    last = max(longest, 10)
    figure.update_xaxes(range=[-0.03 * last, 1.03 * last], dtick=1 if last == 10 else None)
    return figure


def _style(figure: go.Figure, x_title: str) -> None:
    figure.update_layout(
        height=330,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": x_title, "zeroline": False},
        yaxis={"title": "Loss of the batch in nats", "zeroline": False},
    )
