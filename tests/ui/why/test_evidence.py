"""Evidence lies on the pixels that it is about, and the outline around the digit's ink."""

from __future__ import annotations

import numpy as np

from cnn_core.network.receptive_field import Field, Span
from ui.look.colors import ACCENT, SIGNED_SCALE, colour_signed
from ui.why.evidence import evidence_picture, framed_digit

ZOOM = 14


def test_each_pixel_has_its_own_colour() -> None:
    """Orange against, blue for, neutral for nothing; rows go down."""
    values = np.zeros((28, 28), np.float32)
    values[3, 20], values[20, 3] = 2, -2

    picture = evidence_picture(values, np.zeros((28, 28), np.uint8), 2)

    assert picture.shape == (28 * ZOOM, 28 * ZOOM, 3)
    np.testing.assert_array_equal(picture[::ZOOM, ::ZOOM], colour_signed(values, 2))
    blue, orange = picture[3 * ZOOM + 5, 20 * ZOOM + 5], picture[20 * ZOOM + 5, 3 * ZOOM + 5]
    assert blue.tolist() == list(bytes.fromhex(SIGNED_SCALE[-1][1:]))
    assert orange.tolist() == list(bytes.fromhex(SIGNED_SCALE[0][1:]))


def test_ink_is_outlined_on_its_own_edge() -> None:
    """Two pixels wide inside of an L of three; what is faint is no ink."""
    image = np.zeros((28, 28), np.uint8)
    image[5, 9] = image[6, 9] = image[6, 10] = 128
    image[10, 10] = 127

    picture = evidence_picture(np.zeros((28, 28), np.float32), image, 1)

    outlined = (picture == (60, 60, 64)).all(axis=-1)
    expected = np.zeros_like(outlined)

    def edges(row: int, column: int, *sides: str) -> None:
        square = expected[row * ZOOM : (row + 1) * ZOOM, column * ZOOM : (column + 1) * ZOOM]
        for side in sides:
            part = {
                "top": square[:2],
                "bottom": square[-2:],
                "left": square[:, :2],
                "right": square[:, -2:],
            }[side]
            part[:] = True

    edges(5, 9, "top", "left", "right")
    edges(6, 9, "left", "bottom")
    edges(6, 10, "top", "right", "bottom")
    np.testing.assert_array_equal(outlined, expected)


def test_the_frame_lies_around_its_pixels() -> None:
    """Four pixels wide, inside of rows 2 to 5 and columns 10 to 20."""
    image = np.full((28, 28), 90, np.uint8)

    picture = framed_digit(image, Field(Span(2, 5), Span(10, 20)))

    framed = (picture == list(bytes.fromhex(ACCENT[1:]))).all(axis=-1)
    expected = np.zeros_like(framed)
    expected[2 * ZOOM : 6 * ZOOM, 10 * ZOOM : 21 * ZOOM] = True
    expected[2 * ZOOM + 4 : 6 * ZOOM - 4, 10 * ZOOM + 4 : 21 * ZOOM - 4] = False
    np.testing.assert_array_equal(framed, expected)
    assert (picture[~framed] == 90).all()
