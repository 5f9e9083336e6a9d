"""A visitor's file as a grey picture, at a cost that is bounded whatever the file holds.

What arrives is a stranger's: it may be no image, cut off, or small and yet unfold to gigabytes. Only
PNG and JPEG are opened, their size is read from the header and judged before a pixel is decoded, a
JPEG is decoded at the size that is needed, and one file is decoded at a time.
"""

from __future__ import annotations

import io
import struct
import threading
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from cnn_core.errors import PhotoError

FORMATS = ("PNG", "JPEG")
MOST_BYTES = 10 * 2**20
# A phone's usual photo has 12 million. A JPEG is decoded at an eighth of its size; a PNG, and a JPEG
# that is stored in several passes, are held in memory whole.
MOST_PIXELS = 16_000_000
MOST_PIXELS_IN_ONE_PASS = 64_000_000
# Ink and paper are told apart at this size; a digit that fills a tenth of it still has 48 pixels.
LONGER_SIDE = 480
SHORTEST_SIDE = 12

# What Pillow's decoders raise on malformed files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
_turn = threading.Lock()


def read_photo(content: bytes) -> NDArray[np.uint8]:
    """The photo in a file: uint8 (rows, columns), its longer side 480 or less, as it is to be seen.

    Colours become their lightness, what is transparent becomes white, and a photo that was taken with
    the camera turned is turned upright.
    Raises PhotoError, saying what to do, for a file that is none, is damaged or too large.
    """
    if len(content) > MOST_BYTES:
        raise PhotoError(
            f"The file has {len(content) / 2**20:.1f} MB, more than the {MOST_BYTES // 2**20} MB "
            "that are read here. Crop the photo to the digit, or save it smaller."
        )
    with _turn:
        image = _opened(content)
        _check(image)
        try:
            grey = _grey(image)
        except BROKEN as error:
            raise PhotoError(
                "The file breaks off or is damaged, so it cannot be shown. Save the photo again, or "
                "choose another one."
            ) from error
    return grey


def _opened(content: bytes) -> Image.Image:
    """The file with its header read, and not yet its pixels."""
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise PhotoError(
            "This file is no PNG or JPEG image. Choose a photo or a scan in one of these formats."
        ) from error
    except Image.DecompressionBombError as error:
        raise PhotoError(_too_many_pixels()) from error
    except BROKEN as error:
        raise PhotoError(
            "The file begins like an image and is damaged. Save the photo again, or choose another."
        ) from error


def _check(image: Image.Image) -> None:
    """Raise PhotoError for what the header promises to be too much, too little, or no one picture."""
    in_one_pass = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    if image.width * image.height > (MOST_PIXELS_IN_ONE_PASS if in_one_pass else MOST_PIXELS):
        raise PhotoError(_too_many_pixels(image.size))
    if min(image.size) < SHORTEST_SIDE:
        raise PhotoError(
            f"The picture has {image.width} × {image.height} pixels, too few for a digit. Choose a "
            "larger one."
        )
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PhotoError("This picture moves. Choose one that holds still: a photo or a scan.")


def _too_many_pixels(size: tuple[int, int] | None = None) -> str:
    has = f"has {size[0]:,} × {size[1]:,} pixels" if size else "has more than 178 million pixels"
    return (
        f"The picture {has}, more than are read here (PNG: {MOST_PIXELS / 1e6:.0f} million, JPEG: "
        f"up to {MOST_PIXELS_IN_ONE_PASS / 1e6:.0f} million). Crop it to the digit, or save it smaller."
    )


def _grey(image: Image.Image) -> NDArray[np.uint8]:
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft("L", (LONGER_SIDE, LONGER_SIDE))
    image.load()
    info = image.info  # Which way up, among other things; it is lost in some of what follows.
    if image.mode.startswith("I"):  # 16 bits a pixel; Pillow would cut them off at 255.
        bits = np.asarray(image).astype(np.float32) / 257
        image = Image.fromarray(np.clip(bits, 0, 255).astype(np.uint8))
    elif image.mode == "P" or "transparency" in info:
        image = image.convert("RGBA")
    if (smaller := max(image.size) // (2 * LONGER_SIDE)) > 1 and image.mode != "1":
        image = image.reduce(smaller)
    if image.mode in ("RGBA", "LA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("L")
    image.info = info
    ImageOps.exif_transpose(image, in_place=True)
    image.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.HAMMING)
    return np.asarray(image)
