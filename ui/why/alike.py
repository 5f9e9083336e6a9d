"""How alike each layer finds two digits: as a figure, in a sentence, and as a table."""

from __future__ import annotations

import math
from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st

from cnn_core.findings.alike import LayerOfTwo, Pairs, Verdict, load_pairs, parting
from cnn_core.network.arithmetic import Array
from cnn_core.store.store import BUNDLED, StoredModel
from ui.look.colors import ACCENT, RUN_COLOURS
from ui.look.wording import number, percent
from ui.shared.resources import models

HEIGHT = 280
_OPACITY = 0.28
ONE_CLASS, TWO_CLASSES = RUN_COLOURS[0], RUN_COLOURS[2]

_KINDS = {
    Verdict.ONE_CLASS: "more alike than nine of ten pairs of two different digits",
    Verdict.TWO_CLASSES: "less alike than nine of ten pairs of one digit",
}


def pairs_of(model: StoredModel) -> dict[str, Pairs] | None:
    """How alike a network finds many pairs, by layer name; None for one that does not come with the app.

    Raises ComputedError.
    """
    return _measured().get(model.id)


@st.cache_resource(show_spinner=False)
def _measured() -> dict[str, dict[str, Pairs]]:
    known = models()
    return load_pairs([known[name] for name in BUNDLED])


def layer_in_words(name: str) -> str:
    """What a layer is called here: rescaling changes nothing that one could see."""
    return "pixels" if name == "rescaling" else name


def likeness_figure(
    layers: Mapping[str, LayerOfTwo], pairs: Mapping[str, Pairs] | None
) -> go.Figure:
    """The similarity of two digits, layer by layer, on the middle 80 % of pairs of either kind."""
    names = [layer_in_words(name) for name in layers]
    figure = go.Figure()
    for title, colour, part in (
        ("pairs of one class", ONE_CLASS, "one_class"),
        ("pairs of two classes", TWO_CLASSES, "two_classes"),
    ):
        if pairs is None:
            continue
        low, high = (
            [float(getattr(pairs[name], part)[percentile]) for name in layers]
            for percentile in (10, 90)
        )
        looks = {"x": names, "mode": "lines", "line": {"color": colour, "width": 1}}
        figure.add_scatter(y=low, showlegend=False, hoverinfo="skip", **looks)
        figure.add_scatter(
            y=high,
            name=f"80 % of {title}",
            fill="tonexty",
            fillcolor=f"rgba({', '.join(str(each) for each in bytes.fromhex(colour[1:]))}, {_OPACITY})",
            hoverinfo="skip",
            **looks,
        )
    alike = [two.alike for two in layers.values()]
    figure.add_scatter(
        x=names,
        y=[None if math.isnan(value) else value for value in alike],
        name="These two",
        mode="lines+markers",
        line={"color": ACCENT, "width": 3},
        marker={"size": 9},
        customdata=[number(value, 2) for value in alike],
        hovertemplate="%{x}: %{customdata}<extra></extra>",
    )
    figure.update_yaxes(title="Cosine similarity", range=[-0.02, 1.04], dtick=0.2)
    figure.update_xaxes(type="category", tickangle=-40)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "reversed",
        },
    )
    return figure


def likeness_in_words(layers: Mapping[str, LayerOfTwo]) -> str:
    """What the line of the figure says, for whoever cannot see it."""
    said = ", ".join(
        f"{layer_in_words(name)} {_similarity(two.alike)}" for name, two in layers.items()
    )
    return f"Cosine similarity of the two digits, layer by layer: {said}"


def parting_in_words(layers: Mapping[str, LayerOfTwo], pairs: Mapping[str, Pairs]) -> str:
    """Where the network begins to take two digits for what it takes them for in the end."""
    first = next(iter(layers))
    found = parting(layers, pairs)
    if found is None:
        return (
            "Up to the last layer these two are as alike as many pairs of one digit and of two, or as "
            "few of either."
        )
    name, verdict = found
    if name == first:
        return f"In every layer, from the pixels on, these two are {_KINDS[verdict]}."
    before = pairs[first].verdict(layers[first].alike)
    by_pixels = (
        "By their pixels they could be either. "
        if before is Verdict.EITHER
        else f"By their pixels they are {_KINDS[before]}. "
    )
    when = "Only in the output" if name == list(layers)[-1] else f"From `{name}` on"
    return f"{by_pixels}**{when}** they are {_KINDS[verdict]}."


def table_of_likeness(layers: Mapping[str, LayerOfTwo], pairs: Mapping[str, Pairs]) -> str:
    """Markdown: for each layer this pair, the middle 80 % of both kinds, and how well it tells them apart."""
    rows = [
        "| Layer | These two | Pairs of one class | Pairs of two classes | One class more alike |",
        "|---|---|---|---|---|",
    ]
    for name, two in layers.items():
        of = pairs[name]
        told = "–" if math.isnan(of.told_apart) else percent(of.told_apart)
        rows.append(
            f"| {'pixels' if name == 'rescaling' else f'`{name}`'} | {_similarity(two.alike)} | "
            f"{_middle(of.one_class)} | {_middle(of.two_classes)} | {told} |"
        )
    return "\n".join(rows)


def _middle(percentiles: Array) -> str:
    low, high = (float(percentiles[at]) for at in (10, 90))
    return "–" if math.isnan(low) else f"{number(low, 2)} to {number(high, 2)}"


def _similarity(alike: float) -> str:
    return "no number" if math.isnan(alike) else number(alike, 2)
