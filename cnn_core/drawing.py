"""From a drawing to what the network was trained on.

MNIST's makers cropped each digit to its ink, scaled it to fit into 20×20 pixels with its aspect
ratio kept, and placed it so that its centre of mass is the centre of 28×28 (LeCun et al. 1998,
section III A). A drawing has to go the same way, or a good network looks bad.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnn_core.dataset import IMAGE_SIZE

BOX_SIZE = 20
# Fainter than this is the soft edge of a stroke, or noise, and does not widen the ink box.
LEAST_INK = 24
# A dot smaller than this, in canvas pixels, is a slip of the mouse.
SMALLEST_BOX = 3


@dataclass(frozen=True)
class PreparedDrawing:
    """A drawing at each step of its way into the network.

    ink: uint8 (height, width), the whole canvas, 0 (nothing) to 255 (full ink).
    box: rows and columns of the ink: top, bottom, left, right; bottom and right are exclusive.
    scaled: uint8 (rows, columns), the ink box scaled so that its longer side has 20 pixels.
    corner: row and column of the 28×28 image where the top-left of `scaled` is placed.
    digit: uint8 (28, 28), what the network receives.
    """

    ink: NDArray[np.uint8]
    box: tuple[int, int, int, int]
    scaled: NDArray[np.uint8]
    corner: tuple[int, int]
    digit: NDArray[np.uint8]


def digit_from_canvas(rgba: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The 28×28 digit, uint8, in a canvas of white ink on black; None where there is no ink.

    rgba: uint8 (height, width, 4), as a canvas gives it.
    """
    prepared = prepare_drawing(ink_of_canvas(rgba))
    return None if prepared is None else prepared.digit


def ink_of_canvas(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How much white each canvas pixel shows: uint8 (height, width, 4) → uint8 (height, width).

    Raises ValueError for an array of another shape or type.
    """
    if rgba.dtype != np.uint8 or rgba.ndim != 3 or rgba.shape[2] != 4:
        raise ValueError(f"a canvas is uint8 (height, width, 4), not {rgba.dtype} {rgba.shape}")
    # A mean over the short last axis would take 25 times as long, after every stroke.
    red, green, blue, opacity = (rgba[..., channel].astype(np.float32) for channel in range(4))
    ink: NDArray[np.uint8] = np.round((red + green + blue) * opacity / (3 * 255)).astype(np.uint8)
    return ink


def prepare_drawing(ink: NDArray[np.uint8]) -> PreparedDrawing | None:
    """Ink box → 20×20 → centre of mass, each step kept; None where there is no ink."""
    box = ink_box(ink)
    if box is None:
        return None
    top, bottom, left, right = box
    scaled = fit_into_box(ink[top:bottom, left:right])
    if not scaled.any():  # Specks that are faint and far apart vanish at this size.
        return None
    corner = centred_corner(scaled)
    digit = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    row, column = corner
    digit[row : row + scaled.shape[0], column : column + scaled.shape[1]] = scaled
    return PreparedDrawing(ink, box, scaled, corner, digit)


def ink_box(ink: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """The smallest box around all ink: top, bottom, left, right; None where there is no ink."""
    rows = np.flatnonzero((ink >= LEAST_INK).any(axis=1))
    columns = np.flatnonzero((ink >= LEAST_INK).any(axis=0))
    if len(rows) == 0:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    if max(bottom - top, right - left) < SMALLEST_BOX:
        return None
    return int(top), int(bottom), int(left), int(right)


def fit_into_box(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Scale, smoothly, so that the longer side has 20 pixels and the aspect ratio is kept."""
    height, width = ink.shape
    scale = BOX_SIZE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.HAMMING))


def centred_corner(scaled: NDArray[np.uint8]) -> tuple[int, int]:
    """Where to place the top-left so that the centre of mass falls on the middle of 28×28.

    A very lopsided drawing is moved only as far as it stays within the image.
    """
    weight = scaled.astype(np.float64)
    total = weight.sum()
    corner = []
    for axis in (0, 1):
        along = weight.sum(axis=1 - axis)
        centre = (along * (np.arange(len(along)) + 0.5)).sum() / total
        place = round(IMAGE_SIZE / 2 - centre)
        corner.append(min(max(place, 0), IMAGE_SIZE - len(along)))
    return corner[0], corner[1]
