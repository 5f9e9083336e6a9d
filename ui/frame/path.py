"""The path through all pages: where one is at the top of a page, what comes next at its end."""

from __future__ import annotations

import streamlit as st

from ui.components.reading_path.reading_path import reading_path
from ui.frame.pages import PARTS, PATH, Entry, entry_at
from ui.look.gloss import glossed, marked

_LINE = 32  # CSS pixels, as the component is high: nothing moves down when it comes.


def show_place(address: str) -> None:
    """Show on which page of which part one is.

    address: of the page, the last part of its path.
    """
    part, opened = entry_at(address)
    with st.container(height=_LINE, border=False):
        reading_path(
            part,
            [(entry.title, entry.address) for entry in PARTS[part]],
            address,
            f"{PATH.index(opened) + 1} of {len(PATH)}" if opened in PATH else "",
        )


def show_way_on(address: str) -> None:
    """Show the next page of the path and the one before; nothing on a page that is beside it.

    address: of the page, the last part of its path.
    """
    _, opened = entry_at(address)
    if opened not in PATH:
        return
    place = PATH.index(opened)
    back, on = st.columns([1, 2])
    if place:
        with back:
            _step("Previous", PATH[place - 1], "arrow_back")
    if place + 1 < len(PATH):
        with on:
            _step("Next", PATH[place + 1], "arrow_forward")


def _step(which: str, entry: Entry, icon: str) -> None:
    with st.container(border=True, key=f"{which.lower()}-page", gap="xxsmall", height="stretch"):
        st.page_link(entry.file, label=f"**{which}: {entry.title}**", icon=f":material/{icon}:")
        st.caption(glossed(marked(entry.about)))
