"""How far a picture is from digits, beside what was measured."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.likeness import measure
from ui.look.colors import ACCENT, NEUTRAL
from ui.write.likeness_figure import distances_figure


def test_distances() -> None:
    """Shares of test digits and of strangers by distance, with both lines where they belong."""
    figure = distances_figure(measure(), 0.25)
    digits, strangers = figure.data
    assert (digits.name, strangers.name) == ("Test digits", "Pictures that are no digits")
    assert digits.marker.color == NEUTRAL
    edge = 1.02 / 40
    np.testing.assert_allclose(digits.x, (np.arange(40) + 0.5) * edge)
    shares = {place: share for place, share in enumerate(digits.y) if share}
    assert shares == pytest.approx({int(0.1 / edge): 0.99, int(0.7 / edge): 0.01})
    shares = {place: share for place, share in enumerate(strangers.y) if share}
    # Of twenty pictures that are no digits, ten are at 0.9, four at 1, the others at 0.3.
    assert shares == pytest.approx(
        {int(0.3 / edge): 6 / 20, int(0.9 / edge): 10 / 20, int(1 / edge): 4 / 20}
    )
    threshold, this_one = figure.layout.shapes
    assert (threshold.x0, this_one.x0) == (0.5, 0.25)
    assert this_one.line.color == ACCENT
    assert [note.text for note in figure.layout.annotations] == ["threshold 0.50", "this one 0.25"]
    # Both above the bars, each on the side where the other is not.
    assert {(note.yref, note.y, note.yanchor) for note in figure.layout.annotations} == {
        ("paper", 1, "bottom")
    }
    assert [note.x for note in figure.layout.annotations] == [0.5, 0.25]
    assert [note.xanchor for note in figure.layout.annotations] == ["left", "right"]
    beyond = distances_figure(measure(), 0.75).layout.annotations
    assert [note.xanchor for note in beyond] == ["right", "left"]
    nearest = f"Distance to the nearest of {len(measure().bank)} training digits"
    assert figure.layout.xaxis.title.text == nearest
