"""The curve of the loss is −ln p, and every answer lies on it where its probability is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ui.look.colors import ACCENT, NEUTRAL
from ui.train.loss_figures import Answer, batch_figure, loss_curve
from ui.train.loss_guess import in_nats, share_of


def test_curve_and_answers() -> None:
    """Probability to the right, loss upwards, the uniform guess at ln 10, all within the axes."""
    answers = [Answer("You", 0.25, "#123456", "x"), Answer("It", 1e-6, "#654321", "circle")]
    figure = loss_curve(answers)
    curve, you, it = figure.data
    np.testing.assert_allclose(curve.y, -np.log(np.array(curve.x)))
    assert curve.x[0] == pytest.approx(1e-6)
    assert curve.x[-1] == 1
    assert (you.x[0], you.y[0], you.marker.color) == (0.25, pytest.approx(math.log(4)), "#123456")
    assert (it.x[0], it.y[0]) == (1e-6, pytest.approx(6 * math.log(10)))
    assert figure.layout.yaxis.range[1] > 6 * math.log(10)
    (line,) = figure.layout.shapes
    assert line.y0 == line.y1 == pytest.approx(-math.log(0.1))
    assert "−ln 0.1 = 2.303" in figure.layout.annotations[0].text
    assert loss_curve([]).layout.yaxis.range[1] >= 5


def test_batch() -> None:
    """A bar a digit at its position, mistakes in the accent colour, and the mean as a line."""
    losses = np.array([0.1, 2.0, 0.3])
    figure = batch_figure(losses, np.array([1, 2, 3]), np.array([1, 7, 3]), 64)
    (bars,) = figure.data
    assert list(bars.x) == [64, 65, 66]
    assert list(bars.y) == [0.1, 2.0, 0.3]
    assert list(bars.marker.color) == [NEUTRAL, ACCENT, NEUTRAL]
    np.testing.assert_allclose(np.array(bars.customdata)[1], [2, 7, math.exp(-2)])
    assert figure.layout.shapes[0].y0 == pytest.approx(0.8)
    assert figure.layout.annotations[0].text == "mean 0.800"


@pytest.mark.parametrize(("digit", "expected"), [(4, 0.82), (9, 0.02)])
def test_what_is_left_goes_to_the_others(digit: int, expected: float) -> None:
    """Nine others share it in equal parts, so that all ten make 1."""
    assert share_of(digit, 4, 0.82) == pytest.approx(expected)
    assert sum(share_of(each, 4, 0.82) for each in range(10)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.8, "−ln 0.8000 = **0.223**"),
        (1.0, "−ln 1.0000 = **0.000**"),
        (2e-5, "−ln 2e-05 = **10.820**"),
        (0.0, "−ln 0, a loss without bound"),
    ],
)
def test_in_words(share: float, said: str) -> None:
    """With enough digits to be computed again; nothing is infinitely many nats."""
    assert in_nats(share) == said
