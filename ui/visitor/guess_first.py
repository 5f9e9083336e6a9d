"""A question to answer before what answers it is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def guess_first(question: str, options: Sequence[str], right: str, *, key: str) -> bool:
    """Ask a visitor, and say whether the answer may be shown: after a guess, or without one if asked.

    right: the one of the options that is right. What was guessed stays for the session.
    """
    with st.container(border=True, key=f"{key}-question"):
        st.markdown(f"**Guess first.** {question}")
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


def _show(key: str) -> None:
    st.session_state[f"{key}-shown"] = True
