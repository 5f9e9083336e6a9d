"""A digit is written: all of its ink, in one way without leaps, from where a hand begins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.data.dataset import Mnist
from cnn_core.images.pen_path import PenPath, Picture, pen_path, written

# Every hundredth test digit.
EVERY = 100


@pytest.fixture(scope="module")
def paths(mnist: Mnist) -> list[PenPath]:
    """Ways to write a hundred test digits."""
    return [pen_path(image) for image in mnist.test.images[::EVERY]]


def test_ink_appears_where_the_pen_has_been_and_all_of_it_at_last(
    paths: list[PenPath], mnist: Mnist
) -> None:
    """At any time what is written is the image itself near the way so far; at the end the whole."""
    for image, path in zip(mnist.test.images[::EVERY], paths, strict=True):
        points, times = np.concatenate(path.strokes), np.concatenate(path.times)
        for time in (0, 85, 170, 254):
            so_far = written(image, path.arrival, time)
            inked = np.argwhere(so_far)
            np.testing.assert_array_equal(so_far[tuple(inked.T)], image[tuple(inked.T)])
            way = points[np.round(times * 255) <= time]
            away = np.hypot(*(inked[:, np.newaxis] + 0.5 - way).transpose(2, 0, 1)).min(axis=1)
            anywhere = np.hypot(*(inked[:, np.newaxis] + 0.5 - points).transpose(2, 0, 1))
            assert (away <= anywhere.min(axis=1) + 0.61).all()
        np.testing.assert_array_equal(written(image, path.arrival, 255), image)


def test_the_pen_passes_all_that_is_bright(paths: list[PenPath], mnist: Mnist) -> None:
    """Of a hundred digits the ink brighter than half is within six pixels of the pen, 95 % of it in two."""
    away = []
    for image, path in zip(mnist.test.images[::EVERY], paths, strict=True):
        bright = np.argwhere(image > 127)[:, np.newaxis] + 0.5
        away.append(
            np.hypot(*(bright - np.concatenate(path.strokes)).transpose(2, 0, 1)).min(axis=1)
        )
    assert max(each.max() for each in away) <= 6
    assert np.mean(np.concatenate(away) <= 2) > 0.95


def test_a_stroke_is_continuous_and_time_is_the_length_of_the_way(paths: list[PenPath]) -> None:
    """From point to point at most to the next quarter of a pixel; the pen keeps its pace, lifted too."""
    for path in paths:
        for stroke in path.strokes:
            assert np.hypot(*np.diff(stroke, axis=0).T).max(initial=0) <= 0.25 * 2**0.5 + 1e-6
        points, times = np.concatenate(path.strokes), np.concatenate(path.times)
        lengths = np.hypot(*np.diff(points, axis=0).T)
        np.testing.assert_allclose(np.diff(times), lengths / lengths.sum(), atol=1e-5)
        assert times[0] == 0
        assert times[-1] == 1


@pytest.mark.parametrize(
    ("position", "strokes", "begins", "ends"),
    [
        # (row, column) in pixels: where the first stroke begins, and where the last ends.
        (0, 1, (8.1, 6.9), (25.9, 11.1)),  # A 7: along its bar, and down.
        (1, 1, (5.1, 10.4), (20.6, 24.4)),  # A 2.
        (2, 1, (4.6, 17.1), (23.1, 11.4)),  # A 1, downwards.
        (42, 2, (6.6, 9.1), (25.1, 14.9)),  # A 4: left arm and bar, then the right arm down.
    ],
)
def test_where_a_hand_begins_and_ends(
    mnist: Mnist,
    position: int,
    strokes: int,
    begins: tuple[float, float],
    ends: tuple[float, float],
) -> None:
    """Digits whose writing leaves no doubt, looked at one by one."""
    path = pen_path(mnist.test.images[position])

    assert len(path.strokes) == strokes
    np.testing.assert_allclose(path.strokes[0][0], begins, atol=1.5)
    np.testing.assert_allclose(path.strokes[-1][-1], ends, atol=1.5)


def test_a_ring_is_written_from_its_top_to_the_left(mnist: Mnist) -> None:
    """As most people write a 0: it comes round to where it began."""
    (stroke,) = pen_path(mnist.test.images[10]).strokes

    np.testing.assert_array_equal(stroke[0], stroke[-1])
    assert stroke[0, 0] == stroke[:, 0].min()
    assert stroke[len(stroke) // 4, 1] < stroke[3 * len(stroke) // 4, 1]


def test_parts_are_written_one_after_the_other(mnist: Mnist) -> None:
    """The bar of a 5 that stands apart is written in one go, after what begins further left."""
    *others, bar = pen_path(mnist.test.images[8]).strokes

    assert bar[:, 0].max() < 8
    assert bar[:, 1].min() > 14
    for other in others:
        assert other[:, 1].min() < bar[:, 1].min()


@given(arrays(np.uint8, (28, 28), elements=st.sampled_from([0, 0, 0, 1, 100, 255])))
def test_any_picture_can_be_written(image: Picture) -> None:
    """Specks, dots and noise too: there is a way where there is ink, and it brings all of it."""
    path = pen_path(image)

    assert bool(path.strokes) == bool(image.any())
    np.testing.assert_array_equal(written(image, path.arrival, 255), image)
    assert not path.arrival[image == 0].any()
    assert all(len(stroke) for stroke in path.strokes)


def test_a_dot_is_written_at_once() -> None:
    """A pen that goes nowhere needs no time."""
    image = np.zeros((28, 28), np.uint8)
    image[13, 14] = 255

    path = pen_path(image)

    assert not path.arrival.any()
    np.testing.assert_allclose(path.strokes[0][0], (13.5, 14.5), atol=0.5)
