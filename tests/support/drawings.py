"""Drawings of many kinds: what people draw, and what they never would."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Ink = NDArray[np.uint8]
Size = tuple[int, int]

# Rows and columns. A canvas has the first; the others are for what is equal there by chance.
CANVASES: tuple[Size, ...] = (
    *((280, 280),) * 7,
    (560, 560),
    (97, 131),
    (131, 97),
    (28, 28),
    (20, 9),
)


def drawings(count: int, seed: int = 0) -> list[Ink]:
    """Ink, uint8 (rows, columns): each kind in turn, each with another size, place and pen."""
    rng = np.random.default_rng(seed)
    return [
        KINDS[number % len(KINDS)](rng, CANVASES[rng.integers(len(CANVASES))])
        for number in range(count)
    ]


def _strokes(rng: np.random.Generator, size: Size) -> Ink:
    """Up to four lines of a pen of any width, round at its corners; some soft at their edges."""
    rows, columns = size
    image = Image.new("L", (columns, rows))
    pen = ImageDraw.Draw(image)
    centre, reach = rng.uniform(0.1, 0.9, 2), rng.uniform(0.01, 0.5)
    width = max(1, round(rng.uniform(0.004, 0.14) * rows))
    for _ in range(rng.integers(1, 4, endpoint=True)):
        places = centre + np.cumsum(rng.normal(size=(rng.integers(2, 9), 2)), axis=0) * reach / 2
        points = [(right * columns, down * rows) for down, right in places]
        pen.line(points, fill=255, width=width, joint="curve")
    ink = np.asarray(image)
    for axis in range(rng.integers(3)):
        ink = ink // 2 + np.roll(ink, 1, axis) // 2
    return ink


def _faint(rng: np.random.Generator, size: Size) -> Ink:
    """Strokes hardly brighter than what counts as ink, or darker."""
    strokes = _strokes(rng, size).astype(np.float32)
    return (strokes * rng.uniform(0.05, 0.3)).astype(np.uint8)


def _dots(rng: np.random.Generator, size: Size) -> Ink:
    """One to three rectangles of a few pixels, of any brightness; some at the very edge."""
    ink = np.zeros(size, np.uint8)
    for _ in range(rng.integers(1, 3, endpoint=True)):
        row, column = (rng.integers(length) for length in size)
        height, width = rng.integers(1, 9, 2)
        ink[row : row + height, column : column + width] = rng.integers(1, 256)
    return ink


def _lopsided(rng: np.random.Generator, size: Size) -> Ink:
    """A bright corner, and something faint in another: the middle of the ink is far from its mass."""
    ink = np.zeros(size, np.uint8)
    edge = max(1, min(size) // int(rng.integers(2, 15)))
    ink[:edge, :edge] = 255
    ink[-edge:, rng.integers(size[1]) :] = rng.integers(0, 40)
    return np.rot90(ink, int(rng.integers(4))).copy()


def _photo(rng: np.random.Generator, size: Size) -> Ink:
    """Soft bright and dark regions with noise, up to the edges; smaller, because noise takes long."""
    rows, columns = rng.integers(3, 120, 2)
    coarse = rng.integers(0, 256, rng.integers(2, 12, 2), np.uint8)
    soft = np.asarray(Image.fromarray(coarse).resize((columns, rows), Image.Resampling.BILINEAR))
    noise = rng.normal(-rng.uniform(0, 200), rng.uniform(0, 30), soft.shape)
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


def _line(rng: np.random.Generator, size: Size) -> Ink:
    """A straight line along an axis, which may be thinner than a pixel once it is scaled."""
    ink = np.zeros(size, np.uint8)
    row, length = rng.integers(size[0]), rng.integers(1, size[1], endpoint=True)
    ink[row : row + rng.integers(1, 6), :length] = rng.integers(20, 256)
    return ink if rng.random() < 0.5 else np.ascontiguousarray(ink.T)


def _specks(rng: np.random.Generator, size: Size) -> Ink:
    """Two pixels far apart, of which a large picture leaves nothing once it is scaled."""
    ink = np.zeros(size, np.uint8)
    ink[0, rng.integers(size[1])], ink[-1, -1] = rng.integers(24, 256, 2)
    return ink


def _flat(rng: np.random.Generator, size: Size) -> Ink:
    """Nothing, or all of one brightness."""
    return np.full(size, rng.choice([0, 0, 23, 24, 255]), np.uint8)


KINDS: tuple[Callable[[np.random.Generator, Size], Ink], ...] = (
    *(_strokes,) * 8,
    *(_photo,) * 4,
    *(_faint,) * 3,
    *(_dots,) * 3,
    *(_lopsided,) * 2,
    *(_line,) * 2,
    _specks,
    _flat,
)
