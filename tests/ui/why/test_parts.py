"""Nine parts of a digit's ink, and which of them a point lies in."""

from __future__ import annotations

import numpy as np

from ui.why.parts import PARTS, at_part, parts_of


def l_shape() -> np.ndarray:
    """Ink in rows 4 to 21, columns 10 to 15."""
    image = np.zeros((28, 28), np.uint8)
    image[4:22, 10] = 9
    image[21, 10:16] = 9
    return image


def test_thirds_of_the_ink() -> None:
    """Six rows and two columns each."""
    parts = parts_of(l_shape())
    assert (parts.rows.inner, parts.columns.inner) == ((10, 16), (12, 14))
    for part, middle in enumerate((row, column) for row in (7, 13, 19) for column in (11, 13, 15)):
        assert parts.middle(part) == middle
        assert parts.holding(*middle) == part


def test_what_lies_beside_the_ink_is_in_the_nearest_part() -> None:
    """Far up and left, and far down and right."""
    parts = parts_of(l_shape())
    assert PARTS[parts.holding(0, 0)] == "top left"
    assert PARTS[parts.holding(0, 28)] == "top right"
    assert PARTS[parts.holding(28, 13)] == "bottom"


def test_a_black_image_has_parts_too() -> None:
    """Those of the whole paper."""
    parts = parts_of(np.zeros((28, 28), np.uint8))
    assert parts.middle(4) == (14, 14)


def test_parts_in_a_sentence() -> None:
    """In the middle, and at all others."""
    assert [at_part(0), at_part(4), at_part(5)] == [
        "at the top left",
        "in the middle",
        "at the right",
    ]
