"""A question to answer before what answers it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from ui.look.gloss import prose

Answer = TypeVar("Answer")


def guess_first(question: str, options: Sequence[str], right: str, *, key: str) -> bool:
    """Ask a visitor, and say whether the answer may be shown: after a guess, or without one if asked.

    question: Markdown, whose terms in brackets explain themselves.
    right: the one of the options that is right. What was guessed stays for the session.
    """
    with st.container(border=True, key=f"{key}-question"):
        prose(f"**Guess first.** {question}")
        guessed = st.pills(
            "Your guess",
            options,
            key=f"{key}-guess",
            label_visibility="collapsed",
            persist_state="session",
        )
        if guessed in options:
            st.session_state[f"{key}-shown"] = True
            if guessed == right:
                st.success("Yes. Below is how it came about.", icon=":material/check:")
            else:
                st.error(f"No: {right.lower()}. Below is how.", icon=":material/close:")
        elif not st.session_state.get(f"{key}-shown"):
            st.button(
                "Show me without a guess", key=f"{key}-show", on_click=_show, args=(key,),
                type="tertiary",
            )  # fmt: skip
    return bool(st.session_state.get(f"{key}-shown"))


def guess_and_check(
    question: str,
    field: Callable[[str], Answer | None],
    judge: Callable[[Answer | None], None],
    *,
    key: str,
    about: str = "",
    again: str = "Guess again",
    on_again: Callable[[], None] | None = None,
) -> bool:
    """Ask for a guess that Enter or a button checks; returns whether the answer may be shown.

    question: Markdown.
    field: shows the field for the answer under the key that it is given, and returns what is in it.
    judge: called once the answer may be seen, with what was guessed; says what is right.
    about: what the question is about. An answer is forgotten when that changes; what has been shown
        once stays shown.
    again: what the button says that hides the answer anew; on_again: what else it does. Without it
        there is no such button until the answer is shown.
    """
    st.session_state.setdefault(f"{key}-shown", False)
    shown = bool(st.session_state[f"{key}-shown"])
    answer_key = f"{key}-answer{about and f'-{about}'}"
    with st.container(border=True, key=f"{key}-question"):
        st.markdown(question)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            # In a form Enter checks, and the buttons beside a number do not.
            with (
                st.form(f"{key}-form", border=False, width="content"),
                st.container(horizontal=True, vertical_alignment="bottom", width="content"),
            ):
                answer = field(answer_key)
                st.form_submit_button(
                    "Check", key=f"{key}-check", type="primary", on_click=_show, args=(key,)
                )
            if shown or on_again is not None:
                st.button(
                    again,
                    key=f"{key}-next",
                    on_click=_ask_again,
                    args=(key, answer_key, on_again),
                )
        if shown:
            judge(answer)
        else:
            # It keeps the room of what will be said, so that nothing below jumps then.
            st.info("Whoever checks without a guess is told.", icon=":material/help:")
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
