"""A page with nothing but sliding windows of every kind, for the tests in a real browser."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import streamlit as st

from driving.windows_runs import FILTERS, POOLS
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window

st.set_page_config(layout="wide")
name = st.query_params["show"]
st.button("Rerun", key="rerun")
st.write(f"linked {st.session_state.get('linked')}")


def link(row: int, column: int) -> None:
    """Keep the place that the visitor asked the link for."""
    st.session_state["linked"] = f"{row} {column}"


asked = st.query_params.get("asked")
options: dict[str, Any] = {
    "key": "window",
    "autoplay": "autoplay" in st.query_params,
    "asked": int(asked) if asked else None,
    "start": Place(1, 2) if "start" in st.query_params else None,
    "on_link": link,
}
if name in FILTERS:
    sliding_window(FILTERS[name](), Scale("activations", 3.0), name, **options)
else:
    sliding_window(POOLS[name](), Scale("activations", 3.0), name, **options)
