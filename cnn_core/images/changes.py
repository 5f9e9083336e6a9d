"""Small changes of digits, to see what the answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.network.change_of_maps import moved

# uint8 (..., 28, 28): one digit, or many that are all changed alike.
Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Change:
    """What is done to a digit, in this order; as it stands here it leaves the digit as it is.

    thicken: rings of pixels added to every stroke; negative takes rings away.
    rotate: degrees, clockwise.
    scale: factor of height and width, about the middle; more than 0.
    down, right: pixels; negative is up and left.
    contrast: factor of each pixel's distance from the mean of its image; 0 or more.
    invert: share of the way to the negative of the image, 0 to 1.
    noise: standard deviation of what is added to each pixel, in grey levels.
    seed: of the noise.
    """

    thicken: int = 0
    rotate: float = 0.0
    scale: float = 1.0
    down: int = 0
    right: int = 0
    contrast: float = 1.0
    invert: float = 0.0
    noise: float = 0.0
    seed: int = 0

    def apply(self, image: Image) -> Image:
        """The changed digits: uint8 (..., 28, 28) → uint8 (..., 28, 28)."""
        image = thickened(image, self.thicken)
        image = rotated(image, self.rotate)
        image = scaled(image, self.scale)
        image = moved(image, self.down, self.right)
        image = contrasted(image, self.contrast)
        image = inverted(image, self.invert)
        return noisy(image, self.noise, self.seed)


def thickened(image: Image, rings: int) -> Image:
    """Strokes grown by so many rings of pixels, or shrunk where negative.

    Grey dilation and erosion with a cross of five pixels: each pixel becomes the largest, or the
    smallest, of itself and its four neighbours. Outside of the image is black.
    """
    for _ in range(abs(rings)):
        seen = sliding_window_view(_bordered(image, 1), (3, 3), axis=(-2, -1))
        cross = np.stack([seen[..., i, j] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))])
        image = cross.max(axis=0) if rings > 0 else cross.min(axis=0)
    return image


def rotated(image: Image, degrees: float) -> Image:
    """Turned clockwise around the middle; values between pixels are interpolated linearly.

    Black comes in at the corners.
    """
    if degrees % 360 == 0:
        return image
    size = image.shape[-1]
    middle = (size - 1) / 2
    rows, columns = np.indices((size, size)) - middle
    angle = np.deg2rad(degrees)
    # For every pixel of the result, where in the image it comes from. Rounded, so that a quarter
    # turn meets pixels exactly.
    source_rows = np.round(np.cos(angle) * rows - np.sin(angle) * columns + middle, 9)
    source_columns = np.round(np.sin(angle) * rows + np.cos(angle) * columns + middle, 9)
    top, left = np.floor(source_rows).astype(int), np.floor(source_columns).astype(int)
    down, right = source_rows - top, source_columns - left
    # A border wide enough for a pixel that comes from outside, and one more to interpolate with.
    border = size
    padded = _bordered(image, border).astype(np.float64)
    top, left = top + border, left + border
    values = (
        padded[..., top, left] * (1 - down) * (1 - right)
        + padded[..., top, left + 1] * (1 - down) * right
        + padded[..., top + 1, left] * down * (1 - right)
        + padded[..., top + 1, left + 1] * down * right
    )
    return _pixels(values)


def scaled(image: Image, factor: float) -> Image:
    """Larger or smaller about the middle; what leaves is lost, black comes in.

    Each pixel of the result is the mean of the pixels that it covers, weighted by a triangle as
    wide as two of its own pixels, or of theirs where those are wider: linear interpolation when
    it is enlarged, and no thin stroke falls between the samples when it is shrunk.
    """
    if factor == 1:
        return image
    weights = _resampling(image.shape[-1], factor)
    return _pixels(weights @ image.astype(np.float64) @ weights.T)


def contrasted(image: Image, factor: float) -> Image:
    """Each pixel's distance from its image's mean, multiplied (Hendrycks and Dietterich 2019)."""
    if factor == 1:
        return image
    mean = image.mean(axis=(-2, -1), keepdims=True)
    return _pixels((image - mean) * factor + mean)


def inverted(image: Image, share: float) -> Image:
    """On the way to black ink on white: unchanged at 0, all one grey at 0.5, the negative at 1."""
    if share == 0:
        return image
    return _pixels(image * (1 - share) + (255.0 - image) * share)


def noisy(image: Image, deviation: float, seed: int) -> Image:
    """Gaussian noise of that standard deviation, in grey levels, added and cut off at 0 and 255.

    It falls differently on each image of many.
    """
    if deviation == 0:
        return image
    return _pixels(image + noise_field(seed, image.shape) * deviation)


def noise_field(
    seed: int, shape: tuple[int, ...] = (IMAGE_SIZE, IMAGE_SIZE)
) -> NDArray[np.float64]:
    """The noise of a seed with standard deviation 1: float64 of that shape."""
    return np.random.default_rng(seed).normal(size=shape)


def _resampling(size: int, factor: float) -> NDArray[np.float64]:
    """How much of each pixel (column) goes into each pixel of the result (row): (size, size)."""
    middle = (size - 1) / 2
    sources = (np.arange(size) - middle) / factor + middle
    reach = max(1.0, 1 / factor)
    # Far enough outside of the image for every source to have all its neighbours.
    outside = int(np.ceil(size / factor + reach))
    distances = np.abs(sources[:, np.newaxis] - np.arange(-outside, size + outside)) / reach
    weights = np.maximum(0.0, 1 - distances)
    weights /= weights.sum(axis=1, keepdims=True)
    # What comes from outside is black, and adds nothing.
    inside: NDArray[np.float64] = weights[:, outside : outside + size]
    return inside


def _bordered(image: Image, width: int) -> Image:
    """Images with a black border of so many pixels on all four sides."""
    return np.pad(image, [(0, 0)] * (image.ndim - 2) + [(width, width)] * 2)


def _pixels(values: NDArray[np.floating]) -> Image:
    return np.clip(np.round(values), 0, 255).astype(np.uint8)
