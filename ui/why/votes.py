"""What the neighbours of misread digits are labelled, counted ahead."""

from __future__ import annotations

import streamlit as st

from cnn_core.findings.votes import Votes, load_votes
from ui.shared.resources import models


@st.cache_resource(show_spinner=False)
def votes() -> dict[str, Votes]:
    """By id of the model, for both that are compared; raises ComputedError."""
    return load_votes(models())
