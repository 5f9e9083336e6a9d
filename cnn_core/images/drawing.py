"""From a drawing to what the network was trained on, in stages that can each be left out.

MNIST's makers cropped each digit to its ink, scaled it to fit into 20×20 pixels with its aspect
ratio kept, and placed it so that its centre of mass is the centre of 28×28 (LeCun et al. 1998,
section III A). A drawing has to go the same way, or a good network looks bad.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnn_core.data.dataset import IMAGE_SIZE

BOX_SIZE = 20
# Fainter than this is the soft edge of a stroke, or noise, and does not widen the ink box.
LEAST_INK = 24
# A dot smaller than this, in canvas pixels, is a slip of the mouse.
SMALLEST_BOX = 3

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Preparation:
    """Which stages are done, in this order; below, what happens where one is left out.

    invert: a picture with dark ink on bright paper stays as it is, and its paper counts as ink.
    crop: the paper around the ink stays, and is scaled and centred with it.
    fit: the ink keeps the size that it has on its paper, of which 28 pixels are the longer side.
    smooth: each pixel takes over one pixel of the drawing, instead of a mean of those it covers.
    centre: the ink stays where it is on its paper, as far as there is room.
    """

    invert: bool = True
    crop: bool = True
    fit: bool = True
    smooth: bool = True
    centre: bool = True

    def without(self, stage: str) -> Preparation:
        """The same with one stage left out."""
        return replace(self, **{stage: False})


FULL = Preparation()
STAGES = tuple(field.name for field in fields(Preparation))


@dataclass(frozen=True)
class PreparedDrawing:
    """A drawing at each stage of its way into the network.

    ink: uint8 (height, width), the whole canvas, 0 (nothing) to 255 (full ink).
    box: rows and columns of the ink: top, bottom, left, right; bottom and right are exclusive.
    scaled: uint8 (rows, columns), the ink box scaled so that its longer side has 20 pixels.
    corner: row and column of the 28×28 image where the top-left of `scaled` is placed.
    image: uint8 (28, 28), what the network receives.
    """

    ink: Picture
    box: tuple[int, int, int, int]
    scaled: Picture
    corner: tuple[int, int]
    image: Picture


def digit_from_canvas(rgba: Picture) -> Picture | None:
    """The 28×28 digit, uint8, in a canvas of white ink on black; None where there is no ink.

    rgba: uint8 (height, width, 4), as a canvas gives it.
    """
    prepared = prepare_drawing(ink_of_canvas(rgba))
    return None if prepared is None else prepared.image


def ink_of_canvas(rgba: Picture) -> Picture:
    """How much white each canvas pixel shows: uint8 (height, width, 4) → uint8 (height, width).

    Raises ValueError for an array of another shape or type.
    """
    if rgba.dtype != np.uint8 or rgba.ndim != 3 or rgba.shape[2] != 4:
        raise ValueError(f"a canvas is uint8 (height, width, 4), not {rgba.dtype} {rgba.shape}")
    # A mean over the short last axis would take 25 times as long, after every stroke.
    red, green, blue, opacity = (rgba[..., channel].astype(np.float32) for channel in range(4))
    ink: Picture = np.round((red + green + blue) * opacity / (3 * 255)).astype(np.uint8)
    return ink


def prepare_drawing(
    picture: Picture, preparation: Preparation = FULL, *, dark_ink: bool = False
) -> PreparedDrawing | None:
    """Every stage that is to be done, each kept; None where there is no ink, or none is left.

    picture: uint8 (height, width). dark_ink: whether its ink is dark on bright paper.
    """
    ink = inverted(picture) if dark_ink and preparation.invert else picture
    around_ink = ink_box(ink)
    if around_ink is None:
        return None
    height, width = ink.shape
    box = around_ink if preparation.crop else (0, height, 0, width)
    top, bottom, left, right = box
    scale = (BOX_SIZE / max(bottom - top, right - left)) if preparation.fit else whole_scale(ink)
    scaled = scaled_by(ink[top:bottom, left:right], scale, smooth=preparation.smooth)
    if not scaled.any():  # Specks that are faint and far apart vanish at this size.
        return None
    corner = centred_corner(scaled) if preparation.centre else corner_on_paper(scaled, box, ink)
    image = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    row, column = corner
    image[row : row + scaled.shape[0], column : column + scaled.shape[1]] = scaled
    return PreparedDrawing(ink, box, scaled, corner, image)


def inverted(picture: Picture) -> Picture:
    """Dark becomes bright: MNIST is white ink on black."""
    return 255 - picture


def ink_box(ink: Picture) -> tuple[int, int, int, int] | None:
    """The smallest box around all ink: top, bottom, left, right; None where there is no ink."""
    rows = np.flatnonzero((ink >= LEAST_INK).any(axis=1))
    columns = np.flatnonzero((ink >= LEAST_INK).any(axis=0))
    if len(rows) == 0:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    if max(bottom - top, right - left) < SMALLEST_BOX:
        return None
    return int(top), int(bottom), int(left), int(right)


def scaled_by(ink: Picture, scale: float, *, smooth: bool) -> Picture:
    """Ink at another size; smoothly, or the nearest pixel of the drawing for each new one."""
    height, width = ink.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    resampling = Image.Resampling.HAMMING if smooth else Image.Resampling.NEAREST
    return np.asarray(Image.fromarray(ink).resize(size, resampling))


def whole_scale(ink: Picture) -> float:
    """The scale at which the longer side of the paper has 28 pixels."""
    return IMAGE_SIZE / float(max(ink.shape))


def centred_corner(scaled: Picture) -> tuple[int, int]:
    """Where to place the top-left so that the centre of mass falls on the middle of 28×28.

    A very lopsided drawing is moved only as far as it stays within the image.
    """
    weight = scaled.astype(np.float64)
    total = weight.sum()
    corner = []
    for axis in (0, 1):
        along = weight.sum(axis=1 - axis)
        centre = (along * (np.arange(len(along)) + 0.5)).sum() / total
        corner.append(_inside(IMAGE_SIZE / 2 - centre, len(along)))
    return corner[0], corner[1]


def corner_on_paper(
    scaled: Picture, box: tuple[int, int, int, int], paper: Picture
) -> tuple[int, int]:
    """Where to place the top-left so that the box's middle is where it was on the paper.

    28×28 stand for the paper, its longer side filling them; the box is moved only as far as it
    stays within.
    """
    corner = []
    for axis, (first, end) in enumerate((box[:2], box[2:])):
        from_middle = (first + end - paper.shape[axis]) / 2 * whole_scale(paper)
        length = scaled.shape[axis]
        corner.append(_inside((IMAGE_SIZE - length) / 2 + from_middle, length))
    return corner[0], corner[1]


def _inside(corner: float, length: int) -> int:
    return min(max(round(corner), 0), IMAGE_SIZE - length)
