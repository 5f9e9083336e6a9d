"""The map holds every digit once, in the trace of its class, and marks the current one."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.seen import alone
from ui.look.colors import ACCENT, CLASS_COLOURS
from ui.look.wording import a_digit
from ui.why.digit_map import commonest_around, digit_map, map_figure

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
    names = [str(digit) for digit in range(10)]
    misread = [f"{digit}, misread" for digit in range(10)] if only_mistakes else []
    assert [trace.name for trace in classes] == names + misread
    positions = np.concatenate([trace.customdata for trace in classes])
    assert sorted(positions) == list(range(50))
    for place, trace in enumerate(classes):
        digit = place % 10
        assert (LABELS[trace.customdata] == digit).all()
        np.testing.assert_array_equal(np.stack([trace.x, trace.y], 1), POINTS[trace.customdata])
        np.testing.assert_array_equal(trace.hovertext, ANSWERS[trace.customdata])
        assert trace.marker.color == CLASS_COLOURS[digit]
        assert f"written as {digit}, read as %{{hovertext}}" in trace.hovertemplate
        if only_mistakes:
            is_misread = place >= 10
            assert ((ANSWERS[trace.customdata] != digit) == is_misread).all()
            assert (trace.marker.opacity == 1) == is_misread
        if place >= 10:  # They bear their label, and not what was read.
            assert list(trace.text) == [str(digit)] * len(trace.x)
    assert (current.x[0], current.y[0]) == tuple(POINTS[7])
    assert current.marker.color == ACCENT
    names = [note.text for note in figure.layout.annotations]
    assert names == [*(f"<b>{digit}</b>" for digit in range(10)), "<b>Test digit 7</b>"]
    last = figure.layout.annotations[-1]
    assert [last.x, last.y] == POINTS[7].tolist()
    for digit, note in enumerate(figure.layout.annotations[:10]):
        assert note.bordercolor == CLASS_COLOURS[digit]
        assert [note.x, note.y] in POINTS[digit == LABELS].tolist()


def test_commonest_class_around_a_place() -> None:
    """Of the nearest points."""
    for position in (0, 23, 49):
        assert commonest_around(POINTS, LABELS, POINTS[position], 4) == LABELS[position]


def test_a_name_stands_where_its_class_is_densest() -> None:
    """At the point nearest to the median, whatever lies far off."""
    points = POINTS.copy()
    points[15:20] = np.array([[0, 0], [0.1, 0.3], [0.2, 0.1], [0.9, 0.2], [0.3, -0.9]])
    figure = map_figure(points, LABELS, ANSWERS, points[0], "", only_mistakes=False)
    note = figure.layout.annotations[3]
    assert [note.x, note.y] == pytest.approx([0.2, 0.1])


def test_the_current_digit_is_told_by_its_neighbourhood() -> None:
    """On the map of a page: how many digits, and among which the current one lies."""

    def show() -> None:
        digit_map(
            POINTS,
            LABELS,
            ANSWERS,
            POINTS[41],
            "Your drawing",
            only_mistakes=False,
            key="map",
            on_choice=lambda _: None,
        )

    (chart,) = alone(show).get("plotly_chart")
    assert chart.proto.alt == (
        "Map of 50 test digits in ten groups, one a class. Your drawing lies among those written as "
        f"{a_digit(commonest_around(POINTS, LABELS, POINTS[41]))}."
    )
