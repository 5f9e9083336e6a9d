"""The sidebar tells how the model reads the current digit."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.findings.evaluation import mistakes
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.seen import alone, pictures, words
from ui.frame.sidebar import show_digit_card, show_sidebar


def show_all() -> None:
    """The sidebar of a page."""
    show_sidebar()
    show_digit_card()


def test_the_current_digit_and_its_answer(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """A digit that is misread: what its writer meant, and what the network reads."""
    shown = pictures(monkeypatch)
    baseline = open_model(model_folder("baseline"))
    position = int(mistakes(baseline.test_probabilities(), mnist.test.labels)[3])
    digit = mnist_digit(mnist, "test", position)
    probabilities = load_network("baseline").predict(digit.image[np.newaxis])[0]
    answer = int(probabilities.argmax())
    assert answer != digit.label

    said = words(alone(show_all, {"digit": digit, "model": "baseline"}))

    article = "an" if digit.label == 8 else "a"
    assert f"**{digit.title}**, written as {article} {digit.label}" in said
    assert f"Read as **{answer}** with {100 * probabilities[answer]:.1f} %" in said
    assert "32,906 parameters · 16-32-64 filters 3×3, padding valid" in said
    np.testing.assert_array_equal(shown[0].pixels[::15, ::15, 0], digit.image)


def test_next_and_previous(mnist: Mnist) -> None:
    """One on, one back; a mistake is one that this model makes; a drawing has none."""
    app = alone(show_all, {"digit": mnist_digit(mnist, "test", 42), "model": "baseline"})
    app.button(key="next-digit").click().run()
    assert app.session_state["digit"].name == "test-43"
    app.button(key="previous-digit").click().run()
    app.button(key="previous-digit").click().run()
    assert app.session_state["digit"].name == "test-41"
    app.button(key="random-mistake").click().run()
    digit = app.session_state["digit"]
    answers = open_model(model_folder("baseline")).test_probabilities().argmax(axis=1)
    assert answers[int(digit.name.removeprefix("test-"))] != digit.label
    drawing = drawn_digit(mnist.test.images[0])
    app = alone(show_all, {"digit": drawing, "model": "baseline"})
    assert "next-digit" not in [button.key for button in app.button]
    assert "written as" not in words(app)
