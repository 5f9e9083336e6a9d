"""What a unit can see of the digit, and its map where it has one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.receptive_field import spans_seen, unseen
from ui.components.unit_view.unit_view import unit_view
from ui.inside.units.unit import Unit
from ui.look.wording import number, shape
from ui.visitor.looked_at import look_at, look_at_cell


def show_map(unit: Unit) -> tuple[int, int]:
    """Show a map and what its cells see; returns the cell that is looked at."""
    values = unit.values
    # Where nobody has chosen a cell, the one with most to tell.
    brightest = np.unravel_index(int(values.argmax()), values.shape)
    cell = look_at() or (int(brightest[0]), int(brightest[1]))
    largest = float(unit.activations[unit.layer.name].max())
    _note_on_scale(unit, largest)
    unit_view(
        unit.digit.image,
        spans_seen(unit.architecture, unit.layer.name),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What the marked cell can see",
        values=values,
        title=f"Its {shape(values.shape)} values",
        label=unit.title,
        chosen=cell,
        largest=largest,
        are_pixels=unit.layer.kind == "rescaling",
        on_choice=look_at_cell,
    )
    note_on_blind_spot(unit)
    # Made when it is opened: it took an eighth of the page's time, and few look into it.
    table = st.expander(f"All {values.size} values as a table", key="unit-table", on_change="rerun")
    if table.open:
        with table:
            st.dataframe(values, key="unit-values", height="content" if len(values) < 15 else 400)
    return cell


def show_whole_field(unit: Unit) -> None:
    """Show the digit with all that a unit without rows and columns can see of it."""
    unit_view(
        unit.digit.image,
        spans_seen(unit.architecture, unit.layer.name),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What this unit can see",
    )
    note_on_blind_spot(unit)


def _note_on_scale(unit: Unit, largest: float) -> None:
    if unit.layer.kind == "rescaling":
        return
    silent = "" if unit.values.max() > 0 else " This map is 0 everywhere: it found nothing."
    st.markdown(
        f"All maps of `{unit.layer.name}` share one scale, from 0 to {number(largest, 2)}.{silent}"
    )


def note_on_blind_spot(unit: Unit) -> None:
    """Say how many pixels the layer of a unit cannot see, where there are any."""
    lost = int(unseen(unit.architecture, unit.layer.name).sum())
    if lost:
        st.caption(
            f"Struck through: {lost} of the 784 pixels that no unit of {unit.layer.name} can see. "
            "Whatever is drawn there, nothing from this layer on changes, nor does the answer."
        )
