"""Changes of a digit do what they are called, and nothing at 0."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.dataset import Mnist
from cnn_core.transform import Change, noisy, rotated, thickened

IMAGES = arrays(np.uint8, (28, 28), elements=st.integers(0, 255))


@given(image=IMAGES)
def test_nothing_asked_nothing_changed(image: np.ndarray) -> None:
    """All zeros leave every pixel as it is, and never write to the image."""
    image.flags.writeable = False
    np.testing.assert_array_equal(Change().apply(image), image)


@given(image=IMAGES, quarters=st.integers(-4, 4))
def test_quarter_turns_are_exact(image: np.ndarray, quarters: int) -> None:
    """90 degrees clockwise is what numpy calls a rotation by −1."""
    np.testing.assert_array_equal(rotated(image, 90 * quarters), np.rot90(image, -quarters))


@given(degrees=st.floats(-360, 360))
def test_a_turn_keeps_the_ink(degrees: float) -> None:
    """Near the middle ink is moved about, neither made nor lost."""
    image = np.zeros((28, 28), np.uint8)
    image[9:19, 11:17] = 200
    turned = rotated(image, degrees)
    assert int(turned.sum()) == pytest.approx(int(image.sum()), rel=0.02)
    assert turned.max() <= 200


def test_clockwise_is_clockwise() -> None:
    """Ink at the top goes to the right."""
    image = np.zeros((28, 28), np.uint8)
    image[2:6, 13:15] = 255
    rows, columns = np.nonzero(rotated(image, 45))
    assert columns.mean() > 18
    assert rows.mean() < 10


@given(image=IMAGES, rings=st.integers(1, 3))
def test_thicker_and_thinner(image: np.ndarray, rings: int) -> None:
    """Growing makes no pixel darker, shrinking none brighter; one is the mirror of the other."""
    assert (thickened(image, rings) >= image).all()
    assert (thickened(image, -rings) <= image).all()


def test_one_ring_is_a_cross() -> None:
    """A single pixel grows to itself and its four neighbours, and shrinks to nothing."""
    image = np.zeros((28, 28), np.uint8)
    image[10, 10] = 9
    grown = thickened(image, 1)
    assert {tuple(map(int, place)) for place in np.argwhere(grown)} == {
        (10, 10),
        (9, 10),
        (11, 10),
        (10, 9),
        (10, 11),
    }
    assert not thickened(image, -1).any()


def test_noise(mnist: Mnist) -> None:
    """As wide as asked for, the same for the same seed, another for another."""
    grey = np.full((28, 28), 128, np.uint8)
    noise = noisy(grey, 20, seed=1).astype(float) - 128
    assert noise.std() == pytest.approx(20, rel=0.1)
    assert abs(noise.mean()) < 3
    np.testing.assert_array_equal(noisy(grey, 20, seed=1), noisy(grey, 20, seed=1))
    assert (noisy(grey, 20, seed=2) != noisy(grey, 20, seed=1)).any()
    assert noisy(mnist.test.images[0], 0, seed=1).tolist() == mnist.test.images[0].tolist()


def test_the_order_is_as_said(mnist: Mnist) -> None:
    """Thickened first, then turned, then shifted."""
    image = mnist.test.images[0]
    change = Change(thicken=1, rotate=30, down=2, right=-3)
    expected = np.zeros_like(image)
    expected[2:, :-3] = rotated(thickened(image, 1), 30)[:-2, 3:]
    np.testing.assert_array_equal(change.apply(image), expected)
