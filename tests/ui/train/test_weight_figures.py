"""Figures of one weight hold the numbers of its gradient and of its descent."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.descent import Point
from ui.look.colors import SIGNED_SCALE
from ui.train.weight_figures import Try, along_figure, descent_figure, pulls_figure

VALUES = np.linspace(-1, 1, 5)
LOSSES = VALUES**2


def test_pulls_in_rising_order() -> None:
    """Each bar with the image that it is of, orange below 0 and blue above; the chosen one framed."""
    shares = np.array([0.5, -2, 0.25], np.float32)
    figure = pulls_figure(shares, np.array([7, 8, 9]), np.array([70, 80, 90]), 2)
    (bars,) = figure.data
    assert list(bars.y) == [-2, 0.25, 0.5]
    np.testing.assert_array_equal(bars.customdata, [[1, 80, 8], [2, 90, 9], [0, 70, 7]])
    assert list(bars.marker.color) == [SIGNED_SCALE[1], SIGNED_SCALE[-2], SIGNED_SCALE[-2]]
    assert list(bars.marker.line.width) == [0, 3, 0]
    assert list(figure.layout.xaxis.ticktext) == ["8", "9", "7"]


def test_point_and_slope_on_the_curve() -> None:
    """The tangent touches where the weight is, and is as steep as its gradient."""
    points = [Point(1.0, -1.0, -2.0), Point(0.25, 0.5, 1.0)]
    figure = along_figure(VALUES, LOSSES, points, None)
    traces = {trace.name: trace for trace in figure.data}
    assert set(traces) == {
        *(
            "Loss along this weight",
            "Gradient: the slope here",
            "Where it has been",
            "The weight now",
        )
    }
    curve, slope = traces["Loss along this weight"], traces["Gradient: the slope here"]
    np.testing.assert_array_equal(curve.x, VALUES)
    np.testing.assert_array_equal(curve.y, LOSSES)
    assert (slope.y[1] - slope.y[0]) / (slope.x[1] - slope.x[0]) == pytest.approx(1.0)
    assert np.interp(0.5, slope.x, slope.y) == pytest.approx(0.25)
    assert (traces["The weight now"].x[0], traces["The weight now"].y[0]) == (0.5, 0.25)
    assert list(traces["Where it has been"].x) == [-1, 0.5]
    assert list(traces["Where it has been"].y) == [1, 0.25]
    assert tuple(figure.layout.xaxis.range) == (-1, 1)


def test_the_curve_from_before() -> None:
    """Where other weights have moved too, the first curve stays visible; before a step nothing does."""
    figure = along_figure(VALUES, LOSSES, [Point(0, 0, 0), Point(1, 1, 2)], LOSSES + 1)
    assert figure.data[0].name == "Before the first step"
    np.testing.assert_array_equal(figure.data[0].y, LOSSES + 1)
    names = [trace.name for trace in along_figure(VALUES, LOSSES, [Point(0, 0, 0)], None).data]
    assert "Where it has been" not in names


def test_losses_from_step_to_step() -> None:
    """Every try begins at step 0; the last one is in front and strongest."""
    figure = descent_figure([Try("first", [3.0, 2.0]), Try("second", [3.0, 4.0, 5.0])])
    first, second = figure.data
    assert (list(first.x), list(first.y), first.name) == ([0, 1], [3, 2], "first")
    assert (list(second.x), list(second.y), second.name) == ([0, 1, 2], [3, 4, 5], "second")
    assert second.line.width > first.line.width
    assert first.line.color != second.line.color
    assert figure.layout.yaxis.title.text == "Loss of the batch in nats"
