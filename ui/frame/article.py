"""What makes every page an article: a question at its top, one takeaway at its end."""

from __future__ import annotations

import streamlit as st

from ui.components.glosses.glosses import glosses
from ui.frame.own_menu import leave_own_menu
from ui.frame.sidebar import show_digit_card, show_sidebar
from ui.look.gloss import prose
from ui.visitor.current import follow_address


def question(text: str, introduction: str, *, with_digit_card: bool = True) -> None:
    """Open a page: the question that it answers, what it is about in a few sentences, the sidebar.

    Terms in brackets explain themselves, in the introduction and in the takeaway.

    The question comes first: a browser that gets it alone shows it at once, while what the sidebar
    needs is still being read.

    with_digit_card: False where a fragment of the page shows the card of the current digit itself.
    """
    leave_own_menu()
    with st.container(gap=None):  # What only watches over the page leaves no gap.
        st.title(text)
        glosses()
    prose(introduction)
    follow_address()
    show_sidebar()
    if with_digit_card:
        show_digit_card()


def takeaway(text: str) -> None:
    """Close a page: the one thing to remember."""
    with st.container(border=True, key="takeaway", gap="xsmall"):
        st.markdown(":primary[:material/lightbulb:] **Take this with you**")
        prose(text)
