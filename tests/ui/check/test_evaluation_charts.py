"""The charts of an evaluation show its figures, each on its own axis."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cnn_core.findings.evaluation import ConfidenceBin
from tests.support.seen import plain
from ui.check.evaluation_charts import (
    confidence_histogram,
    coverage_curve,
    reliability,
)
from ui.look.colors import ACCENT, NEUTRAL


def test_accuracy_stands_above_confidence() -> None:
    """Confidence across, accuracy up, against the diagonal: a network that is too sure is below it."""
    figure = reliability(
        [ConfidenceBin(0.3, 0.4, 1200, 0.35, 0.2), ConfidenceBin(0.9, 1.0, 7, 0.97, 1.0)]
    )

    diagonal, model, counts = figure.data
    assert list(diagonal.x) == list(diagonal.y) == [0, 1]
    assert list(model.x) == [0.35, 0.97]
    assert list(model.y) == [0.2, 1.0]
    # Wilson's intervals by hand: of 240 in 1,200, and of 7 in 7, which begins at 7 / (7 + 1.96²).
    assert [row[0] for row in model.customdata] == ["1,200", "7"]
    ends = [0.2 - 0.178341, 0.223573 - 0.2, 1 - 7 / (7 + 1.959964**2)]
    found = [model.error_y.arrayminus[0], model.error_y.array[0], model.error_y.arrayminus[1]]
    assert found == pytest.approx(ends, abs=1e-5)
    assert model.error_y.array[1] == pytest.approx(0, abs=1e-9)
    assert plain(" ".join(model.customdata[0][1:])) == "17.8 % 22.4 %"
    assert list(counts.x) == pytest.approx([0.35, 0.95])
    assert list(counts.text) == ["1,200", "7"]
    assert model.line.color == ACCENT
    assert figure.layout.xaxis.title.text == "Confidence"
    assert figure.layout.yaxis.title.text == "Accuracy"
    assert model.hovertemplate.startswith(
        "%{customdata[0]} digits read with %{x:.1%} confidence on average: %{y:.1%} of them right"
    )
    assert figure.layout.xaxis.tickformat == figure.layout.yaxis.tickformat == ".0%"


def test_right_and_wrong_answers_are_counted_by_confidence() -> None:
    """In twenty bars each from 0 to 1; counts on a logarithmic axis."""
    figure = confidence_histogram(
        np.array([0.99, 0.96, 0.52], np.float32), np.array([0.01, 0.52], np.float32)
    )

    right, wrong = figure.data
    assert (right.name, wrong.name) == ("Right", "Wrong")
    assert (right.marker.color, wrong.marker.color) == (NEUTRAL, ACCENT)
    middles = 0.025 + 0.05 * np.arange(20)
    for bars, full in ((right, {10: 1, 19: 2}), (wrong, {0: 1, 10: 1})):
        np.testing.assert_allclose(bars.x, middles)
        assert {place: count for place, count in enumerate(bars.y) if count} == full
        assert f"{bars.name.lower()} answers" in bars.hovertemplate
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == (None, "log")
    assert tuple(figure.layout.xaxis.range) == (0, 1)
    assert figure.layout.xaxis.title.text == "Confidence"
    assert (figure.layout.xaxis.tickformat, figure.layout.yaxis.tickformat) == (".0%", None)


def test_what_refusing_costs_and_gains() -> None:
    """Both shares against the threshold, and a line where the visitor's stands."""
    table = pd.DataFrame({"at": [0.0, 0.5], "answered": [1.0, 0.75], "right": [0.9, 0.96]})

    figure = coverage_curve(table["at"], table["answered"], table["right"], 0.3)

    answered, right = figure.data
    assert (answered.name, right.name) == ("Answered", "Right of those answered")
    assert (answered.line.color, right.line.color) == (NEUTRAL, ACCENT)
    assert list(answered.x) == list(right.x) == [0.0, 0.5]
    assert list(answered.y) == [1.0, 0.75]
    assert list(right.y) == [0.9, 0.96]
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1) == (0.3, 0.3)
    assert figure.layout.xaxis.title.text == "Refuse below this confidence"
    assert answered.hovertemplate == "%{y:.2%} at a threshold of %{x:.1%}"
    assert figure.layout.xaxis.tickformat == figure.layout.yaxis.tickformat == ".0%"
