"""What became of an answer, in one sentence that follows live readings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import base64_bytes, register

_sentence = register(__file__)


def sentence(
    said: str, *, key: str, live: str, image: NDArray[np.uint8] | None = None, alt: str = ""
) -> None:
    """Show a sentence, Markdown of which only **bold** is used.

    live: the source of live readings whose own sentence, and image, take the place of these while there
        are any.
    image: uint8 (28, 28), shown small beside it, where it is given.  alt: what it shows.
    """
    _sentence(
        key=key,
        data={
            "said": said,
            "live": live,
            "image": None if image is None else base64_bytes(image),
            "alt": alt,
        },
    )
