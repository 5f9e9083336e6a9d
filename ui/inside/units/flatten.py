"""A value of the flattened maps: the cell that it was."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.receptive_field import spans_seen, unseen
from ui.components.unit_view.unit_view import unit_view
from ui.inside.units.sight import note_on_blind_spot
from ui.inside.units.unit import Unit
from ui.look.wording import number
from ui.visitor.looked_at import look_at_cell


def show_flatten(unit: Unit) -> None:
    """Show which cell of which map the value was, and how its number comes about."""
    maps = unit.before.output_shape
    row, column, channel = (int(index) for index in np.unravel_index(unit.number, maps))
    st.markdown(
        f"**Value {number(float(unit.values), 4)}** is the cell in **row {row}, column {column} of "
        f"map {channel} of {unit.before.name}**. Counted from 0, its number is (row · columns + "
        f"column) · maps + map = ({row} · {maps[1]} + {column}) · {maps[2]} + {channel} = "
        f"**{unit.number}**."
    )
    st.button(
        f"Go to map {channel} of {unit.before.name}",
        key="origin",
        icon=":material/arrow_back:",
        on_click=_go_to,
        args=(unit.before.name, channel, row, column),
    )
    spans = spans_seen(unit.architecture, unit.before.name)
    unit_view(
        unit.digit.image,
        (spans[row], spans[column]),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What this value can see",
    )
    note_on_blind_spot(unit)


def _go_to(layer: str, unit: int, row: int, column: int) -> None:
    st.session_state["layer"] = layer
    st.session_state["unit"] = unit
    look_at_cell(row, column)
