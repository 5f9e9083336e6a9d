"""A pixel, over 255."""

from __future__ import annotations

from cnn_core.data.dataset import Mnist
from tests.support.seen import words
from tests.support.units import shown, unit


def test_a_pixel(mnist: Mnist) -> None:
    """Its grey level over 255."""
    said = words(shown(unit(mnist, "rescaling", 0), (7, 10)))
    pixel = int(mnist.test.images[42, 7, 10])
    assert pixel not in (0, 255, mnist.test.images[42, 10, 7])
    assert f"**The arithmetic of row 7, column 10:** {pixel} ÷ 255 = **{pixel / 255:.4f}**" in said
