"""Pictures that are made to be measured with: synthetic photos, and what is no digit."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.unlikely import KINDS
from cnn_core.store.store import load_network
from prepare.non_digits import (
    FONTS_TO_CHOOSE,
    FONTS_TO_REPORT,
    LETTERS,
    half_and_half,
    non_digits,
    own_digits,
    shuffled,
)
from prepare.photos import digit_of_photo, jpeg_of


def test_photos_are_read(mnist: Mnist) -> None:
    """Sixteen test digits on paper, each as a file, are read nearly as well as the digits."""
    rng = np.random.default_rng(3)
    images, labels = mnist.test.images[::640], mnist.test.labels[::640]
    found = [digit_of_photo(jpeg_of(image, rng)) for image in images]
    digits = np.stack([digit for digit in found if digit is not None])

    assert len(digits) == len(images)
    answers = load_network("improved").predict(digits).argmax(axis=1)
    assert (answers == labels).sum() >= 15


@pytest.mark.parametrize("kind", KINDS)
def test_non_digits(mnist: Mnist, kind: str) -> None:
    """Pictures of the right form, different ones, the same for the same seed."""
    make = [
        non_digits(kind, 6, mnist.test, FONTS_TO_REPORT, np.random.default_rng(seed))
        for seed in (0, 0, 1)
    ]
    assert make[0].shape == (6, 28, 28)
    assert make[0].any(axis=(1, 2)).all()
    np.testing.assert_array_equal(make[0], make[1])
    assert not np.array_equal(make[0], make[2])


def test_unknown_kind(mnist: Mnist) -> None:
    """There is no other kind."""
    with pytest.raises(ValueError, match="cats"):
        non_digits("cats", 1, mnist.test, FONTS_TO_REPORT, np.random.default_rng(0))


def test_halves_and_quarters() -> None:
    """Rows of both; every quarter somewhere else."""
    rng = np.random.default_rng(0)
    upper, lower = rng.integers(1, 256, (2, 28, 28)).astype(np.uint8)
    both = half_and_half(upper, lower)
    np.testing.assert_array_equal(both[:14], upper[:14])
    np.testing.assert_array_equal(both[14:], lower[14:])
    mixed = shuffled(upper, rng)
    assert sorted(mixed.ravel()) == sorted(upper.ravel())
    for rows in (slice(14), slice(14, 28)):
        for columns in (slice(14), slice(14, 28)):
            assert not np.array_equal(mixed[rows, columns], upper[rows, columns])


def test_own_digits_are_read() -> None:
    """The yardstick: digits drawn as the letters are, which the network does read."""
    assert not set("0123456789OolZS") & set(LETTERS)
    assert not set(FONTS_TO_CHOOSE) & set(FONTS_TO_REPORT)
    assert own_digits(3, FONTS_TO_REPORT, np.random.default_rng(0)).shape == (3, 28, 28)
