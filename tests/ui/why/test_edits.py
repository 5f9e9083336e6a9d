"""What was erased and painted is kept, taken back, and never mixed up with another digit."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from ui.why import edits


@pytest.fixture(autouse=True)
def session(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session with a digit of its own."""
    monkeypatch.setattr(st, "session_state", {"digit": mnist_digit(mnist, "test", 42)})


def painted(value: int) -> np.ndarray:
    """An edited digit."""
    return np.full((28, 28), value, np.uint8)


def test_edits_are_kept_and_undone(mnist: Mnist) -> None:
    """The last one counts; undo goes back to the digit as it was, and no further."""
    for value in (1, 2):
        edits.edit_image(painted(value), edits.version())
    assert edits.edited_image()[0, 0] == 2
    edits.undo()
    assert edits.edited_image()[0, 0] == 1
    edits.undo()
    assert not edits.can_undo()
    edits.undo()
    np.testing.assert_array_equal(edits.edited_image(), mnist.test.images[42])


def test_a_late_edit_is_ignored(mnist: Mnist) -> None:
    """What was on its way while everything was taken back does not come back."""
    before = edits.version()
    edits.edit_image(painted(9), before)
    edits.start_over()
    edits.edit_image(painted(9), before)
    np.testing.assert_array_equal(edits.edited_image(), mnist.test.images[42])


def test_another_digit_starts_anew(mnist: Mnist) -> None:
    """Its own pixels, and edits of the old one are ignored."""
    before = edits.version()
    edits.edit_image(painted(9), before)
    st.session_state["digit"] = mnist_digit(mnist, "test", 43)
    edits.edit_image(painted(8), before)
    np.testing.assert_array_equal(edits.edited_image(), mnist.test.images[43])


def test_the_first_version_is_never_forgotten(mnist: Mnist) -> None:
    """However many strokes, starting over leads back to the digit."""
    for value in range(200):
        edits.edit_image(painted(value), edits.version())
    while edits.can_undo():
        edits.undo()
    np.testing.assert_array_equal(edits.edited_image(), mnist.test.images[42])
