"""A map is drawn as the network computes it, with the cell that is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from tests.support.seen import components, numbers
from tests.support.units import shown, unit
from ui.look.wording import shape


class TestMap:
    def test_what_is_drawn(self, mnist: Mnist) -> None:
        """The unit's own map on the scale of its layer, with the cell that is looked at."""
        one = unit(mnist, "conv2", 7)
        (view,) = components(shown(one, (4, 2)), "spans")
        maps = one.activations["conv2"]
        drawn = numbers(view["values"], np.float32, maps.shape[:2])
        np.testing.assert_array_equal(drawn, maps[..., 7])
        assert view["largest"] == pytest.approx(float(maps.max()))
        assert view["chosen"] == [4, 2]
        assert view["label"] == "Map 7 of conv2"
        assert view["title"] == f"Its {shape(maps.shape[:2])} values"
        # Through a kernel, a pool and a kernel: 8 pixels, 2 further on each time.
        assert view["spans"][:2] == [[0, 7], [2, 9]]

    def test_without_a_cell_the_brightest(self, mnist: Mnist) -> None:
        """Row and column in that order."""
        one = unit(mnist, "conv1", 2)
        (view,) = components(shown(one), "spans")
        row, column = view["chosen"]
        assert row != column
        assert one.values[row, column] == one.values.max()
