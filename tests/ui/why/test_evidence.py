"""Evidence lies on the pixels that it is about, and the outline around the digit's ink."""

from __future__ import annotations

import numpy as np

from cnn_core.findings.attribution import GradCam
from cnn_core.network.receptive_field import Field, Span
from ui.look.colors import ACCENT, SIGNED_SCALE, colour_activations, colour_signed
from ui.why.evidence import cells_picture, evidence_picture, framed_digit, parts_picture
from ui.why.parts import Parts, Thirds

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


def test_pixels_without_a_value_are_striped() -> None:
    """Stripes and nothing between them, where no outline runs; all others as they were."""
    values = np.linspace(-1, 1, 784, dtype=np.float32).reshape(28, 28)
    image, missing = np.zeros((28, 28), np.uint8), np.zeros((28, 28), np.bool_)
    missing[2, 3:9] = True

    picture = evidence_picture(values, image, 1, missing)

    plain = evidence_picture(values, image, 1)
    blocks = picture.reshape(28, ZOOM, 28, ZOOM, 4).swapaxes(1, 2)
    assert (blocks[missing][..., 3] == 0).any(axis=(1, 2)).all()
    assert (blocks[missing][..., 3] == 255).any(axis=(1, 2)).all()
    assert (blocks[~missing][..., 3] == 255).all()
    np.testing.assert_array_equal(
        blocks[~missing][..., :3], plain.reshape(28, ZOOM, 28, ZOOM, 3).swapaxes(1, 2)[~missing]
    )
    assert evidence_picture(values, image, 1, np.zeros_like(missing)).shape[2] == 3


def test_cells_that_cannot_reach_the_answer_are_striped() -> None:
    """However bright they would be; the others have the colours of what is left, to its largest."""
    published = np.array([[1, 2, 9], [0, 4, 9], [9, 9, 9]], np.float32)
    unread = np.zeros((3, 3), np.bool_)
    unread[2], unread[:, 2] = True, True
    nothing = np.zeros(1, np.float32)

    picture = cells_picture(GradCam(nothing, unread, nothing, published))

    assert picture.shape == (390, 390, 4)
    blocks = picture.reshape(3, 130, 3, 130, 4).swapaxes(1, 2)
    assert (blocks[unread][..., 3] == 0).any(axis=(1, 2)).all()
    expected = colour_activations(published, 4)
    for row, column in np.argwhere(~unread):
        assert (blocks[row, column] == [*expected[row, column], 255]).all()


def test_lines_part_the_ink_in_nine() -> None:
    """Between rows 9 and 10, 15 and 16, and columns 11 and 12, 13 and 14; all else is the digit."""
    image = np.full((28, 28), 90, np.uint8)
    picture = parts_picture(image, Parts(Thirds(4, 22), Thirds(10, 16)))

    lines = (picture == list(bytes.fromhex(ACCENT[1:]))).all(axis=-1)
    expected = np.zeros_like(lines)
    for row in (10, 16):
        expected[row * ZOOM - 1 : row * ZOOM + 1] = True
    for column in (12, 14):
        expected[:, column * ZOOM - 1 : column * ZOOM + 1] = True
    np.testing.assert_array_equal(lines, expected)
    assert (picture[~lines] == 90).all()
