"""What a visitor looks at in a network: a layer, one of its units, an output cell.

Session and address together, as in ui.visitor.current: the session is the truth, the address repeats it,
and a link such as `?layer=conv2&unit=5&row=3&column=4` is followed when it is opened. Until somebody
has chosen, a page looks at what it finds most telling, and at something else with the next digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cnn_core.errors import quoted
from ui.visitor.address import AddressError, Part, follow, forget_seen, write

Layers = Mapping[str, tuple[int, ...]]
_INSTEAD = "You see what was there before, or the first."
# What is looked at because nobody chose otherwise; the session's value where it still is.
_TELLING_LAYER, _TELLING_UNIT = "place-telling-layer", "place-telling-unit"


def follow_looked_at(
    layers: Layers,
    *,
    first: str | None = None,
    telling: Callable[[str], int] = lambda _layer: 0,
) -> bool:
    """Bring session and address together, before anything is shown.

    layers: the layers to choose from, each with its output shape (rows, columns, units).
    first: the layer that is looked at while nobody has chosen one; the first of them where it is None.
    telling: the unit of a layer that is looked at while nobody has chosen one.
    Afterwards `layer` and `unit` in the session name one of them, `row` and `column` an output
    cell of it, or None. Returns whether an address that names an output cell was just opened.
    """
    # A cell means something else on a page, or in a model, with other layers.
    is_elsewhere = st.session_state.get("place-layers") != dict(layers)
    if is_elsewhere:
        st.session_state["place-layers"] = dict(layers)
        forget_cell()
        if st.session_state.get("place-model") == st.session_state.get("model"):
            # Another page: a link from the last one may name the very cell that was in its address.
            for part in ("row", "column"):
                forget_seen(part)
    st.session_state["place-model"] = st.session_state.get("model")
    _forget_what_nobody_chose(layers, first or next(iter(layers)))
    parts = _parts(layers)
    asked_for = follow(*parts)
    _keep_inside(layers, telling)
    if is_elsewhere:
        # The widgets of the last page had these keys too. What they still report does not reach the
        # ones of this page, which would begin without a value; what the session says does.
        for part in ("layer", "unit"):
            st.session_state[part] = st.session_state[part]
    write(*parts)
    return bool({"row", "column"} & asked_for) and look_at() is not None


def is_unit_chosen() -> bool:
    """Whether somebody has chosen the unit that is looked at, in the address or on a page."""
    return bool(st.session_state["unit"] != st.session_state.get(_TELLING_UNIT))


def look_at() -> tuple[int, int] | None:
    """Row and column of the output cell that was asked for, or None."""
    row, column = st.session_state["row"], st.session_state["column"]
    return None if row is None or column is None else (row, column)


def look_at_cell(row: int, column: int) -> None:
    """Put an output cell into the session, and with the next run into the address."""
    _choose()  # Of this unit, whichever is the most telling of the next digit.
    st.session_state["row"], st.session_state["column"] = row, column


def look_at_unit(unit: int) -> None:
    """Put a unit into the session, and with the next run into the address."""
    _choose()
    st.session_state["unit"] = unit


def look_at_layer(layer: str) -> None:
    """Put a layer into the session, and look at no unit and no cell of it in particular."""
    _choose()
    st.session_state["layer"] = layer
    forget_unit()


def forget_unit() -> None:
    """Look at the unit that is most telling, and at no output cell in particular."""
    st.session_state["unit"] = None
    forget_cell()


def forget_cell() -> None:
    """Look at no output cell in particular."""
    st.session_state["row"] = st.session_state["column"] = None


def _parts(layers: Layers) -> tuple[Part[Any], ...]:
    def layer(text: str) -> str:
        if text not in layers:
            raise AddressError(f"This page has no layer {quoted(text)}.")
        return text

    def part_of_layer(name: str, axis: int) -> Part[int]:
        def position(text: str) -> int:
            # The layer is followed first.
            shape = layers[st.session_state["layer"]]
            if not (
                text.isascii() and text.isdigit() and len(text) < 6 and int(text) < shape[axis]
            ):
                raise AddressError(f"This page has no {name} {quoted(text)}.")
            return int(text)

        return Part(name, "place", position, _INSTEAD)

    return (
        Part("layer", "place", layer, _INSTEAD),
        part_of_layer("unit", 2),
        part_of_layer("row", 0),
        part_of_layer("column", 1),
    )


def _choose() -> None:
    """What is looked at from now on was chosen."""
    for telling in (_TELLING_LAYER, _TELLING_UNIT):
        st.session_state.pop(telling, None)


def _forget_what_nobody_chose(layers: Layers, first: str) -> None:
    """Before the address is followed: where nobody has chosen, the first layer and none of its units."""
    state = st.session_state
    if "unit" in state and not is_unit_chosen():
        state["unit"] = None
        if state.get("layer") == state.get(_TELLING_LAYER):
            state["layer"] = None
    if state.get("layer") not in list(layers):
        if state.get("layer") is not None:
            forget_unit()
        state["layer"] = state[_TELLING_LAYER] = first


def _keep_inside(layers: Layers, telling: Callable[[str], int]) -> None:
    """Whatever another page or another model left behind: what these layers have."""
    state = st.session_state
    rows, columns, units = layers[state["layer"]]
    if state.get("unit") is None:
        state["unit"] = state[_TELLING_UNIT] = telling(state["layer"])
    state["unit"] = min(state["unit"], units - 1)
    row, column = state.get("row"), state.get("column")
    if row is None or column is None or row >= rows or column >= columns:
        forget_cell()
