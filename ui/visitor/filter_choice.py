"""The widgets that choose a layer and one of its filters or units, which ui.visitor.looked_at keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from ui.visitor.choice import choose_one
from ui.visitor.looked_at import forget_unit


def choose_layer(title: str, names: Iterable[str], in_words: Callable[[str], str] = str) -> str:
    """Show the layers to choose from, and return the name of the chosen one."""
    choose_one(
        title,
        list(names),
        key="layer",
        format_func=in_words,
        on_change=forget_unit,
        persist_state="session",
    )
    chosen: str = st.session_state["layer"]
    return chosen


def choose_filter(count: int, called: str = "Filter") -> int:
    """Show a field for the number of a filter or unit, and return it: 0 to count − 1."""
    return st.number_input(
        f"{called}, 0 to {count - 1}", 0, count - 1, key="unit", persist_state="session", width=180
    )
