"""Made images stand apart from digits, and what is said of them is what was computed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.made_image import SMOOTH, STEPS, MadeImage
from cnn_core.network.architecture import IMPROVED
from cnn_core.store.store import load_network
from tests.support.seen import alone, pictures, plain
from ui.look.colors import ACCENT_RGB
from ui.why.made_images import (
    climb_in_words,
    framed_as_made,
    how_it_was_made,
    reading_in_words,
    show_made,
)
from ui.why.strongest_digits import Strong
from ui.why.unit_looked_at import LookedAt

LAYERS = {layer.name: layer for layer in IMPROVED.layers()}
UNIT = LookedAt(IMPROVED, LAYERS["conv2"], 1)


def made(start: float, height: float, image: Any = None) -> MadeImage:
    image = np.zeros((28, 28), np.uint8) if image is None else image
    return MadeImage(image, np.array([start, 1, height], np.float32))


def layer(strongest: float) -> Any:
    return SimpleNamespace(responses=np.array([[9.0], [strongest]], np.float32))


def test_a_striped_frame() -> None:
    """Accent and nothing, all around; within it each pixel as it is."""
    picture = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    framed = framed_as_made(picture)
    inside = framed[6:-6, 6:-6]
    assert (inside[:140, :140] == [*picture[0, 0], 255]).all()
    assert (inside[140:, 280:] == [*picture[1, 2], 255]).all()
    outside = np.ones(framed.shape[:2], np.bool_)
    outside[6:-6, 6:-6] = False
    stripes = framed[outside]
    accent = (stripes == [*ACCENT_RGB, 255]).all(axis=-1)
    assert 0.3 < accent.mean() < 0.7
    assert (stripes[~accent] == 0).all()


def test_what_is_shown(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real patch first, then the same piece of both made images, each called what it is."""
    shown = pictures(monkeypatch)
    image = np.random.default_rng(4).integers(0, 256, (28, 28)).astype(np.uint8)
    digit = mnist_digit(mnist, "train", 7)
    strong = Strong(digit, (3, 4), 2.5)
    alone(lambda: show_made(UNIT, made(-1, 3, image), made(-1, 4, 255 - image), strong))
    real, smooth, free = shown
    assert real.caption == "**Written by somebody:** training digit 7, labelled 3. Response 2.50"
    patch = UNIT.patch(digit.image, (3, 4))
    # Cells of 35, framed by 6, and all of it twice as large.
    assert UNIT.side == 8
    cells = slice(12, -12, 70)
    np.testing.assert_array_equal(real.pixels[cells, cells], patch)
    seen = image[UNIT.field(UNIT.middle).in_image]
    np.testing.assert_array_equal(smooth.pixels[cells, cells, 0], seen)
    np.testing.assert_array_equal(free.pixels[cells, cells, 0], 255 - seen)
    for picture, height in ((smooth, "3.00"), (free, "4.00")):
        assert picture.caption is not None
        assert picture.caption.startswith("**Made, no digit:**")
        assert picture.caption.endswith(f"Sum {height}")
        assert "no digit" in picture.alt


def test_how_far_it_came() -> None:
    """Beside the strongest digit; of a dead unit, whether any image would wake it."""
    told = climb_in_words(UNIT, made(-0.5, 3.25), made(-0.5, 7), layer(2.125))
    assert "From −0.50 for the grey" in told
    assert "comes to **3.25**, left alone to **7.00**" in told
    assert "The strongest of 60,000 digits brings it to 2.12." in told
    awake = climb_in_words(UNIT, made(-0.5, -0.25), made(-0.5, 1), layer(0))
    assert "the map that no digit excites is not unable to respond" in awake
    never = climb_in_words(UNIT, made(-0.5, -0.25), made(-0.5, -0.125), layer(0))
    assert "not even an image that is made for it gets a response" in never
    unknown = climb_in_words(UNIT, made(-0.5, 3), made(-0.5, 7), None)
    assert "digits" not in unknown


def test_what_the_network_takes_it_for(mnist: Mnist) -> None:
    """Its answer and probability for the image itself."""
    image = mnist.test.images[0]
    said = plain(reading_in_words(load_network("improved"), made(0, 1, image)))
    assert said.startswith("It reads that first image as a **7** with ")


def test_the_rule_is_the_one_that_is_used() -> None:
    """Steps and restraints by number, as `make_image` has them."""
    said = plain(how_it_was_made())
    assert f"{STEPS} times" in said
    assert f"fades by {100 * SMOOTH.fading:.0f} %" in said
    assert f"goes {100 * SMOOTH.blur:.0f} % of the way" in said
