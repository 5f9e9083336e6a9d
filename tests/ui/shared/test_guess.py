"""A question that is answered before its answer is shown."""

from __future__ import annotations

import streamlit as st

from tests.support.seen import alone, words
from ui.shared.guess import guess_first, whole_number_field


def test_nothing_is_told_before_it_is_asked_for() -> None:
    """Then the guess is judged, until the question is asked anew; another question starts empty."""

    def show() -> None:
        def judge(answer: int | None) -> None:
            st.caption(f"guessed {answer}")

        about = st.session_state["about"]
        if guess_first("How many?", whole_number_field, judge, key="q", about=about):
            st.caption("the answer")

    app = alone(show, {"about": "a"})
    assert "guessed" not in words(app)
    assert "the answer" not in words(app)
    assert app.button(key="q-next").disabled
    app.number_input(key="q-answer-a").set_value(7).run()
    assert "guessed" not in words(app)
    app.button(key="q-check").click().run()
    assert "guessed 7\nthe answer" in words(app)

    app.session_state["about"] = "b"
    app.run()
    assert "guessed None\nthe answer" in words(app)

    app.button(key="q-next").click().run()
    assert "the answer" not in words(app)
