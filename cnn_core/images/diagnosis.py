"""What can be measured on a drawing that might explain a strange answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.images.connected_parts import connected_parts
from cnn_core.images.drawing import FULL, LEAST_INK, STAGES, PreparedDrawing, prepare_drawing
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network

SIDES = ("top", "bottom", "left", "right")
# Of the ink; a smaller part is a speck.
SPECK = 0.01


@dataclass(frozen=True)
class LeftOut:
    """The preparation with one stage left out.

    stage: one of STAGES. prepared: what it leads to, None where nothing is left.
    probabilities: float32 (10,), None likewise.
    changed: how many of the 784 pixels differ from the full preparation.
    """

    stage: str
    prepared: PreparedDrawing | None
    probabilities: Array | None
    changed: int


@dataclass(frozen=True)
class Measured:
    """A drawing in figures.

    touching: which of SIDES of its paper the ink reaches.
    parts: connected parts with at least a hundredth of the ink.
    share: the longer side of the ink, of the longer side of its paper, 0 to 1.
    thickness: of its strokes once prepared, in pixels, as `stroke_thickness` estimates it.
    off_centre: how many pixels its centre of mass is from the middle, because there was no room.
    """

    touching: tuple[str, ...]
    parts: int
    share: float
    thickness: float
    off_centre: float


def each_stage_left_out(
    picture: NDArray[np.uint8], network: Network, *, dark_ink: bool
) -> list[LeftOut]:
    """What the network would receive and answer without each stage alone, in order of the stages."""
    full = prepare_drawing(picture, FULL, dark_ink=dark_ink)
    found = []
    for stage in STAGES:
        without = prepare_drawing(picture, FULL.without(stage), dark_ink=dark_ink)
        if full is None or without is None:
            found.append(LeftOut(stage, without, None, 0))
            continue
        probabilities = network.predict(without.image[np.newaxis])[0]
        changed = int((without.image != full.image).sum())
        found.append(LeftOut(stage, without, probabilities, changed))
    return found


def measure(prepared: PreparedDrawing) -> Measured:
    """The figures of a fully prepared drawing."""
    ink = prepared.ink
    height, width = ink.shape
    top, bottom, left, right = prepared.box
    reaches = (top == 0, bottom == height, left == 0, right == width)
    parts = connected_parts(ink >= LEAST_INK)
    sizes = np.bincount(parts.ravel())[1:]
    weight = prepared.image.astype(np.float64)
    middles = np.arange(len(weight)) + 0.5
    centre = [(weight.sum(axis=axis) * middles).sum() / weight.sum() for axis in (0, 1)]
    off_centre = float(np.abs(np.array(centre) - len(weight) / 2).max())
    return Measured(
        touching=tuple(side for side, met in zip(SIDES, reaches, strict=True) if met),
        parts=int((sizes >= SPECK * sizes.sum()).sum()),
        share=max(bottom - top, right - left) / max(height, width),
        thickness=float(stroke_thickness(prepared.image[np.newaxis])[0]),
        # Whole pixels are all that it can be moved by.
        off_centre=off_centre if off_centre > 0.5 else 0.0,
    )


def stroke_thickness(images: NDArray[np.uint8]) -> Array:
    """How thick the strokes of each image are, in pixels: uint8 (n, 28, 28) → float32 (n,).

    Twice the ink over the length of its outline: a long bar has two sides. The outline of a grey
    image is the sum of its gradients (its total variation). It is an estimate: ends of strokes make it
    too small, and where strokes meet, or bend, it is off as well.
    """
    values = np.pad(images.astype(np.float32), ((0, 0), (1, 1), (1, 1)))
    down, right = np.diff(values, axis=1)[:, :, :-1], np.diff(values, axis=2)[:, :-1]
    outline = np.hypot(down, right).sum(axis=(1, 2))
    thickness: Array = 2 * values.sum(axis=(1, 2)) / np.maximum(outline, 1)
    return thickness
