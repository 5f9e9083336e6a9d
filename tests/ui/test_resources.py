"""What all visitors of a server share."""

from __future__ import annotations

import streamlit as st

from ui.resources import trainings


def test_no_cache_holds_the_trainings() -> None:
    """The message by which any visitor may empty Streamlit's caches leaves them alone."""
    before = trainings()
    st.cache_resource.clear()
    assert trainings() is before
