"""What a browser sends, checked: the one place where a stranger's value becomes one of ours.

Whoever can open a page can also send it any message: no number, a number beyond all bounds, a list
where a text belongs, JSON nested a thousand deep. Each function here takes a value of any kind and
returns what our JavaScript would have sent, or raises Implausible.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Implausible(Exception):
    """A value that none of our components sends; the message that held it is to be ignored."""


def whole_number(value: object, below: int) -> int:
    """A whole number from 0 to below − 1, as JSON may write it: 3 or 3.0."""
    number = real_number(value, below)
    if number != int(number) or not 0 <= number < below:
        raise Implausible
    return int(number)


def real_number(value: object, most: float) -> float:
    """A number from −most to most."""
    # JSON has true and false, which Python takes for numbers, and NaN, which is within no bounds.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise Implausible
    return float(value)


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Implausible
    return value


def values(value: object, count: int) -> list[Any]:
    """A list of so many values, each of which is still to be checked."""
    if not isinstance(value, list) or len(value) != count:
        raise Implausible
    return value


def entry(value: object, name: str) -> Any:
    """What stands under a name in a set of named values, still to be checked; None if nothing does."""
    if not isinstance(value, Mapping):
        raise Implausible
    return value.get(name)


def pixels(value: object, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Bytes in base64 as an array of uint8 of this very shape."""
    encoded = text(value)
    # Four characters hold three bytes: what is longer is not even decoded.
    if len(encoded) != 4 * math.ceil(math.prod(shape) / 3):
        raise Implausible
    try:
        return np.frombuffer(base64.b64decode(encoded, validate=True), np.uint8).reshape(shape)
    except (binascii.Error, ValueError) as error:
        raise Implausible from error


def chosen_point(state: object) -> Mapping[str, Any] | None:
    """The point that was chosen on a Plotly chart, or None where a choice was taken back."""
    points = entry(entry(state, "selection"), "points")
    if not isinstance(points, list):
        raise Implausible
    if not points:
        return None
    if not isinstance(points[0], Mapping):
        raise Implausible
    return points[0]
