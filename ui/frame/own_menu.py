"""How a page gives way to app.py where Streamlit ran it by itself.

Until st.navigation is first called, a server takes pages/ for a menu of its own and runs the page of
a deep link without app.py: the first visitor of a server that was asleep would see it bare.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_OPENED_BY_APP = "page-opened-by-app"
_PAGES_FOLDER = Path(__file__).parents[2] / "pages"


def open_by_app() -> None:
    """Let the page that is run next know that app.py runs it."""
    st.session_state[_OPENED_BY_APP] = True


def leave_own_menu() -> None:
    """Start over with app.py where Streamlit ran a page without it."""
    if not st.session_state.pop(_OPENED_BY_APP, False):
        pages = sorted(_PAGES_FOLDER.glob("*.py"))
        st.navigation([st.Page("app.py", default=True), *map(st.Page, pages)], position="hidden")
        st.rerun()
