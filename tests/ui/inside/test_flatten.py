"""A flattened value is told by the cell that it was."""

from __future__ import annotations

from cnn_core.data.dataset import Mnist
from tests.support.seen import components, words
from tests.support.units import shown, unit


def test_flatten_tells_the_cell_that_a_value_comes_from(mnist: Mnist) -> None:
    """Five by five cells of twenty maps: number 267 is row 2, column 3, map 7."""
    app = shown(unit(mnist, "flatten", 267))
    assert (
        "is the cell in **row 2, column 3 of map 7 of pool2**. Counted from 0, its number is (row · "
        "columns + column) · maps + map = (2 · 5 + 3) · 20 + 7 = **267**."
    ) in words(app)
    (view,) = components(app, "spans")
    # Rows first: what row 2 sees, then what column 3 sees.
    assert view["spans"] == [[8, 17], [12, 21]]
