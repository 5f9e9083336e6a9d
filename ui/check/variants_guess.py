"""“Which loses most?”: a guess before anything is shown."""

from __future__ import annotations

import streamlit as st

from cnn_core.findings.variant_results import Measured, mean
from cnn_core.findings.variants import MOVED_BY
from cnn_core.recipe.variants import REFERENCE, VARIANTS
from ui.check.variants_figure import title_of
from ui.look.wording import percent
from ui.visitor.choice import hold_to

_GUESS, _SHOWN = "variants-guess", "variants-shown"


def guess_first(variants: list[Measured]) -> bool:
    """Ask which variant loses most when digits are moved; whether the answer may be shown."""
    names = [each.name for each in variants if each.name != REFERENCE]
    with st.container(border=True, key="variants-question"):
        st.markdown(
            f"**Every test digit is moved by {MOVED_BY} pixels, in eight directions. Which network "
            "reads fewest of them?** All are trained on digits in the middle."
        )
        hold_to([None, *names], _GUESS)
        guess: str | None = st.radio(
            "Your guess",
            names,
            index=None,
            key=_GUESS,
            format_func=lambda name: f"{VARIANTS[name].title}: {VARIANTS[name].change}",
            persist_state="session",
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Check",
                key="variants-check",
                type="primary",
                on_click=_show,
                disabled=guess is None,
            )
            st.button("Show it without a guess", key="variants-skip", on_click=_show)
        is_shown = bool(st.session_state.get(_SHOWN, False))
        if is_shown and guess is not None:
            _judge(guess, variants)
    return is_shown


def _judge(guess: str, variants: list[Measured]) -> None:
    moved = {each.name: mean(each.moved_accuracies) for each in variants}
    fewest = min(moved, key=lambda name: moved[name])
    titles = {each.name: title_of(each) for each in variants}
    read = (
        f"{titles[fewest]} reads {percent(moved[fewest])} of the moved digits, "
        f"{titles[REFERENCE]} {percent(moved[REFERENCE])}."
    )
    if guess == fewest:
        st.success(f"Yes. {read}", icon=":material/check:")
    else:
        st.error(
            f"Not {titles[guess]}, which reads {percent(moved[guess])}. {read}",
            icon=":material/close:",
        )


def _show() -> None:
    st.session_state[_SHOWN] = True
