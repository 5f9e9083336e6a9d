"""How a digit may have been written, reckoned from its picture alone.

MNIST keeps no strokes, only what they left. Here the ink is thinned to lines; where lines meet, those
that continue each other best are taken for one stroke, as a pen goes straight on at a crossing; and
every stroke begins at its end that is high and left. It is one plausible way to write the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnn_core.images.connected_parts import connected_parts
from cnn_core.images.strokes import Line, Place, strokes_of
from cnn_core.images.thinning import thinned

# Each pixel is divided into this many, so that the lines of a digit are not lost between its pixels.
FINER = 4
# Of the brightest ink, what counts as a stroke and not as its soft edge.
_STROKE = 0.4
# How broad the strokes of MNIST are, in pixels, about.
_BREADTH = 3.0
# Where the top of a stroke is higher than both its ends, by more than this share of its height, both its
# sides are begun there, the left one first.
_HIGH_TOP = 0.3
# So much later, in pixels, a pen may come a little nearer to ink that it has already passed.
_NEAR_ENOUGH = 0.6

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class PenPath:
    """A way to write a picture.

    strokes: float32 (points, 2) each: row and column in pixels, 0.5 the middle of the first; the pen
        is lifted from one to the next.
    times: float32 (points,) a stroke, when the pen is at each point: 0 the beginning, 1 the end, by
        the length of its way, that through the air included.
    arrival: uint8 (rows, columns), when the pen passes each pixel with ink, 0 to 255; 0 elsewhere.
    """

    strokes: list[NDArray[np.float32]]
    times: list[NDArray[np.float32]]
    arrival: Picture


def pen_path(image: Picture) -> PenPath:
    """A way to write a picture, uint8 (rows, columns); without ink it has no strokes."""
    strokes = [
        (np.array(line, np.float64) + 0.5) / FINER
        for line in _in_order(strokes_of(_skeleton(image), _BREADTH * FINER))
    ]
    if not strokes:
        return PenPath([], [], np.zeros_like(image))
    points = np.concatenate(strokes)
    way = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    times = way / (way[-1] or 1.0)
    ends = np.cumsum([len(stroke) for stroke in strokes])[:-1]
    return PenPath(
        [stroke.astype(np.float32) for stroke in strokes],
        [each.astype(np.float32) for each in np.split(times, ends)],
        _arrival(image, points, times),
    )


def written(image: Picture, arrival: Picture, time: int) -> Picture:
    """What is written of a picture at a time, 0 to 255: all pixels that the pen has passed by then."""
    return np.where(arrival <= time, image, np.uint8(0))


def _arrival(image: Picture, points: NDArray[np.float64], times: NDArray[np.float64]) -> Picture:
    """When the pen, at `points` (n, 2) at `times` (n,), first is about as near to a pixel as it comes."""
    arrival = np.zeros_like(image)
    inked = np.argwhere(image > 0)
    away = np.hypot(*(inked[:, np.newaxis] + 0.5 - points).transpose(2, 0, 1))
    first = (away <= away.min(axis=1, keepdims=True) + _NEAR_ENOUGH).argmax(axis=1)
    arrival[tuple(inked.T)] = np.round(times[first] * 255)
    return arrival


def _skeleton(image: Picture) -> set[Place]:
    """The lines of a picture, as places of a grid that is FINER times finer."""
    rows, columns = image.shape
    finer = Image.fromarray(image).resize((columns * FINER, rows * FINER), Image.Resampling.BICUBIC)
    strokes = np.asarray(finer) >= max(1.0, _STROKE * float(image.max()))
    lines = np.argwhere(thinned(strokes))
    # A dot may be thinned away altogether.
    places = lines if len(lines) else np.argwhere(strokes)[:1]
    return {(int(row), int(column)) for row, column in places}


def _in_order(strokes: list[Line]) -> list[Line]:
    """Every stroke from its beginning, part after part, what begins high and left first."""
    begun = [each for stroke in strokes for each in _begun(stroke)]
    if not begun:
        return []
    mask = np.zeros(np.max([np.max(stroke, axis=0) for stroke in begun], axis=0) + 1, bool)
    for stroke in begun:
        mask[tuple(np.array(stroke).T)] = True
    parts = connected_parts(mask)
    first: dict[int, float] = {}
    for stroke in begun:
        part = int(parts[stroke[0]])
        first[part] = min(first.get(part, np.inf), _lateness(stroke[0]))
    return sorted(begun, key=lambda stroke: (first[int(parts[stroke[0]])], _lateness(stroke[0])))


def _begun(stroke: Line) -> list[Line]:
    """A stroke from where a hand begins it; as two where that is a top between its ends."""
    rows = [row for row, _ in stroke]
    top = rows.index(min(rows))
    if stroke[0] == stroke[-1] and len(stroke) > 1:
        ring = stroke[top:-1] + stroke[: top + 1]
        # To the left, as a 0 and an 8 are written.
        near = min(len(ring) // 4, round(2 * _BREADTH * FINER))
        return [ring if ring[near][1] <= ring[-1 - near][1] else ring[::-1]]
    if min(rows[0], rows[-1]) - rows[top] > _HIGH_TOP * (max(rows) - rows[top]):
        return sorted(
            [stroke[top::-1], stroke[top:]], key=lambda side: min(column for _, column in side)
        )
    return [stroke if _lateness(stroke[0]) <= _lateness(stroke[-1]) else stroke[::-1]]


def _lateness(place: Place) -> float:
    """How late a hand comes to a place: low counts for more than far to the right."""
    return place[0] + 0.5 * place[1]
