"""Units that respond to no digit of MNIST: how many there are, and how one of them came to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st

from cnn_core.findings.units import DIGITS_FOLLOWED, UnitsOfLayer, since
from cnn_core.store.moment import Moment
from cnn_core.store.store import StoredModel
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.gloss import marked, prose
from ui.look.wording import count, number, percent
from ui.shared.checkpoints import checkpoints
from ui.visitor.choice import hold_to

HEIGHT = 260


def thing(layer: str) -> str:
    """What a unit of a layer is called."""
    return "unit" if layer == "dense" else "map"


def dead_in_words(survey: Mapping[str, UnitsOfLayer], moments: Sequence[Moment]) -> str:
    """How many units of each layer are dead, and from when on, as Markdown."""
    counted = ", ".join(
        f"**{len(found.dead)} of {count(len(found.mean), thing(name))}** of {name}"
        for name, found in survey.items()
    )
    silent = Counter(
        found.silent_from(int(unit)) for found in survey.values() for unit in found.dead
    )
    told = f"Of all 70,000 digits, training and test, not one gets a response from {counted}."
    if not silent:
        return told
    early = moments[1].title.replace("after", "within", 1)
    return (
        f"{told} Such a unit, dead as it is called, has a sum of 0 or less for every digit. ReLU makes 0 "
        "of it, and where it does, its slope is 0: such a digit hands the unit no gradient, and training "
        f"does not lift it.\n\nOf these {silent.total()}, as the first {number(DIGITS_FOLLOWED)} training "
        f"digits show, {silent[0]} never responded at any moment that was kept, not even before training, "
        f"when weights are random; {silent[1]} fell silent {early}, the others later. What silenced those: "
        "a step, or a few, that moved their weights, or what feeds them, too far down. Which of the steps "
        "it was, the moments that were kept do not say."
    )


def dead_maps_in_words(dead: Sequence[int]) -> str:
    """Which maps of a layer respond to no digit of MNIST; nothing where there are none."""
    if not dead:
        return ""
    *rest, last = map(str, dead)
    maps = f"Maps {', '.join(rest)} and {last} are" if rest else f"Map {last} is"
    return f" {maps} silent for all 70,000 digits of MNIST: the page Units tells why."


def show_dead_unit(model: StoredModel, survey: Mapping[str, UnitsOfLayer]) -> None:
    """One of the dead units, to choose: its largest sum at each moment, and what became of it since."""
    dead = {
        f"{thing(name)} {unit} of {name}": (name, int(unit))
        for name, found in survey.items()
        for unit in found.dead
    }
    if not dead:
        return
    key = f"dead-unit-{model.id}"
    hold_to([*dead], key)
    chosen, words = st.columns([3, 2], gap="large")
    with chosen:
        layer, unit = dead[st.selectbox("One of them", [*dead], key=key, width=280)]
        networks = checkpoints(model.id)
        figure = life_figure(survey[layer], unit, [*networks])
        st.plotly_chart(
            figure,
            config={"displayModeBar": False},
            key="life",
            alt=f"The largest sum of {thing(layer)} {unit} of {layer} at each moment of the training; "
            "below 0 it is silent",
        )
        st.caption(
            f"Its largest sum for any of the first {number(DIGITS_FOLLOWED)} training digits, before "
            "ReLU, at each moment that was kept (not evenly spaced). Below the line no digit gets a "
            "response."
        )
    with words:
        told = life_in_words(model, survey[layer], layer, unit)
        prose(marked(told, "batch", "epoch", "weight decay"))


def life_figure(found: UnitsOfLayer, unit: int, moments: Sequence[Moment]) -> go.Figure:
    """The largest sum of a unit at each moment, and the line above which it responds."""
    sums = found.largest_sums[:, unit].astype(float)
    names = [moment.title.removeprefix("after ") for moment in moments]
    figure = go.Figure()
    figure.add_scatter(
        x=names,
        y=sums,
        mode="lines+markers",
        line={"color": NEUTRAL},
        marker={"size": 9, "color": [ACCENT if value > 0 else NEUTRAL for value in sums]},
        customdata=[
            [number(float(value), 3), number(int(alive))]
            for value, alive in zip(sums, found.alive[:, unit], strict=True)
        ],
        hovertemplate="%{x}: largest sum %{customdata[0]}, %{customdata[1]} digits get a response"
        "<extra></extra>",
    )
    figure.add_hline(y=0, line={"dash": "dot", "color": NEUTRAL})
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=False,
        yaxis={"title": "Largest sum", "zeroline": False},
    )
    return figure


def life_in_words(model: StoredModel, found: UnitsOfLayer, layer: str, unit: int) -> str:
    """From when on a unit was silent, and what its weights have done since, as Markdown."""
    silent = found.silent_from(unit)
    assert silent is not None, "a unit that never responds is silent at the last moment"
    kept = checkpoints(model.id)
    moments, networks = [*kept], [*kept.values()]
    sums, alive = found.largest_sums[:, unit], found.alive[:, unit]
    lived = f"Before training {count(int(alive[0]), 'digit')} of {number(DIGITS_FOLLOWED)} got a response. "
    if silent == 0:
        lived += "At every moment that was kept it was silent."
    else:
        lived += (
            f"{moments[silent - 1].title.capitalize()} its largest sum was "
            f"{number(float(sums[silent - 1]), 3)}, {moments[silent].title} "
            f"{number(float(sums[silent]), 3)}. From then on it was silent."
        )
    last = len(networks) - 1
    if silent == last:
        return f"{lived}\n\nThat was the end of the training, so nothing came after."
    became = since(networks[silent], networks[last], layer, unit)
    if became.moved == 0:
        after = (
            f"Not one of its {became.parameters} weights and biases has moved since. If its sum did, "
            "then because what feeds it still learned."
        )
    elif became.factor is not None and became.factor < 1 and model.config.weight_decay > 0:
        after = (
            f"Since then all of its {became.parameters} weights and biases have shrunk by the same "
            f"factor, to {percent(became.factor, 0)}. That is weight decay, which asks for no gradient; "
            "nothing else moved them."
        )
    else:
        after = (
            f"Even so {became.moved} of its {became.parameters} weights and biases have moved since. Adam "
            "goes on for a while in the direction of earlier steps; and training images other than these "
            "may have got a response"
            + (
                ", such as those that augmentation had moved or turned."
                if model.config.augmentation
                else "."
            )
        )
    return f"{lived}\n\n{after}"
