"""From a drawing on a canvas to the 28×28 digit that the network receives."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image

from cnn_core.data.dataset import Mnist
from cnn_core.images.drawing import (
    BOX_SIZE,
    FULL,
    LEAST_INK,
    SMALLEST_BOX,
    STAGES,
    PreparedDrawing,
    digit_from_canvas,
    ink_box,
    ink_of_canvas,
    prepare_drawing,
)
from cnn_core.store.store import load_network
from tests.support.pages import ROOT

Pixels = NDArray[np.uint8]

CANVAS_SIZE = 280
README = (ROOT / "README.md").read_text(encoding="utf-8")


def canvas_of(ink: Pixels) -> Pixels:
    """Ink as a canvas gives it: white on black, opaque."""
    return np.dstack([ink, ink, ink, np.full_like(ink, 255)])


def placed(shape: Pixels, top: int, left: int) -> Pixels:
    """A canvas with a shape somewhere on it."""
    ink = np.zeros((CANVAS_SIZE, CANVAS_SIZE), np.uint8)
    ink[top : top + shape.shape[0], left : left + shape.shape[1]] = shape
    return ink


def prepared(ink: Pixels) -> PreparedDrawing:
    """The steps of a drawing that is one."""
    stages = prepare_drawing(ink)
    assert stages is not None
    return stages


@st.composite
def scribbles(draw: st.DrawFn) -> Pixels:
    """Shapes of any size and form, with ink in all four edges."""
    height, width = draw(st.integers(3, 120)), draw(st.integers(3, 120))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    shape = rng.integers(0, 256, (height, width), np.uint8)
    shape[rng.random((height, width)) < draw(st.sampled_from([0.0, 0.5, 0.95]))] = 0
    shape[rng.integers(height), [0, -1]] = 255
    shape[[0, -1], rng.integers(width)] = 255
    return shape


class TestInkOfCanvas:
    @pytest.mark.parametrize(
        ("pixel", "ink"),
        [
            ((255, 255, 255, 255), 255),
            ((0, 0, 0, 255), 0),
            ((255, 255, 255, 0), 0),
            ((255, 255, 255, 128), 128),
            ((100, 100, 100, 255), 100),
            ((255, 0, 0, 255), 85),
        ],
    )
    def test_is_the_white_that_is_seen(self, pixel: tuple[int, ...], ink: int) -> None:
        """Ink is how bright a pixel is, as far as it covers the black below."""
        assert ink_of_canvas(np.array([[pixel]], np.uint8)).tolist() == [[ink]]

    @given(ink=arrays(np.uint8, (5, 7)))
    def test_round_trip(self, ink: Pixels) -> None:
        """Ink on an opaque canvas is read back as it was."""
        np.testing.assert_array_equal(ink_of_canvas(canvas_of(ink)), ink)

    @pytest.mark.parametrize(
        "canvas",
        [
            np.zeros((280, 280), np.uint8),
            np.zeros((280, 280, 3), np.uint8),
            np.zeros((280, 280, 4), np.float32),
        ],
    )
    def test_anything_else(self, canvas: Pixels) -> None:
        """What is no canvas is refused with what one is."""
        with pytest.raises(ValueError, match=r"a canvas is uint8 \(height, width, 4\), not"):
            ink_of_canvas(canvas)


class TestNothingDrawn:
    @pytest.mark.parametrize("pixel", [(0, 0, 0, 255), (0, 0, 0, 0), (255, 255, 255, 0)])
    def test_blank(self, pixel: tuple[int, ...]) -> None:
        """An empty canvas, opaque or transparent, has no digit."""
        canvas = np.full((CANVAS_SIZE, CANVAS_SIZE, 4), pixel, np.uint8)

        assert digit_from_canvas(canvas) is None

    def test_too_faint(self) -> None:
        """What is fainter than the edge of a stroke is no ink."""
        ink = np.full((CANVAS_SIZE, CANVAS_SIZE), LEAST_INK - 1, np.uint8)

        assert digit_from_canvas(canvas_of(ink)) is None

    def test_slip_of_the_mouse(self) -> None:
        """A dot of a pixel or two is no digit, one that was meant is."""
        slip, dot = (np.full((size, size), 255, np.uint8) for size in (SMALLEST_BOX - 1, 12))

        assert digit_from_canvas(canvas_of(placed(slip, 100, 100))) is None
        assert digit_from_canvas(canvas_of(placed(dot, 100, 100))) is not None

    def test_specks_that_vanish(self) -> None:
        """Two faint specks, so far apart that nothing of them is left at 20×20, are no digit."""
        ink = np.zeros((CANVAS_SIZE, CANVAS_SIZE), np.uint8)
        ink[0, 0] = ink[-1, -1] = LEAST_INK

        assert digit_from_canvas(canvas_of(ink)) is None

    @pytest.mark.parametrize("shape", [(0, 0), (0, 5), (1, 1)])
    def test_no_canvas_to_speak_of(self, shape: tuple[int, int]) -> None:
        """A canvas without room for a digit has none."""
        assert digit_from_canvas(np.full((*shape, 4), 255, np.uint8)) is None


class TestPrepareDrawing:
    @given(ink=arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))))
    def test_any_canvas(self, ink: Pixels) -> None:
        """Whatever is on a canvas, it is a digit with ink in it, or none."""
        digit = digit_from_canvas(canvas_of(ink))

        if digit is None:
            return
        assert digit.shape == (28, 28)
        assert digit.dtype == np.uint8
        assert digit.any()

    @given(shape=scribbles(), data=st.data())
    def test_anywhere(self, shape: Pixels, data: st.DataObject) -> None:
        """The same drawing gives the same digit wherever on the canvas it is."""
        height, width = shape.shape
        top = data.draw(st.integers(0, CANVAS_SIZE - height))
        left = data.draw(st.integers(0, CANVAS_SIZE - width))

        moved = prepared(placed(shape, top, left))

        assert moved.box == (top, top + height, left, left + width)
        np.testing.assert_array_equal(moved.image, prepared(placed(shape, 0, 0)).image)

    @given(shape=scribbles())
    def test_any_size(self, shape: Pixels) -> None:
        """The longer side of the ink becomes 20 pixels, the other keeps its proportion."""
        height, width = shape.shape
        scaled_height, scaled_width = prepared(placed(shape, 0, 0)).scaled.shape

        assert max(scaled_height, scaled_width) == BOX_SIZE
        scale = BOX_SIZE / max(height, width)
        assert scaled_height == max(1, round(height * scale))
        assert scaled_width == max(1, round(width * scale))

    @given(shape=scribbles())
    def test_centre_of_mass(self, shape: Pixels) -> None:
        """The centre of mass is within half a pixel of the centre of the image."""
        stages = prepared(placed(shape, 50, 90))
        places = np.arange(28) + 0.5
        for axis, corner in zip((1, 0), stages.corner, strict=True):
            along = stages.image.sum(axis=axis, dtype=np.float64)
            distance = (along * places).sum() / along.sum() - 14
            at_the_edge = corner in (0, 28 - stages.scaled.shape[1 - axis])
            assert abs(distance) <= 0.5 + 1e-9 or at_the_edge

    def test_lopsided(self) -> None:
        """A drawing whose weight is all at one end is moved no further than the edge."""
        ink = np.zeros((CANVAS_SIZE, CANVAS_SIZE), np.uint8)
        ink[60:260, 100:104] = 40
        ink[60:80, 60:140] = 255
        stages = prepared(ink)

        assert stages.corner[0] == 28 - stages.scaled.shape[0]
        assert stages.image.sum() == stages.scaled.sum(dtype=int)

    @given(shape=scribbles())
    def test_steps_belong_together(self, shape: Pixels) -> None:
        """The steps that a page shows lead to the digit that the network gets."""
        ink = placed(shape, 30, 40)
        stages = prepared(ink)
        rows, columns = stages.scaled.shape
        row, column = stages.corner
        inside = stages.image[row : row + rows, column : column + columns]

        np.testing.assert_array_equal(stages.ink, ink)
        np.testing.assert_array_equal(inside, stages.scaled)
        assert stages.image.sum(dtype=int) == stages.scaled.sum(dtype=int)
        np.testing.assert_array_equal(digit_from_canvas(canvas_of(ink)), stages.image)

    def test_ink_box_leaves_out_what_is_faint(self) -> None:
        """The soft edge of a stroke does not widen the box."""
        ink = np.zeros((CANVAS_SIZE, CANVAS_SIZE), np.uint8)
        ink[99:151, 119:131] = LEAST_INK - 1
        ink[100:150, 120:130] = 255

        assert ink_box(ink) == (100, 150, 120, 130)


class TestPreparation:
    """Each step can be left out, and then does nothing."""

    @given(shape=scribbles(), stage=st.sampled_from(STAGES))
    def test_what_is_left_out(self, shape: Pixels, stage: str) -> None:
        """Whatever is left out, 28×28 pixels with ink in them come out, or nothing."""
        ink = placed(shape, 20, 150)
        stages = prepare_drawing(255 - ink, FULL.without(stage), dark_ink=True)
        if stages is None:
            return
        rows, columns = stages.scaled.shape
        assert stages.image.shape == (28, 28)
        assert stages.image.any()
        assert max(rows, columns) == BOX_SIZE or stage == "fit"
        assert stages.box == (0, CANVAS_SIZE, 0, CANVAS_SIZE) or stage not in ("crop", "invert")
        assert np.array_equal(stages.ink, 255 - ink if stage == "invert" else ink)

    @given(shape=scribbles())
    def test_dark_ink(self, shape: Pixels) -> None:
        """Black on white is the same digit as white on black."""
        ink = placed(shape, 20, 150)
        stages = prepare_drawing(255 - ink, dark_ink=True)
        assert stages is not None
        np.testing.assert_array_equal(stages.image, prepared(ink).image)

    def test_size_and_place_stay(self) -> None:
        """Neither fitted nor centred, ink is as large and where it was, at a tenth of the size."""
        ink = placed(np.full((40, 20), 255, np.uint8), 50, 220)
        stages = prepare_drawing(ink, FULL.without("fit").without("centre"))
        assert stages is not None
        assert stages.scaled.shape == (4, 2)
        assert stages.corner == (5, 22)
        assert (stages.image[5:9, 22:24] == 255).all()

    def test_without_smoothing_no_new_greys(self) -> None:
        """Black and white stay black and white."""
        ink = placed(np.triu(np.full((90, 90), 255, np.uint8)), 50, 50)
        stages = prepare_drawing(ink, FULL.without("smooth"))
        assert stages is not None
        assert set(np.unique(stages.image)) == {0, 255}
        assert len(np.unique(prepared(ink).image)) > 2


class TestMnistRoundTrip:
    def test_digits_of_full_size_come_back(self, mnist: Mnist) -> None:
        """A digit that is 20 pixels long already is cut out and put back unchanged."""
        tested = 0
        for image in mnist.test.images[:500]:
            top, bottom, left, right = prepared(image).box
            if max(bottom - top, right - left) != BOX_SIZE:
                continue
            stages = prepared(image)
            tested += 1

            np.testing.assert_array_equal(stages.scaled, image[top:bottom, left:right])
            # MNIST's own makers rounded in another way, so that it may stand a pixel aside.
            assert abs(stages.corner[0] - top) <= 1
            assert abs(stages.corner[1] - left) <= 1
        assert tested > 100

    def test_any_size_anywhere_is_read(self, mnist: Mnist) -> None:
        """Test digits of 20 to 280 pixels, anywhere on a canvas, are read as well as the README says.

        Every fifth, because the two halves of the test set are not equally hard.
        """
        rng = np.random.default_rng(0)
        images, labels = mnist.test.images[::5], mnist.test.labels[::5]
        canvases = (canvas_of(_somewhere(image, rng)) for image in images)
        digits = np.stack([prepared(ink_of_canvas(canvas)).image for canvas in canvases])

        answers = load_network("improved").predict(digits).argmax(axis=1)

        said = re.search(r"20 to 280 pixels.*?`improved` reads ([\d.]+) %", README, re.DOTALL)
        assert said is not None
        # Another version of Pillow may enlarge a digit or two otherwise.
        assert 100 * np.mean(answers == labels) == pytest.approx(float(said[1]), abs=0.1)


def _somewhere(image: Pixels, rng: np.random.Generator) -> Pixels:
    """The ink of a digit, enlarged to a random size, at a random place of a canvas."""
    top, bottom, left, right = prepared(image).box
    ink = Image.fromarray(image[top:bottom, left:right])
    scale = rng.integers(20, CANVAS_SIZE + 1) / max(ink.size)
    size = (max(1, round(ink.width * scale)), max(1, round(ink.height * scale)))
    shape = np.asarray(ink.resize(size, Image.Resampling.BICUBIC))
    height, width = shape.shape
    row, column = rng.integers(0, (CANVAS_SIZE - height + 1, CANVAS_SIZE - width + 1))
    return placed(shape, row, column)
