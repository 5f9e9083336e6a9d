"""Test digits of a list of positions, a page at a time, each with what the network made of it."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.arithmetic import Array
from cnn_core.digit import mnist_digit
from ui.digit_grid import digit_grid
from ui.resources import mnist
from ui.wording import number, percent

DIGITS_ON_A_PAGE = 24


def gallery(positions: NDArray[np.int64], probabilities: Array, *, key: str) -> None:
    """Show test digits with their label, the answer and its probability; a click chooses one.

    positions: int64 (m,), in the order to be shown. probabilities: float32 (10000, 10).
    """
    if len(positions) == 0:
        st.caption("There are no such digits.")
        return
    pages = -(-len(positions) // DIGITS_ON_A_PAGE)
    if st.session_state.get(f"{key}-page", 1) > pages:
        st.session_state[f"{key}-page"] = 1
    sheet = st.container()
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    first = (page - 1) * DIGITS_ON_A_PAGE
    digits = [
        mnist_digit(mnist(), "test", int(position))
        for position in positions[first : first + DIGITS_ON_A_PAGE]
    ]
    shown = probabilities[positions[first : first + DIGITS_ON_A_PAGE]]
    captions = [
        f"{digit.label} → {row.argmax()}, {percent(float(row.max()), 0)}"
        for digit, row in zip(digits, shown, strict=True)
    ]
    with sheet:
        digit_grid(digits, captions, key=f"{key}-grid")
    st.caption(
        f"Digits {number(first + 1)} to {number(first + len(digits))} of {number(len(positions))}. "
        "Choose one, and it is the current digit on every page."
    )
