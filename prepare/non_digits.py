"""Pictures that are no digits, made from our own data, to measure how well they are noticed.

LETTERS   Latin letters of the Hershey fonts (Hershey 1967, public domain; single strokes), drawn with
          the canvas' round brush, turned, sheared, sized and shaken at random. Letters that have the
          shape of a digit are left out.
SCRIBBLES one to three smooth curves through random points, drawn with the same brush.
HALVES    the upper half of one MNIST digit and the lower half of another one of another class.
OVERLAID  two MNIST digits of different classes on top of each other.
SHUFFLED  an MNIST digit whose four quarters have all changed places.

As a yardstick, DIGITS of the same fonts are drawn in the same way: they look no more like MNIST than the
letters do, and should pass nevertheless. All pictures go through the preparation that drawings go through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from HersheyFonts import HersheyFonts
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cnn_core.data.dataset import Split
from cnn_core.findings.unlikely import KINDS
from cnn_core.images.drawing import prepare_drawing

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]

CANVAS_SIZE = 280
# They have the shape of 0, of 1, of 2, of 5, of 6, of 9 and of 8.
LIKE_DIGITS = "ODQoIlZzSsGbgqB"
LETTERS = "".join(
    letter
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    if letter not in LIKE_DIGITS
)
# One set of fonts to choose a measure and its threshold, others to report on it.
FONTS_TO_CHOOSE = ("rowmans",)
FONTS_TO_REPORT = ("futural", "scripts")


def non_digits(
    kind: str, count: int, split: Split, fonts: Sequence[str], rng: np.random.Generator
) -> Picture:
    """Pictures of one of KINDS: uint8 (count, 28, 28).

    Raises ValueError for another kind.
    split: where the MNIST digits come from that halves, overlaid and shuffled ones are made of.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no kind {kind!r} of pictures that are no digits")
    make: dict[str, Callable[[], Picture]] = {
        "letters": lambda: written(str(rng.choice(list(LETTERS))), str(rng.choice(fonts)), rng),
        "scribbles": lambda: scribble(rng),
        "halves": lambda: half_and_half(*_two_digits(split, rng)),
        "overlaid": lambda: np.maximum(*_two_digits(split, rng)),
        "shuffled": lambda: shuffled(_two_digits(split, rng)[0], rng),
    }
    return _prepared(make[kind], count)


def own_digits(count: int, fonts: Sequence[str], rng: np.random.Generator) -> Picture:
    """Digits drawn as the letters are: uint8 (count, 28, 28)."""
    return _prepared(lambda: written(str(rng.integers(10)), str(rng.choice(fonts)), rng), count)


def written(character: str, font: str, rng: np.random.Generator) -> Picture:
    """A character on the canvas, uint8 (280, 280), as no two people write it."""
    strokes = [np.array(stroke, np.float64) for stroke in _strokes(character, font)]
    every = np.concatenate(strokes)
    middle = (every.min(axis=0) + every.max(axis=0)) / 2
    extent = float((every.max(axis=0) - every.min(axis=0)).max()) or 1.0
    angle, shear = rng.uniform(-0.2, 0.2), rng.uniform(-0.25, 0.25)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shape = turn @ np.array([[1.0, shear], [0.0, 1.0]]) @ np.diag([rng.uniform(0.75, 1.1), 1.0])
    size = rng.uniform(110, 200)
    shaken = [
        (stroke - middle) / extent * size @ shape.T + rng.normal(0, 2.5, stroke.shape)
        for stroke in strokes
    ]
    return brushed([stroke + CANVAS_SIZE / 2 for stroke in shaken], int(rng.integers(14, 29)))


def scribble(rng: np.random.Generator) -> Picture:
    """One to three smooth curves on the canvas, uint8 (280, 280)."""
    curves = []
    for _ in range(rng.integers(1, 4)):
        corners = rng.uniform(40, CANVAS_SIZE - 40, (int(rng.integers(4, 10)), 2))
        curves.append(_smooth(corners))
    return brushed(curves, int(rng.integers(14, 29)))


def half_and_half(upper: Picture, lower: Picture) -> Picture:
    """The upper half of one digit and the lower half of another: uint8 (28, 28)."""
    middle = len(upper) // 2
    return np.concatenate([upper[:middle], lower[middle:]])


def shuffled(image: Picture, rng: np.random.Generator) -> Picture:
    """The four quarters of a digit, none where it was: uint8 (28, 28)."""
    half = len(image) // 2
    quarters = [image[i : i + half, j : j + half] for i in (0, half) for j in (0, half)]
    while True:
        order = rng.permutation(4)
        if (order != np.arange(4)).all():
            break
    a, b, c, d = (quarters[place] for place in order)
    return np.block([[a, b], [c, d]])


def brushed(strokes: Sequence[Points], width: int) -> Picture:
    """Strokes, points (right, down) in canvas pixels, drawn with a round brush: uint8 (280, 280).

    Drawn twice as large and reduced, so that their edges are soft as a browser draws them.
    """
    image = Image.new("L", (2 * CANVAS_SIZE, 2 * CANVAS_SIZE))
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        points = [(float(x), float(y)) for x, y in 2 * stroke]
        draw.line(points, fill=255, width=2 * width)
        for x, y in points:  # Round ends and joints.
            draw.ellipse((x - width, y - width, x + width, y + width), fill=255)
    return np.asarray(image.reduce(2))


def _smooth(corners: Points, steps: int = 12) -> Points:
    """A curve through all corners (Catmull and Rom 1974): more points between them."""
    padded = np.concatenate([corners[:1], corners, corners[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, np.newaxis]
    parts = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.concatenate([*parts, corners[-1:]])


@cache
def _strokes(character: str, font: str) -> list[list[tuple[int, int]]]:
    hershey = HersheyFonts()
    hershey.load_default_font(font)
    return [stroke for stroke in hershey.strokes_for_text(character) if stroke]


def _two_digits(split: Split, rng: np.random.Generator) -> tuple[Picture, Picture]:
    """Two digits of different classes."""
    while True:
        first, second = rng.integers(len(split), size=2)
        if split.labels[first] != split.labels[second]:
            return split.images[first], split.images[second]


def _prepared(make: Callable[[], Picture], count: int) -> Picture:
    found: list[Picture] = []
    while len(found) < count:
        prepared = prepare_drawing(make())
        if prepared is not None:
            found.append(prepared.image)
    return np.stack(found)
