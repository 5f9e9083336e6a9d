"""A digit that writes itself on the drawing canvas, until somebody touches it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.data.digit import Digit
from cnn_core.images.pen_path import pen_path
from ui.components.shared.register import base64_bytes, register

# What other components follow who show what is read.
PAPER_SOURCE = "paper"

_written_digit = register(__file__)


def written_digit(digit: Digit | None, *, model: str, edition: int, key: str) -> None:
    """Write a digit on the canvas whose key is `canvas`; show it under that, it has no place of its own.

    What is written so far is read by the network in the browser, and is published as PAPER_SOURCE. Once
    the visitor touches the canvas, or where there is no digit, that source is what the canvas reads.

    digit: None where what is on the canvas itself is to be seen.
    model: which network reads, by its `live_id`.
    edition: another number for each time that Python has replaced what is on the canvas.
    """
    _written_digit(
        key=key,
        data={
            "written": None if digit is None else _sent(digit.name, digit.image.tobytes()),
            "model": model,
            "edition": edition,
        },
    )


# A visitor who draws has the page run again and again, always with the same digit.
@lru_cache(maxsize=32)
def _sent(name: str, pixels: bytes) -> dict[str, Any]:
    image = np.frombuffer(pixels, np.uint8).reshape(IMAGE_SIZE, IMAGE_SIZE)
    path = pen_path(image)
    way = [
        np.column_stack([times, stroke])
        for times, stroke in zip(path.times, path.strokes, strict=True)
    ]
    return {
        "name": name,
        "image": base64_bytes(image),
        "arrival": base64_bytes(path.arrival),
        "way": base64_bytes(np.concatenate([*way, np.empty((0, 3), np.float32)])),
    }
