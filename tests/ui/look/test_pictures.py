"""Pictures hold every value once, as a square of one colour."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from cnn_core.images.drawing import prepare_drawing
from ui.look.colors import ACTIVATION_SCALE
from ui.look.pictures import digit_png, digit_with_centre, feature_maps, ink_with_box, units


def test_digit_png_enlarges_without_smoothing() -> None:
    """Each pixel becomes a square; no grey appears that the digit does not have."""
    image = np.zeros((28, 28), np.uint8)
    image[3, 4] = 200

    with Image.open(io.BytesIO(digit_png(image, 280))) as picture:
        values = np.asarray(picture)

    assert values.shape == (280, 280)
    assert np.unique(values).tolist() == [0, 200]
    assert (values[30:40, 40:50] == 200).all()


def test_feature_maps_lie_side_by_side() -> None:
    """Maps fill rows from the left, gaps and missing maps are transparent."""
    maps = np.zeros((2, 2, 3), np.float32)
    maps[..., 2] = 1

    sheet = feature_maps(maps, columns=2)

    assert sheet.shape == (5, 5, 4)
    assert (
        sheet[3:, :2, :3].reshape(-1, 3).tolist()
        == [list(bytes.fromhex(ACTIVATION_SCALE[-1][1:]))] * 4
    )
    assert (sheet[2, :, 3] == 0).all()
    assert (sheet[3:, 3:, 3] == 0).all()


def test_units_show_no_value_that_is_not_there() -> None:
    """Squares that fill up the last row are transparent."""
    sheet = units(np.ones(5, np.float32), columns=3)

    assert sheet[..., 3].ravel().tolist() == [255] * 5 + [0]


def test_ink_is_framed_not_covered() -> None:
    """The frame lies around the ink box and leaves its pixels as they are."""
    ink = np.zeros((50, 50), np.uint8)
    ink[10:20, 15:40] = 255
    prepared = prepare_drawing(ink)
    assert prepared is not None

    picture = ink_with_box(prepared)

    assert (picture[10:20, 15:40] == 255).all()
    assert (picture[8, 15:40] != 0).any()
    assert (picture[:8] == 0).all()


def test_centre_is_marked() -> None:
    """The cross is in the middle row and column."""
    picture = digit_with_centre(np.zeros((28, 28), np.uint8))

    assert (picture[139:141] != 0).any(axis=-1).all()
    assert (picture[:, 139:141] != 0).any(axis=-1).all()
