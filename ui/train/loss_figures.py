"""The curve of −ln p with answers on it, and the losses of a batch side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent
from ui.train.run_lessons import LOSS_OF_GUESSING

# The curve begins at this probability, or left of the least one that is shown.
_LEAST_SHARE = 0.003
_LEAST_TOP = 5.0


class Answer(NamedTuple):
    """An answer as a point on the curve.

    share: the probability that it gives the label, above 0.
    """

    name: str
    share: float
    colour: str
    symbol: str

    @property
    def loss(self) -> float:
        """−ln of its share, in nats."""
        return -math.log(self.share)


def loss_curve(answers: Sequence[Answer], height: int = 330) -> go.Figure:
    """−ln p over p, with answers as points on it, and the loss of a uniform guess."""
    least = min([_LEAST_SHARE, *(answer.share for answer in answers)])
    shares = np.concatenate([np.geomspace(least, 0.05, 80), np.linspace(0.06, 1, 95)])
    top = 1.12 * max([_LEAST_TOP, *(answer.loss for answer in answers)])
    figure = go.Figure()
    figure.add_scatter(
        x=shares,
        y=-np.log(shares),
        mode="lines",
        line={"color": NEUTRAL, "width": 2},
        name="−ln p",
        hovertemplate="p = %{x:.1%}: loss %{y:.3f}<extra></extra>",
        showlegend=False,
    )
    figure.add_hline(
        y=LOSS_OF_GUESSING,
        line={"color": NEUTRAL, "dash": "dot", "width": 1},
        annotation={
            "text": f"a uniform guess: −ln {1 / CLASSES:g} = {number(LOSS_OF_GUESSING, 3)}",
            "xanchor": "right",
        },
        annotation_position="top right",
    )
    for answer in answers:
        figure.add_scatter(
            x=[answer.share],
            y=[answer.loss],
            mode="markers",
            marker={
                "symbol": answer.symbol,
                "size": 14,
                "color": answer.colour,
                "line": {"width": 1, "color": "white"},
            },
            name=answer.name,
            hovertemplate=f"{answer.name}: p = {percent(answer.share)}, loss {number(answer.loss, 3)}"
            "<extra></extra>",
            cliponaxis=False,
        )
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={
            "title": "p, the probability of the label",
            "tickformat": ".0%",
            "range": [-0.02, 1.02],
            "zeroline": False,
        },
        yaxis={"title": "Loss in nats", "range": [-0.02 * top, top], "zeroline": False},
    )
    return figure


def batch_figure(
    losses: NDArray[np.float64],
    labels: NDArray[np.integer],
    answers: NDArray[np.integer],
    first: int,
) -> go.Figure:
    """The loss of each digit of a batch, (n,) each, and their mean; mistakes in the accent colour.

    first: the position of the first of them in the test set.
    """
    wrong = answers != labels
    figure = go.Figure()
    figure.add_bar(
        x=np.arange(first, first + len(losses)),
        y=losses,
        marker={"color": np.where(wrong, ACCENT, NEUTRAL)},
        customdata=np.stack([labels, answers, np.exp(-losses)], axis=-1),
        hovertemplate="Test digit %{x:,}: written as %{customdata[0]}, read as %{customdata[1]}. "
        "p = %{customdata[2]:.2%}, loss %{y:.4f}<extra></extra>",
    )
    mean = float(losses.mean())
    figure.add_hline(
        y=mean,
        line={"color": ACCENT, "dash": "dash", "width": 2},
        annotation={"text": f"mean {number(mean, 3)}", "xanchor": "left"},
        annotation_position="top left",
    )
    figure.update_layout(
        height=240,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        showlegend=False,
        bargap=0.25,
        xaxis={"title": "Test digit", "tickformat": ","},
        yaxis={"title": "Loss in nats"},
    )
    return figure
