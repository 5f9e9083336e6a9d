"""The window of a pool, each value named after its place, and the one that is handed on."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from tests.support.seen import components
from tests.support.units import shown, sums, unit


def test_a_pool(mnist: Mnist) -> None:
    """Four values by row and column, the largest of them marked and handed on."""
    one = unit(mnist, "pool1", 4)
    source = one.activations["conv1"][..., 4]
    won = set()
    for row, column in ((3, 6), (6, 4)):
        (table,) = components(shown(one, (row, column)), "terms")
        places = [(2 * row + down, 2 * column + right) for down in (0, 1) for right in (0, 1)]
        values = [float(source[place]) for place in places]
        assert [line["name"] for line in table["terms"]] == [
            f"row {top}, column {left}" for top, left in places
        ]
        assert [line["value"] for line in table["terms"]] == pytest.approx(values)
        marked = [line["marked"] for line in table["terms"]]
        assert marked.count(True) == 1
        assert marked.index(True) == int(np.argmax(values))
        won.add(marked.index(True))
        assert sums(table)["The largest is handed on"] == pytest.approx(max(values), abs=1e-4)
        assert table["label"] == "The window on map 4 of conv1"
    assert len(won) > 1
