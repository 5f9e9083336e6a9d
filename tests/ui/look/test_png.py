"""PNG files hold every value of a picture, as a square of whole pixels."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ui.look.png import png


@given(
    rows=st.integers(1, 9),
    columns=st.integers(1, 9),
    channels=st.sampled_from([3, 4]),
    width=st.integers(1, 40),
    seed=st.integers(0, 99),
)
def test_a_reader_of_png_finds_every_value(
    rows: int, columns: int, channels: int, width: int, seed: int
) -> None:
    """Whatever the picture, Pillow reads it back, enlarged to the width or a little more."""
    picture = np.random.default_rng(seed).integers(
        0, 256, (rows, columns, channels), dtype=np.uint8
    )

    with Image.open(io.BytesIO(png(picture, width))) as read:
        values = np.asarray(read.convert("RGBA"))

    zoom = max(1, -(-width // columns))
    enlarged = picture.repeat(zoom, axis=0).repeat(zoom, axis=1)
    np.testing.assert_array_equal(values[..., :channels], enlarged)
    assert channels == 4 or (values[..., 3] == 255).all()


@pytest.mark.parametrize(("tint", "mode"), [(0, "L"), (1, "RGB")])
def test_a_grey_picture_takes_one_channel(tint: int, mode: str) -> None:
    """A single coloured value is enough to need three."""
    picture = np.full((4, 4, 3), 90, np.uint8)
    picture[2, 1, 0] += tint

    with Image.open(io.BytesIO(png(picture, 8))) as read:
        assert read.mode == mode
        np.testing.assert_array_equal(np.asarray(read.convert("RGB"))[::2, ::2], picture)
