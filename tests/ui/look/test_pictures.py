"""Pictures hold every value once, as a square of one colour."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from cnn_core.images.drawing import prepare_drawing
from cnn_core.network.receptive_field import Field, Span
from ui.look.colors import ACCENT, ACTIVATION_SCALE, SIGNED_SCALE
from ui.look.pictures import (
    digit_png,
    digit_with_centre,
    discarded,
    feature_maps,
    framed,
    ink_with_box,
    kernel_slices,
    one_map,
    seen_by,
    sheet_of,
    units,
)
from ui.look.png import png


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

    assert (picture[209:211] != 0).any(axis=-1).all()
    assert (picture[:, 209:211] != 0).any(axis=-1).all()


def one_colour(scale: tuple[str, ...], place: int) -> list[int]:
    """A colour of a scale, opaque."""
    return [*bytes.fromhex(scale[place][1:]), 255]


def test_every_map_lies_where_its_number_says() -> None:
    """Five maps of two rows by three columns, two side by side: only their own corner is bright."""
    maps = np.zeros((2, 3, 5), np.float32)
    for channel in range(5):
        maps[channel % 2, channel % 3, channel] = 1

    sheet = feature_maps(maps, columns=2)

    assert sheet.shape == (3 * 3 - 1, 2 * 4 - 1, 4)
    bright = [one_colour(ACTIVATION_SCALE, -1)]
    found = np.argwhere((sheet == bright).all(axis=-1)).tolist()
    # Top and left of a map, and its bright value within it.
    corners = [(0, 0), (0, 4), (3, 0), (3, 4), (6, 0)]
    assert found == sorted(
        [top + channel % 2, left + channel % 3] for channel, (top, left) in enumerate(corners)
    )


def test_maps_share_the_scale_that_is_given() -> None:
    """Up to their largest value, or to another one."""
    maps = np.full((1, 1, 1), 2, np.float32)
    assert feature_maps(maps, 1)[0, 0].tolist() == one_colour(ACTIVATION_SCALE, -1)
    assert feature_maps(maps, 1, largest=6)[0, 0].tolist() == one_colour(ACTIVATION_SCALE, 3)


def test_slices_of_a_kernel_fill_a_square_row_by_row() -> None:
    """Five slices in rows of three: orange where negative, blue where positive."""
    kernel = np.zeros((1, 1, 5), np.float32)
    kernel[0, 0] = [3, -3, 2, -2, 1]

    sheet = kernel_slices(kernel, 3)

    assert sheet.shape == (3, 5, 4)
    shown = [sheet[0, 0], sheet[0, 2], sheet[0, 4], sheet[2, 0], sheet[2, 2]]
    assert [each.tolist() for each in shown] == [
        one_colour(SIGNED_SCALE, place) for place in (6, 0, 5, 1, 4)
    ]


def test_units_are_folded_row_by_row() -> None:
    """From 0 to the largest, the second row begins after the first is full."""
    sheet = units(np.array([0, 3, 9, 6], np.float32), columns=3)

    assert sheet.shape == (2, 3, 4)
    assert sheet[0].tolist() == [one_colour(ACTIVATION_SCALE, place) for place in (0, 3, 9)]
    assert sheet[1, 0].tolist() == one_colour(ACTIVATION_SCALE, 6)


def test_what_pooling_drops_is_faded_and_what_it_does_not_read_is_striped() -> None:
    """Winners stay as they are, each in its own square."""
    coloured = np.arange(6 * 3, dtype=np.uint8).reshape(2, 3, 3)
    losers, ignored = np.zeros((2, 3), bool), np.zeros((2, 3), bool)
    losers[0, 1], ignored[1, 2] = True, True

    picture = discarded(coloured, losers, ignored, cell=12)

    assert picture.shape == (24, 36, 4)
    lost, skipped = picture[:12, 12:24], picture[12:, 24:]
    assert (lost[..., 3] == 60).all()
    assert (lost[..., :3] == coloured[0, 1]).all()
    striped = skipped[..., 3] == 255
    assert 0.2 < striped.mean() < 0.5
    assert (skipped[striped][:, :3] == 140).all()
    assert set(np.unique(skipped[..., 3])) == {0, 255}
    for row, column in ((0, 0), (0, 2), (1, 0), (1, 1)):
        kept = picture[12 * row : 12 * row + 12, 12 * column : 12 * column + 12]
        assert (kept == [*coloured[row, column], 255]).all()


def test_one_map_is_grey_where_it_holds_pixels() -> None:
    """Pixels keep their value; of a map the largest is yellow."""
    values = np.array([[0, 90.6], [30, 60]], np.float32)
    assert one_map(values, 90, are_pixels=True)[..., 0].tolist() == [[0, 91], [30, 60]]
    assert one_map(values, 90, are_pixels=False)[1].tolist() == [
        one_colour(ACTIVATION_SCALE, place)[:3] for place in (3, 6)
    ]


def test_the_frame_is_two_pixels_wide_on_every_side() -> None:
    """Rows and columns are not mixed up, and at the edge of the paper the frame ends."""
    ink = np.zeros((40, 60), np.uint8)
    ink[10:20, 1:31] = 255
    prepared = prepare_drawing(ink)
    assert prepared is not None

    framed = (ink_with_box(prepared) == list(bytes.fromhex(ACCENT[1:]))).all(axis=-1)

    expected = np.zeros((40, 60), bool)
    expected[8:22, 0:33] = True
    expected[10:20, 1:31] = False
    np.testing.assert_array_equal(framed, expected)


def test_a_digit_keeps_its_orientation_behind_the_cross() -> None:
    """Row 3, column 20 is above and to the right of the middle."""
    image = np.zeros((28, 28), np.uint8)
    image[3, 20] = 200

    picture = digit_with_centre(image)

    assert (picture[45:60, 300:315] == 200).all()
    assert (picture == 200).all(axis=-1).sum() == 225


def test_a_picture_is_at_least_as_wide_as_asked() -> None:
    """Every value a square of whole pixels, as few as are enough."""
    picture = np.zeros((2, 3, 3), np.uint8)
    with Image.open(io.BytesIO(png(picture, 10))) as opened:
        assert opened.size == (12, 8)


def test_a_frame_parts_a_picture_from_the_page() -> None:
    """Cells enlarged as whole squares, neutral all around, and clear where the picture is."""
    cells = np.full((2, 3, 4), 255, np.uint8)
    cells[0, 2] = (1, 2, 3, 60)
    picture = framed(cells, 20, 4)
    assert picture.shape == (2 * 10 + 8, 3 * 10 + 8, 4)
    assert (picture[4:14, 24:34] == [1, 2, 3, 60]).all()
    assert (picture[14:24, 4:34] == 255).all()
    inside = np.zeros(picture.shape[:2], np.bool_)
    inside[4:-4, 4:-4] = True
    assert (picture[~inside] == [140, 140, 140, 255]).all()
    assert (framed(cells[..., :3], 20, 4)[4:-4, 4:-4, 3] == 255).all()


def test_pictures_stand_side_by_side() -> None:
    """In reading order, a clear line between them, their own transparency kept."""
    pictures = np.zeros((3, 2, 2, 4), np.uint8)
    pictures[..., 0] = np.array([10, 20, 30])[:, np.newaxis, np.newaxis]
    pictures[..., 3] = 255
    pictures[1, 0, 0, 3] = 60
    sheet = sheet_of(pictures, 2)
    assert sheet.shape == (5, 5, 4)
    assert (sheet[:2, :2, 0] == 10).all()
    assert (sheet[:2, 3:, 0] == 20).all()
    assert (sheet[3:, :2, 0] == 30).all()
    assert sheet[0, 3, 3] == 60
    assert (sheet[2, :, 3] == 0).all()
    assert (sheet[:, 2, 3] == 0).all()
    assert (sheet[3:, 3:, 3] == 0).all()


def test_what_is_not_seen_is_dimmed() -> None:
    """As the JavaScript of the page Layers has it; what is seen keeps its greys."""
    image = np.zeros((28, 28), np.uint8)
    image[3, 4], image[20, 20] = 200, 100
    picture = seen_by(image, Field(Span(2, 5), Span(4, 9)))
    assert picture[3, 4].tolist() == [200, 200, 200]
    assert picture[2, 9].tolist() == [0, 0, 0]
    assert picture[20, 20].tolist() == [74, 74, 88]
    assert picture[6, 4].tolist() == picture[2, 3].tolist() == [38, 38, 52]
