"""A drawing is prepared in JavaScript as it is in Python, pixel for pixel."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.images.drawing import digit_from_canvas, ink_of_canvas, prepare_drawing
from tests.support.drawings import drawings
from tests.support.javascript import node_says
from ui.components.shared.register import base64_bytes

ANSWERS = Path(__file__).with_name("answers.js")


def answer(kind: str, asked: object) -> Any:
    return node_says(str(ANSWERS), asked={"kind": kind, "asked": asked})


def pixels(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(text), np.uint8)


def packed(picture: NDArray[np.uint8]) -> dict[str, Any]:
    """A picture, which may have channels, for Node: most of it is empty, and thousands are sent."""
    values = base64.b64encode(zlib.compress(picture.tobytes(), 1)).decode()
    return {"values": values, "rows": picture.shape[0], "columns": picture.shape[1]}


def test_ink_of_every_brightness_and_opacity() -> None:
    """Whatever three colours add up to, under whatever opacity, is as much ink as in Python."""
    total, opacity = (axis.ravel() for axis in np.mgrid[0 : 3 * 255 + 1, 0:256])
    channels = [np.clip(total - taken, 0, 255) for taken in (510, 255, 0)]
    rgba = np.stack([*channels, opacity], axis=-1).astype(np.uint8)[np.newaxis]

    assert np.array_equal(rgba[0, :, :3].sum(axis=1), total)
    np.testing.assert_array_equal(pixels(answer("ink", base64_bytes(rgba))), ink_of_canvas(rgba)[0])


def test_three_thousand_drawings() -> None:
    """Ink box, scaled ink, its place and all 784 pixels are the same; so is what is no drawing."""
    inks = drawings(3_000)
    asked = [packed(ink) for ink in inks]

    read = 0
    for number, (ink, theirs) in enumerate(zip(inks, answer("prepareDrawing", asked), strict=True)):
        ours = prepare_drawing(ink)
        assert (theirs is None) == (ours is None), number
        if ours is None:
            continue
        read += 1
        assert tuple(theirs["box"]) == ours.box, number
        assert tuple(theirs["size"]) == ours.scaled.shape, number
        np.testing.assert_array_equal(pixels(theirs["scaled"]), ours.scaled.ravel(), str(number))
        assert tuple(theirs["corner"]) == ours.corner, number
        np.testing.assert_array_equal(pixels(theirs["image"]), ours.image.ravel(), str(number))
    assert 2_000 < read < 3_000


def test_the_whole_way_from_a_canvas() -> None:
    """Colours and opacity of a canvas to the digit: the same, or none in both."""
    rng = np.random.default_rng(0)
    canvases = []
    for ink in drawings(46, seed=1):
        rgba = np.dstack([ink, ink, ink, np.full_like(ink, 255)])
        if rng.random() < 0.5:
            rgba[..., 3] = ink
            rgba[..., : rng.integers(4)] = 255
        canvases.append(rgba)
    theirs_all = answer("digitFromCanvas", [packed(rgba) for rgba in canvases])

    for theirs, rgba in zip(theirs_all, canvases, strict=True):
        ours = digit_from_canvas(rgba)
        assert (None if theirs is None else pixels(theirs).tolist()) == (
            None if ours is None else ours.ravel().tolist()
        )
