"""A question that stands before its answer: the visitor guesses, then looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Answer = TypeVar("Answer")


def guess_first(
    question: str,
    field: Callable[[str], Answer | None],
    judge: Callable[[Answer | None], None],
    *,
    key: str,
    about: str = "",
    again: str = "Hide it, and guess again",
    on_again: Callable[[], None] | None = None,
) -> bool:
    """Ask a question in a frame; returns whether what it asks for may be shown.

    field: shows the field for the answer under the key that it is given, and returns what is in it.
    judge: called once the answer may be seen, with what was guessed; says what is right.
    about: what the question is about. An answer is forgotten when that changes; what has been shown
        once stays shown.
    again: what the button says that hides the answer anew; on_again: what else it does. Without it
        there is nothing to do anew until the answer is shown.
    """
    st.session_state.setdefault(f"{key}-shown", False)
    shown = bool(st.session_state[f"{key}-shown"])
    answer_key = f"{key}-answer{about and f'-{about}'}"
    with st.container(border=True, key=f"{key}-question"):
        st.markdown(question)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            answer = field(answer_key)
            st.button("Check", key=f"{key}-check", type="primary", on_click=_show, args=(key,))
            st.button(
                again,
                key=f"{key}-next",
                on_click=_ask_again,
                args=(key, answer_key, on_again),
                disabled=not shown and on_again is None,
            )
        if shown:
            judge(answer)
    return shown


def whole_number_field(key: str, least: int | None = None, most: int | None = None) -> int | None:
    """A field for a whole number, empty at first."""
    answer = st.number_input(
        "Your answer",
        least,
        most,
        value=None,
        step=1,
        format="%d",
        key=key,
        width=160,
        placeholder="a number",
    )
    return None if answer is None else int(answer)


def _show(key: str) -> None:
    st.session_state[f"{key}-shown"] = True


def _ask_again(key: str, answer_key: str, on_again: Callable[[], None] | None) -> None:
    st.session_state[f"{key}-shown"] = False
    st.session_state[answer_key] = None
    if on_again is not None:
        on_again()
