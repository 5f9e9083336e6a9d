"""A question comes before its answer, and lets go of it for whoever asks."""

from __future__ import annotations

import pytest
import streamlit as st

from tests.support.pages import set_value
from tests.support.seen import alone, words
from ui.visitor.guess_first import guess_and_check, guess_first, whole_number_field

OPTIONS = ("None", "Some", "All of them")


def ask() -> list[bool]:
    """The question, and whether it let the answer be shown, each time that it was asked."""
    found: list[bool] = []
    asked.append(found)
    found.append(guess_first("How many?", OPTIONS, "Some", key="many"))
    return found


asked: list[list[bool]] = []


def last() -> bool:
    """Whether the answer may be shown now."""
    return asked[-1][-1]


def test_nothing_is_shown_unasked() -> None:
    """Not before a guess; a wrong one is put right, and taken back it stays answered."""
    app = alone(ask)
    assert not last()
    assert "**Guess first.** How many?" in app.markdown[0].value

    set_value(app, "many-guess", "None").run()
    assert last()
    assert app.error[0].value.startswith("No: some.")
    set_value(app, "many-guess", "Some").run()
    assert app.success[0].value.startswith("Yes.")
    set_value(app, "many-guess", None).run()
    assert last()
    assert not app.button


def test_without_a_guess() -> None:
    """Nobody has to guess."""
    app = alone(ask)
    app.button(key="many-show").click().run()
    assert last()
    assert not app.success
    assert not app.error


@pytest.mark.parametrize("forged", ["Nonsense", 3, ["Some"]])
def test_what_is_no_option_is_no_guess(forged: object) -> None:
    """A browser may send anything."""
    alone(ask, {"many-guess": forged})
    assert not last()


def test_nothing_is_told_before_it_is_asked_for() -> None:
    """Then the guess is judged, until the question is asked anew; another question starts empty."""

    def show() -> None:
        def judge(answer: int | None) -> None:
            st.caption(f"guessed {answer}")

        about = st.session_state["about"]
        if guess_and_check("How many?", whole_number_field, judge, key="q", about=about):
            st.caption("the answer")

    app = alone(show, {"about": "a"})
    assert "guessed" not in words(app)
    assert "the answer" not in words(app)
    assert [button.key for button in app.button] == ["q-check"]
    # What Enter presses; and what keeps the room of what will be said.
    assert app.button(key="q-check").proto.is_form_submitter
    assert app.button(key="q-check").proto.form_id == app.number_input[0].proto.form_id != ""
    assert len(app.info) == 1
    app.number_input(key="q-answer-a").set_value(7)
    app.button(key="q-check").click().run()
    assert "guessed 7\nthe answer" in words(app)
    assert not app.info

    app.session_state["about"] = "b"
    app.run()
    assert "guessed None\nthe answer" in words(app)

    app.button(key="q-next").click().run()
    assert "the answer" not in words(app)
