"""The picture that a drawing canvas sends, decoded at a cost that is bounded whatever was sent."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnn_core.images.photo import BROKEN

# The worst that a canvas of 280×280 can hold, noise in four channels, has 314,000 bytes.
MOST_BYTES = 400_000


def canvas_pixels(png: bytes, size: int) -> NDArray[np.uint8] | None:
    """The pixels, uint8 (size, size, 4), of a PNG file; None for any other file.

    Its size and its kind are read from its header, before a pixel is decoded.
    """
    if len(png) > MOST_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.size != (size, size) or image.mode != "RGBA":
                return None
            return np.asarray(image)
    except (*BROKEN, Image.DecompressionBombError):
        return None
