"""The answer in one line, as the heading of what it is about; it follows the pen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import base64_bytes, register
from ui.look.wording import a_digit, probability_in_words

NOTHING = "Nothing to read yet"

_verdict = register(__file__)


def verdict(
    image: NDArray[np.uint8] | None,
    probabilities: NDArray[np.float32] | None,
    *,
    key: str,
    live: str | None = None,
    server_says: str = "",
) -> None:
    """Show which digit is read, and with which probability.

    image: uint8 (28, 28), what was read, with its float32 (10,) probabilities; both None where nothing is.
    live: the source of live readings that the line follows while there are any.
    server_says: the key of a container with words about this answer, which fade while they are older
        than the drawing.
    """
    _verdict(
        key=key,
        data={
            "text": NOTHING if probabilities is None else _in_words(probabilities),
            "nothing": NOTHING,
            "image": None if image is None else base64_bytes(image),
            "live": live,
            "serverSays": server_says,
        },
    )


def _in_words(probabilities: NDArray[np.float32]) -> str:
    answer = int(probabilities.argmax())
    return f"Read as {a_digit(answer)}, {probability_in_words(probabilities[answer])}"
