"""A digit that a visitor can carry from page to page, and its name in the address.

A digit of MNIST is named by its position, `test-42` or `train-7`. A drawing has none, so its
pixels are its name: `draw-` and the 784 bytes, deflated, in URL-safe base64. A link therefore
shows somebody else the same drawing with nothing stored on the server.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE, SPLIT_NAMES, Mnist, SplitName
from cnn_core.errors import DigitNameError, quoted

_POSITION = re.compile(rf"({'|'.join(SPLIT_NAMES)})-(0|[1-9]\d{{0,5}})", re.ASCII)
_DRAWING = re.compile(r"draw-([A-Za-z0-9_-]+)", re.ASCII)
_PIXELS = IMAGE_SIZE * IMAGE_SIZE
# The worst 784 bytes deflate to 795; in base64 that is 1,060 characters.
_LONGEST_NAME = len("draw-") + 1060


@dataclass(frozen=True)
class Digit:
    """One 28×28 image and where it comes from.

    name: its name in the address.
    image: uint8 (28, 28), 0 to 255, white ink on black, read-only.
    label: the digit that it is filed as, 0 to 9, or None for a drawing.
    is_own: whether whoever sees it drew it; a link brings the drawing of somebody else.
    """

    name: str
    image: NDArray[np.uint8]
    label: int | None = None
    is_own: bool = False

    @property
    def is_drawing(self) -> bool:
        """Whether somebody drew it here."""
        return self.label is None

    @property
    def title(self) -> str:
        """Its name for people: `Test digit 42`, `Training digit 7`, `Your drawing`, `A drawing`."""
        if self.is_drawing:
            return "Your drawing" if self.is_own else "A drawing"
        split, position = self.name.split("-")
        return f"{'Test' if split == 'test' else 'Training'} digit {int(position):,}"


def mnist_digit(mnist: Mnist, split: SplitName, position: int) -> Digit:
    """The digit at a position, counted from 0, of a split.

    Raises DigitNameError where the split has no such position.
    """
    images, labels = mnist.split(split).images, mnist.split(split).labels
    if not 0 <= position < len(labels):
        raise DigitNameError(
            f"There is no digit {split}-{position}: the {split} split goes from {split}-0 "
            f"to {split}-{len(labels) - 1}."
        )
    return Digit(f"{split}-{position}", images[position], int(labels[position]))


def neighbour(digit: Digit, distance: int, mnist: Mnist) -> Digit:
    """The digit `distance` positions on in the same split; past either end it goes on at the other.

    Raises DigitNameError for a drawing, which has no neighbours.
    """
    position = _POSITION.fullmatch(digit.name)
    if position is None:
        raise DigitNameError("A drawing has no place in MNIST, so it has no neighbours.")
    split: SplitName = "train" if position[1] == "train" else "test"
    return mnist_digit(mnist, split, (int(position[2]) + distance) % len(mnist.split(split)))


def drawn_digit(image: NDArray[np.uint8], *, is_own: bool = False) -> Digit:
    """A drawing, uint8 (28, 28), as a digit that carries its pixels in its name."""
    pixels = np.ascontiguousarray(image, dtype=np.uint8).copy()
    pixels.flags.writeable = False
    packed = zlib.compress(pixels.tobytes(), level=9)
    name = "draw-" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return Digit(name, pixels, is_own=is_own)


def parse_digit(name: str, mnist: Mnist) -> Digit:
    """The digit that a name stands for.

    Raises DigitNameError, with a message for the visitor, for any text that names no digit.
    """
    if len(name) > _LONGEST_NAME:
        raise DigitNameError("The digit in the address is too long to be one of 28×28 pixels.")
    if position := _POSITION.fullmatch(name):
        split: SplitName = "train" if position[1] == "train" else "test"
        return mnist_digit(mnist, split, int(position[2]))
    if drawing := _DRAWING.fullmatch(name):
        return drawn_digit(_unpack(drawing[1]))
    raise DigitNameError(
        f"{quoted(name)} names no digit. A digit is named like test-42 or train-7, or by the link "
        "of a drawing."
    )


def _unpack(text: str) -> NDArray[np.uint8]:
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        inflater = zlib.decompressobj()
        # One byte more than a digit has: enough to notice a longer one, too little for a bomb.
        pixels = inflater.decompress(packed, _PIXELS + 1)
    except (binascii.Error, zlib.error) as error:
        raise DigitNameError(
            "The drawing in the address is damaged; ask for the link again, or draw a new digit."
        ) from error
    if len(pixels) != _PIXELS or not inflater.eof or inflater.unused_data:
        raise DigitNameError(
            "The drawing in the address does not have 28×28 pixels; ask for the link again, or "
            "draw a new digit."
        )
    return np.frombuffer(pixels, np.uint8).reshape(IMAGE_SIZE, IMAGE_SIZE)
