"""Changes of a digit do what they are called, and nothing at 0."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.data.dataset import Mnist
from cnn_core.images.changes import (
    Change,
    contrasted,
    inverted,
    noisy,
    rotated,
    scaled,
    thickened,
)

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


@given(image=IMAGES)
def test_twice_the_size_is_linear_interpolation(image: np.ndarray) -> None:
    """Between two pixels the mean, weighted by how near each is."""
    double = scaled(image, 2).astype(float)
    # Row 13 of the result comes from a quarter of a pixel above the middle, at 13.25.
    expected = 0.75 * (0.75 * image[13, 13] + 0.25 * image[13, 14]) + 0.25 * (
        0.75 * image[14, 13] + 0.25 * image[14, 14]
    )
    assert double[13, 13] == pytest.approx(expected, abs=0.51)
    assert double.max() <= image.max()


@given(factor=st.floats(0.3, 1.4))
def test_ink_grows_with_the_square_of_the_size(factor: float) -> None:
    """Nothing is lost between the samples, however small the digit becomes."""
    image = np.zeros((28, 28), np.uint8)
    image[9:19, 13:15] = 200
    assert int(scaled(image, factor).sum()) == pytest.approx(int(image.sum()) * factor**2, rel=0.06)


@given(image=IMAGES)
def test_contrast_keeps_the_mean_and_scales_the_spread(image: np.ndarray) -> None:
    """Half the contrast is half of every distance from the mean; none is all one grey."""
    half = contrasted(image, 0.5).astype(float)
    mean = image.mean()
    np.testing.assert_allclose(half - mean, (image - mean) * 0.5, atol=0.51)
    assert np.ptp(contrasted(image, 0)) == 0
    assert contrasted(image, 2).min() >= 0


@given(image=IMAGES)
def test_inverting(image: np.ndarray) -> None:
    """The whole way is the negative and there and back is nothing; half-way all is one grey."""
    np.testing.assert_array_equal(inverted(image, 1), 255 - image)
    assert np.ptp(inverted(image, 0.5)) == 0


@pytest.mark.parametrize(
    "change",
    [
        Change(thicken=1),
        Change(thicken=-1),
        Change(rotate=33),
        Change(scale=0.6),
        Change(down=2, right=-5),
        Change(contrast=0.4),
        Change(invert=0.3),
    ],
)
def test_many_are_changed_as_each_alone(mnist: Mnist, change: Change) -> None:
    """A stack of digits is changed digit by digit."""
    images = mnist.test.images[:6]
    alone = np.stack([change.apply(image) for image in images])
    np.testing.assert_array_equal(change.apply(images), alone)


def test_noise_falls_differently_on_each(mnist: Mnist) -> None:
    """Or a thousand digits would be a thousand times the same spots."""
    same = np.stack([mnist.test.images[0]] * 2)
    first, second = Change(noise=40).apply(same)
    assert (first != second).any()


def test_the_order_is_as_said(mnist: Mnist) -> None:
    """Thickened first, then turned, scaled and shifted; contrast, inversion and noise at last."""
    image = mnist.test.images[0]
    change = Change(1, 30, 1.2, 2, -3, 0.7, 0.9, 12, seed=5)
    expected = np.zeros_like(image)
    expected[2:, :-3] = scaled(rotated(thickened(image, 1), 30), 1.2)[:-2, 3:]
    expected = noisy(inverted(contrasted(expected, 0.7), 0.9), 12, 5)
    np.testing.assert_array_equal(change.apply(image), expected)
