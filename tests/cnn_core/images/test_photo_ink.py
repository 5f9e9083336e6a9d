"""Where in a photo the ink is: whatever the paper, the light, and the pen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cnn_core.errors import PhotoError
from cnn_core.images.drawing import prepare_drawing
from cnn_core.images.photo_ink import (
    InkSettings,
    darkness_of,
    find_ink,
    main_group,
    otsu_threshold,
    soft_edged,
)

Pixels = NDArray[np.uint8]
HEIGHT, WIDTH = 180, 240


def seven(size: float = 0.6, right: float = 0.5, down: float = 0.5, width: int = 8) -> Pixels:
    """How much ink a 7 leaves on each pixel, 0 to 255."""
    image = Image.new("L", (WIDTH, HEIGHT))
    half = size * HEIGHT / 2
    left = half + right * (WIDTH - 2 * half) - half
    top = half + down * (HEIGHT - 2 * half) - half
    corners = [(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)]
    points = [(left + x * 2 * half, top + y * 2 * half) for x, y in corners]
    ImageDraw.Draw(image).line(points, 255, width, joint="curve")
    return np.asarray(image)


def photo(ink: Pixels, *, light: float = 0.4, noise: float = 3.0, pen: float = 0.3) -> Pixels:
    """Ink on paper that becomes darker to the right, with noise."""
    paper = np.linspace(235, 235 * (1 - light), WIDTH) * np.ones((HEIGHT, 1))
    grain = np.random.default_rng(0).normal(0, noise, ink.shape)
    picture = paper * (1 - ink / 255 * (1 - pen)) + grain
    return np.clip(picture, 0, 255).astype(np.uint8)


def overlap(first: Pixels, second: Pixels) -> float:
    """Of the pixels that either takes for ink, the share that both do."""
    one, other = first > 127, second > 127
    return float((one & other).sum() / (one | other).sum())


class TestFindInk:
    @pytest.mark.parametrize("light", [0.0, 0.6])
    @pytest.mark.parametrize("pen", [0.1, 0.6])
    @pytest.mark.parametrize("size", [0.2, 0.9])
    def test_uneven_light_faint_pens_and_sizes(self, light: float, pen: float, size: float) -> None:
        """The ink and hardly anything else, where one threshold for the photo would not do."""
        ink = seven(size, right=0.9, width=4 if size < 0.5 else 10)
        found = find_ink(photo(ink, light=light, pen=pen))

        assert found.polarity == "dark"
        assert overlap(found.ink, ink) > 0.7

    @given(
        st.floats(0.2, 0.9),
        st.floats(0, 1),
        st.floats(0, 1),
        st.floats(0, 0.5),
        st.sampled_from([4, 9, 14]),
    )
    def test_inverted_photo_gives_the_same_digit(
        self, size: float, right: float, down: float, light: float, width: int
    ) -> None:
        """Chalk on a blackboard is read like ink on paper, to the last pixel."""
        picture = photo(seven(size, right, down, width), light=light)
        dark, bright = find_ink(picture), find_ink(255 - picture)

        assert (dark.polarity, bright.polarity) == ("dark", "bright")
        np.testing.assert_array_equal(dark.ink, bright.ink)

    def test_the_edge_of_a_shadow_is_no_ink(self) -> None:
        """A third of the light gone from one column on."""
        ink = seven(0.4, right=0.2)
        picture = photo(ink, light=0).astype(np.float64)
        picture[:, 150:] *= 0.65
        found = find_ink(picture.astype(np.uint8))

        assert overlap(found.ink, ink) > 0.7

    def test_ruled_lines_specks_and_edges_are_left_out(self) -> None:
        """Lines from side to side, a dark table at the border, and dust."""
        ink = seven(0.4)
        picture = photo(ink)
        picture[[20, 21, 160, 161]] //= 2
        picture[:, :12] = 30
        picture[40:42, 200:203] = 20
        found = find_ink(picture)

        assert overlap(found.ink, ink) > 0.7
        assert find_ink(picture, InkSettings(one_group=False)).ink[40:42, 200:203].all()

    def test_grain_of_the_paper_is_no_ink(self) -> None:
        """On very uneven paper ink has to stand out from its grain, not only from its light."""
        ink = seven(0.5, width=10)
        picture = photo(ink, light=0, noise=60, pen=0.6)
        found = find_ink(picture, InkSettings(one_group=False))
        grain = found.darkness[ink == 0]
        spread = 1.4826 * float(np.median(np.abs(grain - np.median(grain))))

        assert found.threshold > 0.9 * 4 * spread
        assert overlap(found.ink, ink) > 0.82
        thin = seven(0.5, width=4)
        found = find_ink(photo(thin, light=0, noise=60, pen=0.6), InkSettings(polarity="dark"))
        assert overlap(found.ink, thin) > 0.4

    def test_the_edge_of_the_ink_is_soft(self) -> None:
        """From nothing at half the threshold to all at half as dark again, and no further away."""
        darkness = np.array([[0.19, 0.2, 0.4, 0.5, 0.6, 0.9, 0.9]], np.float32)
        mask = np.array([[False, False, True, True, True, False, False]])

        soft = soft_edged(darkness, mask, 0.4)

        assert soft.tolist() == [[0, 0, 128, 191, 255, 255, 0]]

    def test_strokes_that_do_not_touch_stay_together(self) -> None:
        """The bar of a 5 that was put beside it is part of it; a digit far away is not."""
        image = Image.new("L", (WIDTH, HEIGHT))
        draw = ImageDraw.Draw(image)
        draw.rectangle((60, 60, 68, 120), 255)
        draw.rectangle((74, 60, 100, 68), 255)
        draw.rectangle((210, 60, 216, 100), 255)
        found = find_ink(photo(np.asarray(image))).ink > 127

        assert found[64, 90]
        assert not found[:, 200:].any()

    @pytest.mark.parametrize("value", [0, 128, 255])
    def test_blank(self, value: int) -> None:
        """Without ink there is a message, with noise and shadow or without."""
        flat = np.full((HEIGHT, WIDTH), value, np.uint8)
        for picture in (flat, photo(np.zeros_like(flat)), photo(np.zeros_like(flat), light=0.7)):
            with pytest.raises(PhotoError, match="no ink"):
                find_ink(picture)

    @given(st.integers(12, 70), st.integers(12, 70), st.integers(0, 99))
    def test_any_picture(self, height: int, width: int, seed: int) -> None:
        """Whatever the picture, ink of its size is found, or a message says that there is none."""
        picture = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
        try:
            found = find_ink(picture)
        except PhotoError:
            return
        assert found.ink.shape == picture.shape
        prepare_drawing(found.ink)

    def test_choices_of_the_visitor(self) -> None:
        """Polarity and threshold are taken as they were set."""
        picture = photo(seven(), pen=0.6)
        assert find_ink(picture, InkSettings(polarity="dark", threshold=0.2)).threshold == 0.2
        with pytest.raises(PhotoError):
            find_ink(picture, InkSettings(threshold=0.9))
        assert find_ink(picture, InkSettings(polarity="bright", threshold=0.1)).polarity == "bright"


class TestOtsu:
    def test_as_defined(self) -> None:
        """Above the floor it is the split with the largest variance between the groups."""
        rng = np.random.default_rng(1)
        values = np.clip(np.r_[rng.normal(0.3, 0.05, 500), rng.normal(0.8, 0.05, 500)], 0, 1)
        values = values.astype(np.float32)

        def between(threshold: float) -> float:
            low, high = values[values < threshold], values[values >= threshold]
            return float(len(low) * len(high) * (low.mean() - high.mean()) ** 2)

        best = max((place / 256 for place in range(100, 180)), key=between)
        assert between(otsu_threshold(values, 0.0)) >= 0.999 * between(best)

    def test_little_ink(self) -> None:
        """A hundredth of the pixels is ink, and the split is still between paper and ink."""
        rng = np.random.default_rng(1)
        paper, ink = rng.normal(0.02, 0.02, 99_000), rng.normal(0.6, 0.05, 1_000)
        threshold = otsu_threshold(np.clip(np.r_[paper, ink], 0, 1).astype(np.float32), 0.12)

        assert 0.12 <= threshold < 0.45


def test_main_group_of_nothing() -> None:
    """No pixel, no group; what fills the photo is all there is."""
    nothing = np.zeros((20, 30), bool)
    assert not main_group(nothing).any()
    assert main_group(~nothing).all()


def test_what_meets_two_sides_is_no_digit() -> None:
    """A thin line across a corner is left out, one that meets a single side narrowly is not."""
    mask = np.zeros((60, 80), bool)
    for place in range(30):
        mask[29 - place : 31 - place, place : place + 2] = True
    mask[35:50, 40:45] = True
    group = main_group(mask)
    assert not group[:31, :31].any()
    assert group[35:50, 40:45].all()

    mask[:] = False
    mask[:40, 30:34] = True
    mask[50:58, 60:64] = True
    assert main_group(mask)[:40, 30:34].all()


def test_where_nothing_is_a_digit_the_largest_part_alone_is_left() -> None:
    """A band from side to side, and a speck."""
    ink = np.zeros((HEIGHT, WIDTH), np.uint8)
    ink[80:100] = 255
    ink[20:28, 30:38] = 255
    found = find_ink(photo(ink, light=0, pen=0.1)).ink
    assert (found[85:95] == 255).all()
    assert not found[15:35].any()


def test_without_even_light_the_paper_is_one_brightness() -> None:
    """That of the brighter part, where at least a quarter of the photo is bright."""
    picture = np.full((100, 100), 200, np.uint8)
    picture[:60] = 100
    darkness = darkness_of(picture, even_light=False)
    assert darkness[10, 50] == pytest.approx(0.5)
    assert darkness[90, 50] == 0
    # In hardly any light a share of it says nothing: 20 grey levels are taken for all there is.
    dim = np.full((100, 100), 10, np.uint8)
    dim[:10] = 4
    assert darkness_of(dim, even_light=False)[3, 50] == pytest.approx(6 / 20)
