"""A canvas's picture is read as it is, and nothing else is decoded."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from cnn_core.images.canvas_picture import MOST_BYTES, canvas_pixels

SIZE = 280


def png(image: Image.Image) -> bytes:
    """An image as the bytes of a PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def with_size(content: bytes, width: int, height: int) -> bytes:
    """A PNG file whose header promises another size."""
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


def test_the_worst_picture_of_a_canvas_is_read() -> None:
    """Noise in all four channels, which no PNG makes smaller, comes back as it was."""
    noise = np.random.default_rng(0).integers(0, 256, (SIZE, SIZE, 4), dtype=np.uint8)
    sent = png(Image.fromarray(noise))
    assert len(sent) < MOST_BYTES
    found = canvas_pixels(sent, SIZE)
    assert found is not None
    assert np.array_equal(found, noise)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "I;16"])
def test_another_kind_of_picture(mode: str) -> None:
    """Only red, green, blue and opacity are what a canvas sends."""
    assert canvas_pixels(png(Image.new(mode, (SIZE, SIZE))), SIZE) is None


@pytest.mark.filterwarnings("ignore:Image size")
@pytest.mark.parametrize("size", [(30_000, 30_000), (13_000, 13_000), (281, 280), (28, 28)])
def test_another_size_is_not_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the header promises is judged before memory is taken for a pixel."""

    def refuse(_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", refuse)
    sent = with_size(png(Image.new("RGBA", (SIZE, SIZE))), *size)
    assert canvas_pixels(sent, SIZE) is None


def test_no_picture() -> None:
    """A file that breaks off, is damaged, too long, of another format or none is None."""
    whole = png(Image.new("RGBA", (SIZE, SIZE)))
    gif = io.BytesIO()
    Image.new("P", (SIZE, SIZE)).save(gif, "GIF")
    for content in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        whole[:-60],
        whole[:40],
        whole.replace(b"IDAT", b"IDAX"),
        whole + bytes(MOST_BYTES),
        gif.getvalue(),
    ):
        assert canvas_pixels(content, SIZE) is None
