"""A digit as the table of numbers that it is: 28 rows of 28 values from 0 to 255."""

from __future__ import annotations

from cnn_core.data.digit import Digit
from ui.components.shared.register import base64_bytes, register

_pixel_table = register(__file__)


def pixel_table(digit: Digit, *, key: str) -> None:
    """Show all 784 values of a digit; pointer, touch or arrow keys read out a pixel."""
    _pixel_table(
        key=key,
        data={"pixels": base64_bytes(digit.image), "title": digit.title},
    )
