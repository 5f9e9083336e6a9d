"""A question comes before its answer, and lets go of it for whoever asks."""

from __future__ import annotations

import pytest

from tests.support.pages import set_value
from tests.support.seen import alone
from ui.visitor.guess_first import guess_first

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
