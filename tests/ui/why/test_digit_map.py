"""The map holds every digit once, in the trace of its class, and marks the current one."""

from __future__ import annotations

import numpy as np
import pytest

from ui.look.colors import ACCENT
from ui.why.digit_map import commonest_around, map_figure

RNG = np.random.default_rng(0)
LABELS = np.repeat(np.arange(10), 5).astype(np.uint8)
POINTS = (RNG.normal(size=(10, 2))[LABELS] + RNG.normal(size=(50, 2)) / 100).astype(np.float32)
ANSWERS = LABELS.astype(np.int64)
ANSWERS[[3, 17]] = 9


@pytest.mark.parametrize("only_mistakes", [False, True])
def test_every_digit_once(only_mistakes: bool) -> None:
    """Each at its point, with its position to be chosen by and what it was read as."""
    figure = map_figure(
        POINTS, LABELS, ANSWERS, POINTS[7], "Test digit 7", only_mistakes=only_mistakes
    )
    *classes, current = figure.data
    assert [trace.name for trace in classes] == [str(digit) for digit in range(10)]
    positions = np.concatenate([trace.customdata for trace in classes])
    assert sorted(positions) == list(range(50))
    for digit, trace in enumerate(classes):
        assert (LABELS[trace.customdata] == digit).all()
        np.testing.assert_array_equal(np.stack([trace.x, trace.y], 1), POINTS[trace.customdata])
        np.testing.assert_array_equal(trace.text, ANSWERS[trace.customdata])
        if only_mistakes:
            wrong = ANSWERS[trace.customdata] != digit
            np.testing.assert_array_equal(np.array(trace.marker.symbol) == "x", wrong)
    assert (current.x[0], current.y[0]) == tuple(POINTS[7])
    assert current.marker.color == ACCENT
    names = [note.text for note in figure.layout.annotations]
    assert names == [*(f"<b>{digit}</b>" for digit in range(10)), "<b>Test digit 7</b>"]
    for digit, note in enumerate(figure.layout.annotations[:10]):
        assert [note.x, note.y] in POINTS[digit == LABELS].tolist()


def test_commonest_class_around_a_place() -> None:
    """Of the nearest points."""
    for position in (0, 23, 49):
        assert commonest_around(POINTS, LABELS, POINTS[position], 4) == LABELS[position]
