"""Small changes of a digit, to see what the answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnn_core.shift import moved

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Change:
    """What is done to a digit, in this order; 0 everywhere leaves it as it is.

    thicken: rings of pixels added to every stroke; negative takes rings away.
    rotate: degrees, clockwise.
    down, right: pixels; negative is up and left.
    noise: standard deviation of what is added to each pixel, in grey levels.
    seed: of the noise.
    """

    thicken: int = 0
    rotate: float = 0.0
    down: int = 0
    right: int = 0
    noise: float = 0.0
    seed: int = 0

    def apply(self, image: Image) -> Image:
        """The changed digit: uint8 (28, 28) → uint8 (28, 28)."""
        image = thickened(image, self.thicken)
        image = rotated(image, self.rotate)
        image = moved(image, self.down, self.right)
        return noisy(image, self.noise, self.seed)


def thickened(image: Image, rings: int) -> Image:
    """Strokes grown by so many rings of pixels, or shrunk where negative.

    Grey dilation and erosion with a cross of five pixels: each pixel becomes the largest, or the
    smallest, of itself and its four neighbours. Outside of the image is black.
    """
    for _ in range(abs(rings)):
        seen = sliding_window_view(np.pad(image, 1), (3, 3))
        cross = np.stack([seen[..., i, j] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))])
        image = cross.max(axis=0) if rings > 0 else cross.min(axis=0)
    return image


def rotated(image: Image, degrees: float) -> Image:
    """Turned clockwise around the middle; values between pixels are interpolated linearly.

    Black comes in at the corners.
    """
    if degrees % 360 == 0:
        return image
    size = len(image)
    middle = (size - 1) / 2
    rows, columns = np.indices(image.shape) - middle
    angle = np.deg2rad(degrees)
    # For every pixel of the result, where in the image it comes from.
    source_rows = np.cos(angle) * rows - np.sin(angle) * columns + middle
    source_columns = np.sin(angle) * rows + np.cos(angle) * columns + middle
    # Rounded, so that a quarter turn meets pixels exactly.
    source_rows, source_columns = np.round(source_rows, 9), np.round(source_columns, 9)
    top, left = np.floor(source_rows).astype(int), np.floor(source_columns).astype(int)
    down, right = source_rows - top, source_columns - left
    # A border wide enough for a pixel that comes from outside, and one more to interpolate with.
    border = size
    padded = np.pad(image.astype(np.float64), border)
    top, left = top + border, left + border
    values = (
        padded[top, left] * (1 - down) * (1 - right)
        + padded[top, left + 1] * (1 - down) * right
        + padded[top + 1, left] * down * (1 - right)
        + padded[top + 1, left + 1] * down * right
    )
    turned: Image = np.round(values).astype(np.uint8)
    return turned


def noisy(image: Image, deviation: float, seed: int) -> Image:
    """Gaussian noise of that standard deviation, in grey levels, added and cut off at 0 and 255."""
    noise = np.random.default_rng(seed).normal(size=image.shape) * deviation
    return np.clip(np.round(image + noise), 0, 255).astype(np.uint8)
