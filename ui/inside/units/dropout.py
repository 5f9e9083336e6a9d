"""A unit of the dropout layer: what it does now, and did for a random image in training."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.arithmetic import Array
from cnn_core.network.dropout import drop_out
from ui.inside.units.sight import show_whole_field
from ui.inside.units.unit import Unit
from ui.look.colors import colour_activations
from ui.look.pictures import show
from ui.look.wording import number, percent

UNITS_PER_ROW = 16


def show_dropout(unit: Unit) -> None:
    """Show that nothing is dropped now, and what might have been dropped in training."""
    rate = unit.architecture.dropout
    st.markdown(
        f"**Now: {number(float(unit.values), 4)} comes in, {number(float(unit.values), 4)} goes "
        f"out.** While training, it would have been 0 for {percent(rate, 0)} of all images, and "
        f"{number(float(unit.values), 4)} ÷ (1 − {rate:g}) = "
        f"{number(float(unit.values) / (1 - rate), 4)} for the others, so that on average nothing "
        "changes."
    )
    seed = st.session_state.setdefault("dropout-step", 0)
    dropped = drop_out(unit.inputs, rate, seed)
    st.button(
        "As another image would have met it",
        key="another-step",
        icon=":material/casino:",
        on_click=_next_step,
        help="An illustration with the real values: which units are silenced is random, anew for every "
        "image in every step.",
    )
    largest = float(dropped.max(initial=float(unit.inputs.max())))
    now, then = st.columns(2, gap="large")
    with now:
        show(
            colour_activations(_folded(unit.inputs), largest),
            alt=f"The {len(unit.inputs)} values of {unit.before.name}, unchanged",
            caption="Now: all values as they are",
        )
    with then:
        silenced = int(((dropped == 0) & (unit.inputs > 0)).sum())
        active = int((unit.inputs > 0).sum())
        show(
            colour_activations(_folded(dropped), largest),
            alt=f"The same values with random units silenced; {silenced} are",
            caption=f"In training: {silenced} of the {active} values above 0 are silenced, the others are "
            f"{number(1 / (1 - rate), 2)} times as large",
        )
    st.caption(f"Both pictures share one scale, from 0 to {number(largest, 2)}.")
    show_whole_field(unit)


def _folded(values: Array) -> Array:
    """Values (n,) in rows of sixteen, the last one filled up with zeros."""
    missing = -len(values) % UNITS_PER_ROW
    return np.pad(values, (0, missing)).reshape(-1, UNITS_PER_ROW)


def _next_step() -> None:
    st.session_state["dropout-step"] += 1
