"""The chart of the steps: a dot for every seed, in the row of its step."""

from __future__ import annotations

import pytest

from cnn_core.recipe.improvements import Improvement
from ui.check.improvements_figure import errors, improvements_figure

IMPROVEMENTS = [
    Improvement("baseline", None, (0.98, 0.981, 0.985)),
    Improvement("same-padding", "baseline", (0.99,)),
    Improvement("augmentation", "same-padding", (0.9951, 0.9949, 0.9941)),
]


def test_every_seed_is_a_dot_in_the_row_of_its_step() -> None:
    """From top to bottom in the order of the steps, seeds a little apart."""
    figure = improvements_figure(IMPROVEMENTS)
    _, dots = figure.data

    assert list(dots.x) == [0.98, 0.981, 0.985, 0.99, 0.9951, 0.9949, 0.9941]
    rows = [0, 0, 0, 1, 2, 2, 2]
    apart = [height - row for height, row in zip(dots.y, rows, strict=True)]
    assert apart == pytest.approx([-0.16, 0, 0.16, 0, -0.16, 0, 0.16])
    assert [tuple(each) for each in dots.customdata[:4]] == [
        ("Baseline", 0, "98.00\N{NO-BREAK SPACE}%", "200"),
        ("Baseline", 1, "98.10\N{NO-BREAK SPACE}%", "190"),
        ("Baseline", 2, "98.50\N{NO-BREAK SPACE}%", "150"),
        ("Same padding", 0, "99.00\N{NO-BREAK SPACE}%", "100"),
    ]
    axis = figure.layout.yaxis
    assert list(axis.tickvals) == [0, 1, 2]
    assert list(axis.ticktext) == ["Baseline", "Same padding", "Augmentation"]
    assert axis.range[0] > axis.range[1]  # The first one on top.


def test_the_mean_is_that_of_steps_whose_seeds_are_all_known() -> None:
    """The middle step has a single seed, and no mean."""
    mean, _ = improvements_figure(IMPROVEMENTS).data

    assert list(mean.x) == pytest.approx([0.982, 0.9947])
    assert list(mean.y) == [0, 2]
    assert [tuple(each) for each in mean.customdata] == [
        ("Baseline", "98.20\N{NO-BREAK SPACE}%", "180"),
        ("Augmentation", "99.47\N{NO-BREAK SPACE}%", "53"),
    ]


@pytest.mark.parametrize(
    ("accuracy", "worded"), [(0.9844, "156"), (1.0, "0"), (0.98, "200"), (0.994733333, "52.7")]
)
def test_errors(accuracy: float, worded: str) -> None:
    """Whole where they are, with a tenth where a mean is not."""
    assert errors(accuracy) == worded
