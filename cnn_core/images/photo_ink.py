"""Where in a photo the ink is: even out the light, set a threshold, keep what belongs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from cnn_core.errors import PhotoError
from cnn_core.images.connected_parts import Mask, connected_parts
from cnn_core.network.arithmetic import Array

Picture = NDArray[np.uint8]
Polarity = Literal["dark", "bright"]

# Fainter than this, as a share of the paper's light, nothing is taken for ink.
FAINTEST_INK = 0.15
# The darkest tenth of a stroke is at least so dark; what stays below is the edge of a shadow.
FAINTEST_STROKE = 0.3
# A digit has at least so many pixels in height or width; less is a speck.
SHORTEST_INK = 10
# In units of the paper's own unevenness, what stands out from it.
STANDS_OUT = 4.0
# Light of the paper, 0 to 255; in less of it no share of it means anything.
DARKEST_PAPER = 20
# A part of the drawing has at least this share of the largest part's pixels, ...
SMALLEST_PART = 0.03
# ... and is no further away from it than this share of its size.
FURTHEST_PART = 0.35
# A part that meets one side of the photo with more than this share of that side is no stroke.
WIDEST_CONTACT = 0.3
# The light of the paper is looked at this coarsely, in windows wider than any stroke.
COARSE_SIDE = 96
WINDOW = 17


@dataclass(frozen=True)
class InkSettings:
    """What a visitor may decide instead of the program.

    polarity: whether the ink is darker or brighter than its paper; None to find out.
    threshold: how much darker than the paper ink is, 0 to 1; None for Otsu's.
    even_light: whether each place is compared with the paper around it.
    one_group: whether only the largest part and what is near it is kept.
    """

    polarity: Polarity | None = None
    threshold: float | None = None
    even_light: bool = True
    one_group: bool = True


@dataclass(frozen=True)
class Ink:
    """The ink of a photo.

    ink: uint8 (rows, columns), 0 (paper) to 255.
    polarity: whether it is darker or brighter than the paper.
    threshold: from how much darkness on, 0 to 1, it counts.
    darkness: float32 (rows, columns), how much darker than its paper each pixel is, 0 to 1.
    """

    ink: Picture
    polarity: Polarity
    threshold: float
    darkness: Array


def find_ink(grey: Picture, settings: InkSettings = InkSettings()) -> Ink:
    """The ink in a photo, uint8 (rows, columns).

    Raises PhotoError, saying what to do, where nothing stands out from the paper.
    """
    polarity = settings.polarity or find_polarity(grey)
    dark = grey if polarity == "dark" else 255 - grey
    darkness = darkness_of(dark, even_light=settings.even_light)
    if settings.threshold is None:
        threshold, mask = _by_otsu(darkness, one_group=settings.one_group)
        is_faint = bool(mask.any()) and np.quantile(darkness[mask], 0.9) < FAINTEST_STROKE
    else:
        threshold, is_faint = settings.threshold, False
        mask = darkness >= threshold
        mask = main_group(mask) if settings.one_group else mask
    if is_faint or max(mask.any(axis=1).sum(), mask.any(axis=0).sum()) < SHORTEST_INK:
        raise PhotoError(
            "There is no ink to be seen in this photo. Write larger or darker, come nearer, or set "
            "the threshold by hand."
        )
    return Ink(soft_edged(darkness, mask, threshold), polarity, threshold, darkness)


def _by_otsu(darkness: Array, *, one_group: bool) -> tuple[float, Mask]:
    """A threshold, and what is darker."""
    noise = 1.4826 * float(np.median(np.abs(darkness - np.median(darkness))))
    floor = max(FAINTEST_INK, STANDS_OUT * noise)
    threshold = otsu_threshold(darkness, floor)
    mask = darkness >= threshold
    return threshold, main_group(mask) if one_group else mask


def find_polarity(grey: Picture) -> Polarity:
    """Whether ink is darker or brighter than its paper.

    Closing and opening differ where something narrow is, ink and the gaps within it. What lies right
    around that is paper, and is either brighter or darker than the middle between the two.
    """
    coarse = _coarse(grey)
    upper, lower = _closing(coarse), 255 - _closing(255 - coarse)
    contrast = upper.astype(np.float32) - lower
    narrow = contrast > contrast.max() / 2
    near = _filtered(narrow, ImageFilter.MaxFilter(3))
    around = _filtered(narrow, ImageFilter.MaxFilter(7)) & ~near
    middle = (upper.astype(np.float32) + lower) / 2
    share = np.maximum(_blurred(narrow.astype(np.float32)), 1e-6)
    difference = coarse - _blurred(np.where(narrow, middle, 0)) / share
    return "bright" if np.sign(difference[around]).sum() < 0 else "dark"


def darkness_of(dark: Picture, *, even_light: bool) -> Array:
    """How much darker than the paper each pixel is: uint8 (rows, columns) → float32, 0 to 1.

    dark: with dark ink. The light of the paper is the closing of the photo (Serra 1982): dark things
    that are narrower than its window vanish, while the edge of a shadow stays where it is. Without
    even light it is what three quarters of the photo reach.
    """
    if even_light:
        rows, columns = dark.shape
        light = Image.fromarray(_closing(_coarse(dark)))
        paper = np.asarray(light.resize((columns, rows), Image.Resampling.BILINEAR), np.float32)
    else:
        paper = np.full(dark.shape, np.quantile(dark, 0.75), np.float32)
    softened = np.asarray(Image.fromarray(dark).filter(ImageFilter.GaussianBlur(1)), np.float32)
    darkness = (paper - softened) / np.maximum(paper, DARKEST_PAPER)
    return np.clip(darkness, 0, 1).astype(np.float32)


def otsu_threshold(values: Array, floor: float) -> float:
    """The threshold that splits values, 0 to 1, into two groups that are as far apart as can be.

    Otsu (1979): it has the largest variance between the groups, (mean − mean)² × share × share. A
    small digit is a hundredth of its photo, and then the best split is one of the paper; so paper,
    below `floor`, counts no more than what is above it.
    """
    counts, edges = np.histogram(values, bins=256, range=(0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    weights = counts.astype(np.float64)
    is_paper = middles < floor
    above = weights[~is_paper].sum()
    if above == 0:
        return floor
    weights[is_paper] *= min(1.0, above / max(weights[is_paper].sum(), 1))
    below = np.cumsum(weights)
    total = below[-1]
    sums = np.cumsum(weights * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = sums / below - (sums[-1] - sums) / (total - below)
        between = np.nan_to_num(apart**2 * below * (total - below))
    return max(float(edges[1:][between.argmax()]), floor)


def main_group(mask: Mask) -> Mask:
    """The largest connected part and those near it that are not much smaller.

    What meets two sides of the photo, or one side broadly, is a shadow, a ruled line or the edge of
    the table, and left out unless there is nothing else of some size.
    """
    parts = connected_parts(mask)
    if not parts.any():
        return mask
    sizes = np.bincount(parts.ravel())[1:]
    fits = (sizes >= SMALLEST_PART * sizes.max()) & ~_is_surrounding(parts, len(sizes))
    candidates = np.flatnonzero(fits)
    if len(candidates) == 0:
        largest: Mask = parts == 1
        return largest
    boxes = _boxes(parts, len(sizes))
    main = candidates[0]
    top, bottom, left, right = boxes[main]
    reach = FURTHEST_PART * max(bottom - top, right - left)
    group = [
        part
        for part in candidates
        if sizes[part] >= SMALLEST_PART * sizes[main] and _gap(boxes[part], boxes[main]) <= reach
    ]
    return np.isin(parts, np.array(group) + 1)


def _is_surrounding(parts: NDArray[np.int64], count: int) -> Mask:
    """Which parts meet two sides of the photo, or one side broadly: bool (count,)."""
    sides = (parts[0], parts[-1], parts[:, 0], parts[:, -1])
    contact = np.stack([np.bincount(side, minlength=count + 1)[1:] / len(side) for side in sides])
    broad: Mask = (contact > WIDEST_CONTACT).any(axis=0) | ((contact > 0).sum(axis=0) > 1)
    return broad


def soft_edged(darkness: Array, mask: Mask, threshold: float) -> Picture:
    """Ink with the soft edge that it has in the photo: full where it is half as dark again."""
    strength = np.clip((darkness - threshold / 2) / threshold, 0, 1)
    near = _filtered(mask, ImageFilter.MaxFilter(3))
    return np.round(255 * np.where(near, strength, 0)).astype(np.uint8)


def _coarse(picture: Picture) -> Picture:
    """Means of squares, the longer side 96 of them, or less where the picture is smaller."""
    rows, columns = picture.shape
    scale = min(1.0, COARSE_SIDE / max(rows, columns))
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


def _closing(picture: Picture) -> Picture:
    """The largest value in a window, and of those the smallest in a window."""
    return 255 - _dilated(255 - _dilated(picture))


def _dilated(picture: Picture) -> Picture:
    """The largest value in a square window around each pixel, row by row, then column by column."""
    for axis in (0, 1):
        border = [(0, 0), (0, 0)]
        border[axis] = (WINDOW // 2, WINDOW // 2)
        padded = np.pad(picture, border, mode="edge")
        picture = sliding_window_view(padded, WINDOW, axis=axis).max(axis=-1)
    return picture


def _filtered(mask: Mask, image_filter: ImageFilter.RankFilter) -> Mask:
    return np.asarray(Image.fromarray(mask).convert("L").filter(image_filter)) > 0


def _blurred(values: Array) -> Array:
    """The mean of a square of nine values by nine, which may reach over the edge."""
    padded = np.pad(values, 4, mode="edge")
    mean: Array = sliding_window_view(padded, (9, 9)).mean(axis=(2, 3))
    return mean


def _boxes(parts: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Top, bottom, left and right of every part, bottom and right exclusive: int64 (count, 4)."""
    rows, columns = np.nonzero(parts)
    part = parts[rows, columns] - 1
    boxes = np.empty((count, 4), np.int64)
    boxes[:, [0, 2]] = np.iinfo(np.int64).max
    boxes[:, [1, 3]] = 0
    np.minimum.at(boxes[:, 0], part, rows)
    np.maximum.at(boxes[:, 1], part, rows + 1)
    np.minimum.at(boxes[:, 2], part, columns)
    np.maximum.at(boxes[:, 3], part, columns + 1)
    return boxes


def _gap(first: NDArray[np.int64], second: NDArray[np.int64]) -> int:
    """How many rows or columns lie between two boxes; 0 where they overlap."""
    down = max(first[0] - second[1], second[0] - first[1], 0)
    right = max(first[2] - second[3], second[2] - first[3], 0)
    return int(max(down, right))
