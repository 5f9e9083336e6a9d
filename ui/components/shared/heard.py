"""Which of a component's numbered messages was heard last: told.js asks for it.

A browser that answers at once is ahead of the server. With this number it can tell that what the
server shows is older than what a visitor has done since.
"""

from __future__ import annotations

import streamlit as st

from ui.components.shared.from_browser import entry, whole_number

# More messages than this no page of ours sends.
_MOST_MESSAGES = 2**31


def hear_number(key: str, value: object) -> None:
    """Keep the number of a message of the component with this key. Raises Implausible."""
    st.session_state[_kept(key)] = whole_number(entry(value, "number"), _MOST_MESSAGES)


def heard(key: str) -> int:
    """The number of the last message of the component with this key; 0 where there was none."""
    number: int = st.session_state.get(_kept(key), 0)
    return number


def _kept(key: str) -> str:
    return f"{key}-heard"
