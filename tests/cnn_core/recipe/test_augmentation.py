"""Moving training images: by as much as is asked, about the right point, each by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_core.network.arithmetic import Array
from cnn_core.recipe.augmentation import augment
from cnn_core.recipe.config import Augmentation

COUNT = 200


@pytest.fixture
def dots() -> Array:
    """Many times the same image, with a soft dot away from the centre."""
    rows, columns = np.mgrid[:28, :28]
    image = 255 * np.exp(-((rows - 8) ** 2 + (columns - 13.5) ** 2) / 4)
    return np.broadcast_to(image[..., None], (COUNT, 28, 28, 1)).astype(np.float32)


def moved(images: Array, augmentation: Augmentation, seed: int = 0) -> Array:
    """The images after moving."""
    return np.asarray(augment(images, np.array([seed, 1], np.int32), augmentation))


def centres(images: Array) -> Array:
    """The centre of mass of each image, from the middle of the image: (n, 2)."""
    places = np.arange(28) - 13.5
    total = images.sum(axis=(1, 2, 3))
    down = (images.sum(axis=(2, 3)) * places).sum(axis=1) / total
    right = (images.sum(axis=(1, 3)) * places).sum(axis=1) / total
    return np.stack([down, right], axis=1)


def test_nothing(keras: Any, dots: Array) -> None:
    """Without any movement the images stay what they are."""
    np.testing.assert_allclose(moved(dots, Augmentation()), dots, atol=1e-3)


def test_shift(keras: Any, dots: Array) -> None:
    """A shift of 3 moves each image by its own amount, up to 3 pixels in each direction."""
    shifts = centres(moved(dots, Augmentation(shift=3))) - centres(dots)

    assert (np.abs(shifts) <= 3.01).all()
    for axis in (0, 1):
        assert shifts[:, axis].min() < -2.5
        assert shifts[:, axis].max() > 2.5
    assert abs(np.corrcoef(shifts.T)[0, 1]) < 0.3


def test_rotation(keras: Any, dots: Array) -> None:
    """A rotation turns about the middle: the distance from it stays, the angle changes."""
    before, after = centres(dots), centres(moved(dots, Augmentation(rotation=30)))
    angles = np.degrees(np.arctan2(after[:, 1], -after[:, 0]))

    np.testing.assert_allclose(np.hypot(*after.T), np.hypot(*before.T), atol=0.1)
    assert (np.abs(angles) <= 30.5).all()
    assert angles.min() < -25
    assert angles.max() > 25


def test_zoom(keras: Any, dots: Array) -> None:
    """A zoom changes the distance from the middle by up to its share, not the direction."""
    before, after = centres(dots), centres(moved(dots, Augmentation(zoom=0.25)))
    factors = after[:, 0] / before[:, 0]

    assert factors.min() == pytest.approx(1 / 1.25, abs=0.05)
    assert factors.max() == pytest.approx(1.25, abs=0.05)
    np.testing.assert_allclose(after[:, 1], 0, atol=0.1)


def test_shear(keras: Any, dots: Array) -> None:
    """A shear slides a row sideways by its distance from the middle, and lifts nothing."""
    before, after = centres(dots), centres(moved(dots, Augmentation(shear=0.5)))

    np.testing.assert_allclose(after[:, 0], before[:, 0], atol=0.1)
    assert np.abs(after[:, 1]).max() == pytest.approx(0.5 * 5.5, abs=0.3)


def test_what_comes_in_is_black(keras: Any) -> None:
    """What moves in from outside is not ink."""
    full = np.full((COUNT, 28, 28, 1), 255, np.float32)

    shifted = moved(full, Augmentation(shift=5))

    assert shifted.min() == 0
    assert (shifted[:, 6:-6, 6:-6] > 254.9).all()


def test_seed(keras: Any, dots: Array) -> None:
    """The same seed moves the same way, another seed another way."""
    everything = Augmentation(shift=2, rotation=10, zoom=0.1, shear=0.1)

    np.testing.assert_array_equal(moved(dots, everything, 1), moved(dots, everything, 1))
    assert not np.array_equal(moved(dots, everything, 1), moved(dots, everything, 2))


def test_height_and_width_are_zoomed_by_themselves(keras: Any) -> None:
    """How much higher an image becomes says nothing of how much wider it becomes."""
    rows, columns = np.mgrid[:28, :28]
    image = 255 * np.exp(-((rows - 8) ** 2 + (columns - 8) ** 2) / 4)
    dots = np.broadcast_to(image[..., None], (COUNT, 28, 28, 1)).astype(np.float32)

    factors = centres(moved(dots, Augmentation(zoom=0.25))) / centres(dots)

    assert abs(np.corrcoef(factors.T)[0, 1]) < 0.3
    for axis in (0, 1):
        assert factors[:, axis].min() < 0.85
        assert factors[:, axis].max() > 1.2
