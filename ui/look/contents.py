"""What a long page holds, at its top: a link to each of its sections."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def contents(sections: Mapping[str, str]) -> None:
    """Show links to the sections of a page.

    sections: what each is called here, by the anchor that its header has.
    """
    links = (f"[{title}](#{anchor})" for anchor, title in sections.items())
    st.markdown(f"On this page: {' · '.join(links)}")
