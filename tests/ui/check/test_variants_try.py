"""The maps of a moved digit: down is down, right is right, and the frame is where the sliders are."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.network.change_of_maps import moved
from cnn_core.store.variant_files import variant_network
from tests.support.seen import alone, pictures, plain, words
from ui.check.variants_try import everywhere, move_map, try_it
from ui.look.colors import ACCENT_RGB, colour_activations, colour_pixels
from ui.look.wording import percent

NAMES = ["baseline", "dense-wide"]


def test_a_cell_for_every_move() -> None:
    """Rows are moves down, columns moves to the right; the colours are those of probabilities."""
    shares = np.linspace(0, 1, 81, dtype=np.float32).reshape(9, 9)

    picture = move_map(shares, 1, -3)

    middles = picture[8::16, 8::16]
    np.testing.assert_array_equal(middles, colour_activations(shares, 1))
    framed = (picture == ACCENT_RGB).all(axis=-1)
    rows, columns = np.nonzero(framed)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (80, 95, 16, 31)


def test_everywhere_is_the_moved_digit(mnist: Mnist) -> None:
    """What a network makes of the digit after a move is what it makes of the digit moved there."""
    found = everywhere("dense-wide", "test-7")

    image = mnist.test.images[7]
    for down, right in ((0, 0), (-4, 2), (3, -1)):
        alone_there = variant_network("dense-wide").predict(moved(image, down, right)[np.newaxis])
        np.testing.assert_allclose(found[down + 4, right + 4], alone_there[0], atol=1e-6)


def test_every_network_after_the_move_of_the_sliders(
    mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digit as it is moved, and a map with its answer for each network."""
    shown = pictures(monkeypatch)
    state = {"digit": mnist_digit(mnist, "test", 42), "variants-down": 3, "variants-right": -2}

    app = alone(lambda: try_it(NAMES), state)

    image = moved(mnist.test.images[42], 3, -2)
    np.testing.assert_array_equal(shown[0].pixels[::15, ::15], colour_pixels(image))
    assert plain(str(shown[0].caption)).startswith(
        "Test digit 42, moved 3 pixels down and 2 to the left: what"
    )
    label = int(mnist.test.labels[42])
    assert f"gives the **{label}** that it is written as" in words(app)
    for picture, name in zip(shown[1:], NAMES, strict=True):
        found = everywhere(name, "test-42")
        here = found[7, 2]
        read = int((found.argmax(axis=-1) == label).sum())
        still = found[4, 4]
        caption = str(picture.caption)
        assert caption.endswith(
            f": {still.argmax()} ({percent(float(still.max()))}) as it is, "
            f"{here.argmax()} ({percent(float(here.max()))}) moved. The {label} after {read} of 81 moves"
        )
        assert f"most probable after {read} of them" in picture.alt
        np.testing.assert_array_equal(
            picture.pixels.reshape(9, -1, *picture.pixels.shape[1:])[0, 20, 20],
            colour_activations(found[:1, :1, label], 1)[0, 0],
        )


def test_a_drawing_is_asked_for_what_is_read(mnist: Mnist) -> None:
    """Without a label it is the answer of the baseline, where the drawing is."""
    drawing = drawn_digit(mnist.test.images[3])

    app = alone(lambda: try_it(NAMES), {"digit": drawing})

    answer = int(everywhere("baseline", drawing.name)[4, 4].argmax())
    assert f"gives the **{answer}** that Baseline reads where it is" in words(app)
