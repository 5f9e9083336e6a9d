"""The formula shows the numbers that go into it, each in its place."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from cnn_core.network.axis import Sliding
from tests.support.seen import alone, words
from ui.inside.size_formula import size_formula


def shown(axis: Sliding) -> tuple[AppTest, bool]:
    """What is shown, and whether the window can slide."""
    found: list[bool] = []
    return alone(lambda: found.append(size_formula(axis))), found[0]


def test_the_numbers_stand_in_their_places() -> None:
    """A window of 3 with gaps spans 5 positions of 28 with 2 zeros on either side, in steps of 3."""
    app, fits = shown(Sliding(28, 3, 3, 2, 2))
    formula = app.latex[0].value
    assert r"\frac{28 + (2 + 2) - 5}{3}" in formula
    assert "= 10" in formula
    assert "With a dilation of 2 the window spans 2 · (3 − 1) + 1 = 5 positions." in words(app)
    assert fits
    assert not app.warning


def test_same_padding_may_be_uneven() -> None:
    """An odd zero goes after."""
    app, _ = shown(Sliding(28, 3, 2, "same"))
    assert r"\frac{28 + (0 + 1) - 3}{2}" in app.latex[0].value


def test_a_size_that_does_not_come_out_whole() -> None:
    """Rounded down, with the rows that nothing reads."""
    app, fits = shown(Sliding(28, 3, 2))
    assert "The size does not come out whole: 13.50 is rounded down to 13, as Keras does," in words(
        app
    )
    assert "No window reads 1 row, nor as many columns." in words(app)
    assert fits
    app, _ = shown(Sliding(28, 4, 3, 1))
    assert "9.67 is rounded down to 9" in words(app)
    assert "No window reads 1 row" in words(app)
    app, _ = shown(Sliding(27, 2, 2, 1))
    assert "14.50 is rounded down to 14" in words(app)
    assert "What is left out is padding only." in words(app)


def test_what_cannot_slide() -> None:
    """Too large a window, or padding in which all of it disappears; dilation makes it wider."""
    app, fits = shown(Sliding(4, 5, padding=1, dilation=2))
    assert "A window of 9 positions does not fit into 6: there is not a single output." in (
        app.error[0].value
    )
    assert r"\text{no place}" in app.latex[0].value
    assert not fits
    app, fits = shown(Sliding(28, 3, 1, 4))
    assert "A padding of 4 is as wide as the window of 3, or wider" in app.error[0].value
    assert not fits
    assert not shown(Sliding(28, 3, 1, 3))[1]
    assert shown(Sliding(28, 3, 1, 2))[1]
    # Its weights stand at −4, 1 and 6.
    assert shown(Sliding(28, 3, 1, 4, 5))[1]
