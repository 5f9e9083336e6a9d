"""How a visitor's own kernel moves, and what becomes of its sums."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from cnn_core.network.arithmetic import Padding
from ui.look.gloss import meaning
from ui.visitor.choice import choose_one

WIDEST_PADDING = 7
MOST_DILATION = 5


class FilterSettings(NamedTuple):
    """What `run_filter` asks for beside maps and kernel, in its order."""

    bias: float
    stride: int
    padding: Padding
    dilation: int
    rectified: bool


def choose_filter_settings() -> FilterSettings:
    """Show the widgets for stride, padding, dilation, bias and ReLU, and return what they say."""
    stride = choose_one(
        "Stride",
        (1, 2, 3),
        default=1,
        key="stride",
        persist_state="session",
        help=meaning("stride"),
    )
    padding: Padding = st.selectbox(
        "Padding",
        ("valid", "same", *range(1, WIDEST_PADDING + 1)),
        key="padding",
        format_func=lambda width: {
            "valid": "None (“valid”)",
            "same": "For size ÷ stride outputs, rounded up (“same”)",
        }.get(width, f"{width} on every side"),
        persist_state="session",
        help=meaning("padding"),
    )
    dilation = st.slider(
        "Dilation",
        1,
        MOST_DILATION,
        key="dilation",
        persist_state="session",
        help=meaning("dilation"),
    )
    bias = st.number_input(
        "Bias",
        -1000.0,
        1000.0,
        0.0,
        step=10.0,
        format="%g",
        key="bias",
        persist_state="session",
        help="A number added to every sum.",
    )
    rectified = st.toggle("ReLU: negative sums become 0", key="rectified", persist_state="session")
    return FilterSettings(bias, stride, padding, dilation, rectified)
