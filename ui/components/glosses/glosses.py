"""The meanings of terms, shown on hover, focus and tap wherever a page's text has a gloss."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.components.shared.register import register

_glosses = register(__file__)
_TERMS = f"<style>{Path(__file__).with_name('terms.css').read_text(encoding='utf-8')}</style>"


def glosses() -> None:
    """Watch over all glosses of the page, and draw them as such. Once a page."""
    st.html(
        _TERMS
    )  # Not with the JavaScript: text is there before that, and would change its colour.
    # Nor is what Streamlit shows until a component has come to push the text down.
    with st.container(height=1, border=False):
        _glosses(key="glosses", data={})
