"""Pictures as PNG files, every value a square of whole pixels.

Rows that repeat are the difference of nothing to the row above, which makes a file several times
faster than a library can that has to look at every pixel of the enlarged picture.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The specification's numbers for a kind of colour, by channels, and for the row filter “up”.
_COLOUR_TYPES = {1: 0, 3: 2, 4: 6}
_UP = 2
_BITS = 8


def png(picture: NDArray[np.uint8], width: int) -> bytes:
    """A PNG at least `width` pixels wide of a picture, uint8 (rows, columns, 3 or 4 channels).

    Browsers smooth a small picture that they enlarge; this one is enlarged beforehand. Where all
    of it is grey, so is the file.
    """
    if picture.shape[2] == 3 and (picture == picture[..., :1]).all():
        picture = picture[..., :1]
    height, columns, channels = picture.shape
    zoom = max(1, -(-width // columns))
    lines = picture.repeat(zoom, axis=1).reshape(height, -1)
    rows = np.zeros((height, zoom, 1 + lines.shape[1]), np.uint8)
    rows[..., 0] = _UP
    rows[0, 0, 1:] = lines[0]
    # Differences below 0 begin again at 255, as the specification wants it.
    np.subtract(lines[1:], lines[:-1], out=rows[1:, 0, 1:])
    header = struct.pack(
        ">IIBBBBB", columns * zoom, height * zoom, _BITS, _COLOUR_TYPES[channels], 0, 0, 0
    )
    body = zlib.compress(rows.tobytes(), level=1)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
