"""Each class has a bar of its own count."""

from __future__ import annotations

import numpy as np

from ui.check.class_counts import class_counts
from ui.look.colors import ACCENT, NEUTRAL


def test_a_bar_for_each_class() -> None:
    """As high as its count, which stands on it; the chosen one alone in the accent colour."""
    figure = class_counts(np.array([5, 0, 1234, 7]), chosen=2)

    (bars,) = figure.data
    assert list(bars.x) == ["0", "1", "2", "3"]
    assert list(bars.y) == [5, 0, 1234, 7]
    assert list(bars.text) == ["5", "0", "1,234", "7"]
    assert list(bars.marker.color) == [NEUTRAL, NEUTRAL, ACCENT, NEUTRAL]
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Class", "Digits")
    assert set(class_counts(np.array([5, 6])).data[0].marker.color) == {NEUTRAL}
