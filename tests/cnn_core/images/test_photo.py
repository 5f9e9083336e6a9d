"""Files from strangers: read, or refused with a message, and never at the server's cost."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from cnn_core.errors import PhotoError
from cnn_core.images.photo import LONGER_SIDE, MOST_BYTES, MOST_PIXELS, read_photo

ROOT = Path(__file__).parents[3]


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of an image file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Black in its top-left quarter, else white."""
    grey = np.full((height, width), 255, np.uint8)
    grey[: height // 2, : width // 2] = 0
    return Image.fromarray(grey)


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG file."""
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png(width: int, height: int, pixels: bytes, *extra: bytes) -> bytes:
    """A PNG of one bit a pixel; pixels: as they are packed."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *extra, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed_zeros(megabytes: int) -> bytes:
    """So many zero bytes, deflated: a thousandth of their size."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


SMALL = packed_zeros(1)
BOMBS: dict[str, Callable[[], bytes]] = {
    # Real ones: all 900 million pixels are in the first.
    "pixels": lambda: png(30_000, 30_000, packed_zeros(110)),
    "rows": lambda: png(40, 2_000_000_000, SMALL),
    "text": lambda: png(40, 40, SMALL, chunk(b"zTXt", b"Comment\0\0" + packed_zeros(100))),
    "profile": lambda: png(40, 40, SMALL, chunk(b"iCCP", b"icc\0\0" + packed_zeros(100))),
    "texts": lambda: png(
        40, 40, SMALL, *[chunk(b"zTXt", b"Comment\0\0" + SMALL[:-9]) for _ in range(200)]
    ),
    "jpeg": lambda: saved(Image.new("L", (9_000, 9_000)), "JPEG"),
    "passes": lambda: saved(Image.new("RGB", (4_500, 4_000)), "JPEG", progressive=True),
}


class TestReads:
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
    def test_every_mode(self, mode: str) -> None:
        """Whatever the colours are stored as, dark is dark and bright is bright."""
        if mode == "I;16":
            image = Image.fromarray(np.asarray(picture()).astype(np.uint16) * 257)
        else:
            image = picture().convert(mode)
        grey = read_photo(saved(image, "JPEG" if mode == "CMYK" else "PNG"))

        assert grey.shape == (40, 60)
        assert grey.dtype == np.uint8
        assert grey[:16, :24].max() <= 40
        assert grey[24:].min() >= 240

    def test_transparent_is_white(self) -> None:
        """Paper that is not there counts as white paper."""
        clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        clear.paste((0, 0, 0, 255), (10, 10, 20, 20))

        grey = read_photo(saved(clear, "PNG"))

        assert grey[15, 15] == 0
        assert grey[30, 30] == 255

    @pytest.mark.parametrize("turn", range(1, 9))
    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_turned_camera(self, turn: int, kind: str) -> None:
        """A photo that says which way is up is turned that way."""
        exif = Image.Exif()
        exif[0x0112] = turn
        content = saved(picture(1200, 900), kind, exif=exif)
        with Image.open(io.BytesIO(content)) as opened:
            expected = np.asarray(ImageOps.exif_transpose(opened).convert("L"))

        grey = read_photo(content)

        assert grey.shape == ((480, 360) if turn > 4 else (360, 480))
        corners = np.ix_([5, -6], [5, -6])
        assert np.abs(grey[corners].astype(int) - expected[corners]).max() < 10

    def test_large_photos_are_read_small(self) -> None:
        """A phone's photo becomes as small as it is needed."""
        grey = read_photo(saved(picture(4000, 3000), "JPEG"))

        assert grey.shape == (LONGER_SIDE * 3 // 4, LONGER_SIDE)
        assert grey[100, 100] < 40 < 240 < grey[-20, -20]


class TestRefuses:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "no PNG or JPEG"),
            (b"%PDF-1.7 not a photo", "no PNG or JPEG"),
            (saved(picture(), "GIF"), "no PNG or JPEG"),
            (saved(picture(), "TIFF"), "no PNG or JPEG"),
            (saved(picture(300, 300), "JPEG")[:-400], "breaks off"),
            (saved(picture(300, 300), "PNG")[:-60], "breaks off"),
            (saved(picture(), "PNG")[:20], "image"),
            (saved(picture(5, 400), "PNG"), "too few"),
            (saved(picture(), "PNG", save_all=True, append_images=[picture().rotate(9)]), "moves"),
            (saved(Image.new("1", (4_100, 4_000)), "PNG"), "16 million"),
        ],
    )
    def test_with_a_message(self, content: bytes, said: str) -> None:
        """What is wrong and what to do, in words."""
        with pytest.raises(PhotoError, match=said):
            read_photo(content)

    def test_too_many_bytes(self) -> None:
        """Size is judged before anything is looked at."""
        with pytest.raises(PhotoError, match=r"10\.1 MB"):
            read_photo(saved(picture(), "PNG") + bytes(MOST_BYTES + 10**5))

    @given(data=st.data(), kind=st.sampled_from(["PNG", "JPEG"]))
    def test_damaged_anywhere(self, data: st.DataObject, kind: str) -> None:
        """Whatever bytes are changed or cut off, it is a picture or a message."""
        content = bytearray(saved(picture(), kind))
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        damaged = bytes(content[: data.draw(st.integers(0, len(content)))])
        try:
            grey = read_photo(damaged)
        except PhotoError:
            return
        assert grey.dtype == np.uint8
        assert max(grey.shape) <= LONGER_SIDE

    def test_bombs_cost_nothing(self, tmp_path: Path) -> None:
        """Files that unfold to a hundred times their size take less memory than an honest photo."""
        for name, make in BOMBS.items():
            (tmp_path / f"{name}.bomb").write_bytes(make())
        (tmp_path / "honest").write_bytes(saved(Image.new("RGB", (4_000, 3_000)), "PNG"))
        script = f"""
from pathlib import Path
from cnn_core.errors import PhotoError
from cnn_core.images.photo import read_photo
folder = Path({str(tmp_path)!r})
def most():
    # Not ru_maxrss, which a child begins with what its parent had.
    (line,) = [l for l in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in l]
    return int(line.split()[1]) / 1024
refused, least = [], most()
for path in sorted(folder.glob("*.bomb")):
    try:
        read_photo(path.read_bytes())
    except PhotoError:
        refused.append(path.stem)
bombs = most() - least
read_photo((folder / "honest").read_bytes())
print(bombs, most() - least, *refused)
"""
        child = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert child.returncode == 0, child.stderr
        bombs, honest, *refused = child.stdout.split()
        assert set(refused) == set(BOMBS)
        # An honest PNG of 12 million pixels is held in memory once.
        assert float(honest) >= 36
        assert float(bombs) <= float(honest) / 2


def test_what_is_allowed_is_little() -> None:
    """The most that is decoded whole, with four bytes a pixel, fits a small server."""
    assert MOST_PIXELS * 4 <= 64 * 10**6


def test_sixteen_bits_become_eight() -> None:
    """257 steps of sixteen bits are one step of eight."""
    levels = np.repeat(
        np.repeat(np.array([[0, 51], [128, 255]], np.uint16), 20, axis=0), 30, axis=1
    )
    grey = read_photo(saved(Image.fromarray(levels * 257), "PNG"))
    np.testing.assert_array_equal(grey, levels)
