"""What is written reaches the preparation as it was written: right way up, in its place, as bright."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import streamlit as st

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.images.photo_ink import Ink
from cnn_core.store.store import model_folder, open_model
from tests.support.seen import alone, plain
from ui.write import canvas, handwriting, photo
from ui.write.canvas import put_current_digit, undo_stroke
from ui.write.handwriting import Handwriting, choose_handwriting
from ui.write.photo import how_photos_are_read, ink_in_words, ink_settings


def chosen(state: dict[str, Any]) -> Handwriting:
    """What is looked at in such a session."""
    found: list[Handwriting] = []
    alone(lambda: found.append(choose_handwriting()), state)
    return found[0]


def test_the_current_digit_is_pasted_where_it_is_asked_for() -> None:
    """Of the room of 224 pixels, a quarter to the right and three quarters down."""
    image = np.zeros((28, 28), np.uint8)
    image[2:6, 20:24] = 255
    state = {"digit": drawn_digit(image), "paste-size": 56, "paste-right": 25, "paste-down": 75}

    found = chosen(state)

    assert found.is_pasted
    assert found.picture.shape == (280, 280)
    rows, columns = np.nonzero(found.picture > 200)
    assert (rows.min(), rows.max()) == pytest.approx((168 + 4, 168 + 11), abs=1)
    assert (columns.min(), columns.max()) == pytest.approx((56 + 40, 56 + 47), abs=1)
    assert not found.dark_ink

    white = chosen(state | {"white-paper": True})
    assert white.dark_ink
    np.testing.assert_array_equal(white.picture, 255 - found.picture)


def test_a_drawing_and_a_photo(monkeypatch: pytest.MonkeyPatch, mnist: Mnist) -> None:
    """The drawing first, or the photo where a photo was taken last; dark ink is shown dark."""
    drawn, inked = np.zeros((280, 280), np.uint8), np.zeros((50, 40), np.uint8)
    drawn[100:200, 50:90], inked[10:40, 5:15] = 255, 200
    taken = np.full((50, 40), 7, np.uint8)
    ink = Ink(inked, "dark", 0.3, (inked / 255).astype(np.float32))
    monkeypatch.setattr(handwriting, "ink_on_canvas", lambda: drawn)
    monkeypatch.setattr(handwriting, "ink_of_photo", lambda: ink)
    monkeypatch.setattr(handwriting, "kept_photo", lambda: taken)
    digit = mnist_digit(mnist, "test", 42)

    found = chosen({"digit": digit})
    np.testing.assert_array_equal(found.picture, drawn)
    assert found.photo is None

    found = chosen({"digit": digit, "draw-way": "Upload a photo"})
    np.testing.assert_array_equal(found.picture, 255 - inked)
    assert found.dark_ink
    assert found.photo is taken

    bright = Ink(inked, "bright", 0.3, (inked / 255).astype(np.float32))
    monkeypatch.setattr(handwriting, "ink_of_photo", lambda: bright)
    found = chosen({"digit": digit, "draw-way": "Upload a photo"})
    np.testing.assert_array_equal(found.picture, inked)
    assert not found.dark_ink


def test_settings_of_the_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threshold counts only where it is set by hand; per cent become a share."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    found = ink_settings()
    assert (found.polarity, found.threshold, found.even_light, found.one_group) == (
        None,
        None,
        True,
        True,
    )
    ink = Ink(np.zeros((2, 2), np.uint8), "bright", 0.25, np.zeros((2, 2), np.float32))
    assert plain(ink_in_words(ink)) == (
        "The ink is brighter than its paper. What differs by 25 % or more counts (Otsu 1979)."
    )
    state.update(
        {
            "photo-threshold": 65,
            "photo-threshold-found": False,
            "photo-polarity": "Bright ink",
            "photo-even-light": False,
        }
    )
    found = ink_settings()
    assert (found.polarity, found.threshold, found.even_light, found.one_group) == (
        "bright",
        0.65,
        False,
        True,
    )
    ink = Ink(ink.ink, "dark", 0.65, ink.darkness)
    assert plain(ink_in_words(ink)) == (
        "The ink is darker than its paper. What differs by 65 % or more counts, by your choice."
    )


def test_how_photos_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of how many how many, and how many empty sheets were seen to be empty."""
    stored = {
        "photos": np.array(1000),
        "blank": np.array([48, 50]),
        "improved/right": np.array(932),
    }
    monkeypatch.setattr(photo, "load_computed", lambda *_: stored)
    said = how_photos_are_read(open_model(model_folder("improved")))
    assert said is not None
    assert said.startswith("Tried with 1,000 synthetic photos of test digits,")
    assert (
        "Improved reads 932 of them right, and on 48 of 50 empty sheets no ink was found." in said
    )


def test_a_digit_on_the_canvas(monkeypatch: pytest.MonkeyPatch, mnist: Mnist) -> None:
    """The current one fills it; undo takes the last stroke off, and no other."""
    state: dict[str, Any] = {"digit": mnist_digit(mnist, "test", 42)}
    monkeypatch.setattr(st, "session_state", state)
    put_current_digit()
    (picture,) = state["drawing"]["objects"]
    assert (picture["left"], picture["top"]) == (0, 0)
    assert (picture["width"], picture["height"]) == (canvas.CANVAS_SIZE, canvas.CANVAS_SIZE)
    assert picture["src"].startswith("data:image/png;base64,")
    strokes = [{"type": "Path", "stroke": colour} for colour in ("#111", "#222", "#333")]
    state["drawing"] = {"objects": strokes}
    undo_stroke()
    assert state["drawing"]["objects"] == strokes[:2]
