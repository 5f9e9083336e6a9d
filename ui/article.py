"""What makes every page an article: a question at its top, one takeaway at its end."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

OPENED_BY_APP = "page-opened-by-app"
PAGES_FOLDER = Path(__file__).parent.parent / "pages"


def question(text: str, introduction: str) -> None:
    """Open a page: the question that it answers, and what it is about in a few sentences."""
    _leave_streamlits_own_menu()
    st.title(text)
    st.markdown(introduction)


def takeaway(text: str) -> None:
    """Close a page: the one thing to remember."""
    st.info(text, title="Take this with you", icon=":material/lightbulb:")


def _leave_streamlits_own_menu() -> None:
    """Start over with app.py where Streamlit ran a page without it.

    Until st.navigation is first called, a server takes pages/ for a menu of its own and runs the
    page of a deep link by itself: the first visitor of a server that was asleep would see it bare.
    """
    if not st.session_state.pop(OPENED_BY_APP, False):
        pages = sorted(PAGES_FOLDER.glob("*.py"))
        st.navigation([st.Page("app.py", default=True), *map(st.Page, pages)], position="hidden")
        st.rerun()
