"""The 28×28 pixels that the network receives, which follow the pen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import PIXEL_SCALE

_digit_picture = register(__file__)


def digit_picture(
    image: NDArray[np.uint8] | None, caption: str, *, key: str, live: str | None = None
) -> None:
    """Show a digit, uint8 (28, 28), small, with a caption beside it; all black where it is None.

    live: the source of live readings whose image is shown while there are any.
    """
    shown = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.uint8) if image is None else image
    _digit_picture(
        key=key,
        data={
            "image": base64_bytes(shown),
            "scale": PIXEL_SCALE,
            "caption": caption,
            "live": live,
        },
    )
