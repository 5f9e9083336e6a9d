"""Test digits of a list of positions, a page at a time, each with what the network made of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.network.arithmetic import Array
from cnn_core.store.store import StoredModel
from ui.components.probability_bars.probability_bars import probability_bars
from ui.look.wording import a_digit, number, probability_in_words
from ui.shared.resources import mnist
from ui.visitor.current import current_digit, current_model
from ui.visitor.digits_to_choose import digits_to_choose

DIGITS_ON_A_PAGE = 24


def gallery(
    positions: NDArray[np.int64],
    probabilities: Array,
    *,
    key: str,
    caption: Callable[[int], str] | None = None,
    reader: StoredModel | None = None,
    on_a_page: int = DIGITS_ON_A_PAGE,
) -> None:
    """Show test digits with their label, the answer and its probability; a click chooses one.

    The one that is chosen is shown below with all ten probabilities, and leads on to what the pages
    Reasons and Layers show of it.
    positions: int64 (m,), in the order to be shown. probabilities: float32 (10000, 10).
    caption: what to say of the digit at a position instead.
    reader: whose probabilities they are, where it is not the current model.
    on_a_page: how many are shown at a time.
    """
    if len(positions) == 0:
        st.caption("There are no such digits.")
        return
    pages = -(-len(positions) // on_a_page)
    if st.session_state.get(f"{key}-page", 1) > pages:
        st.session_state[f"{key}-page"] = 1
    sheet = st.container()
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    first = (page - 1) * on_a_page
    shown = positions[first : first + on_a_page]
    digits = [mnist_digit(mnist(), "test", int(position)) for position in shown]

    def answer(position: int) -> str:
        row = probabilities[position]
        return f"{mnist().test.labels[position]} → {row.argmax()}, {probability_in_words(row.max(), 0)}"

    with sheet:
        captions = [(caption or answer)(int(position)) for position in shown]
        digits_to_choose(digits, captions, key=f"{key}-grid")
    st.caption(
        f"Digits {number(first + 1)} to {number(first + len(digits))} of {number(len(positions))}. "
        "Choose one, and it is the current digit on every page."
    )
    for digit, position in zip(digits, shown, strict=True):
        if digit.name == current_digit().name:
            _chosen(digit, probabilities[position], key, reader)


def _chosen(digit: Digit, probabilities: Array, key: str, reader: StoredModel | None) -> None:
    asked_for = {"digit": digit.name, "model": (reader or current_model()).id}
    with st.container(border=True):
        st.markdown(
            f"**{digit.title}**, the current digit, was written as {a_digit(digit.label or 0)}. "
            f"{reader.title if reader else 'The network'} gave the ten classes these probabilities:"
        )
        with st.container(horizontal=True, gap="small"):
            st.page_link(
                "pages/reasons.py",
                label=f"Why {a_digit(int(probabilities.argmax()))}?",
                icon=":material/help:",
                query_params=asked_for,
            )
            st.page_link(
                "pages/layers.py",
                label="Follow it through all layers",
                icon=":material/account_tree:",
                query_params=asked_for,
            )
        probability_bars(probabilities, key=f"{key}-probabilities")
