"""How many digits are still read right as the noise on the weights grows, as a chart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from cnn_core.findings.weight_noise import ALL, STRENGTHS, Survival
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent

HEIGHT = 360
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "star")
_BAND = "rgba(224, 58, 120, 0.2)"


def survival_figure(found: Survival, chosen: str, strength: float) -> go.Figure:
    """The mean share over the seeds for noise on each layer and on all; that which is chosen stands out.

    chosen: a layer or `all`, with a band from its worst seed to its best.
    strength: where a line marks the slider.
    """
    figure = go.Figure()
    shares = {layer: _known(found, layer) for layer in found.right}
    _add_band(figure, shares[chosen])
    for place, (layer, values) in enumerate(shares.items()):
        if not len(values):
            continue
        name = "All layers" if layer == ALL else layer
        is_chosen = layer == chosen
        figure.add_scatter(
            x=STRENGTHS[: len(values)],
            y=values.mean(axis=1),
            mode="lines+markers",
            line={"color": ACCENT if is_chosen else NEUTRAL, "width": 3 if is_chosen else 1},
            marker={"symbol": _SYMBOLS[place % len(_SYMBOLS)], "size": 9 if is_chosen else 7},
            name=name,
            customdata=[
                [
                    percent(float(each.mean())),
                    percent(float(each.min())),
                    percent(float(each.max())),
                ]
                for each in values
            ],
            hovertemplate=f"{name}, strength %{{x}}: %{{customdata[0]}} read right, "
            "%{customdata[1]} to %{customdata[2]}<extra></extra>",
        )
    figure.add_vline(x=strength, line={"color": ACCENT, "width": 1})
    figure.add_hline(y=0.1, line={"color": NEUTRAL, "dash": "dot", "width": 1})
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={
            "title": "Strength of the noise",
            "zeroline": False,
            "range": [-0.05, STRENGTHS[-1] + 0.05],
            "tickvals": STRENGTHS[::2],
            "ticktext": [number(each, 1) for each in STRENGTHS[::2]],
        },
        yaxis={"title": "Read right", "tickformat": ".0%", "range": [0, 1.03]},
        hovermode="closest",
    )
    return figure


def _known(found: Survival, layer: str) -> np.ndarray:
    """The shares of a layer up to the strength whose seeds are all counted: (strengths, seeds)."""
    counted = (found.right[layer] >= 0).all(axis=1)
    return found.shares(layer)[: int(np.logical_and.accumulate(counted).sum())]


def _add_band(figure: go.Figure, values: np.ndarray) -> None:
    strengths = STRENGTHS[: len(values)]
    figure.add_scatter(
        x=[*strengths, *strengths[::-1]],
        y=[*values.max(axis=1), *values.min(axis=1)[::-1]],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=_BAND,
        hoverinfo="skip",
        showlegend=False,
    )
