"""The charts of variants: a dot for every seed, a band for the reference, a cell for every label."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.variant_results import Measured
from ui.check.variants_figure import labels_figure, seeds_figure

DIGITS = np.full(10, 100)


def variant(name: str, still: list[int], moved: int = 0) -> Measured:
    """A variant whose seeds misread so many of the 0s as they are, and of the 1s moved."""
    errors = np.zeros((len(still), 9, 10), np.int64)
    errors[:, 0, 0] = still
    errors[:, 1:, 1] = moved
    return Measured(name, tuple(range(len(still))), errors, (0.5,) * len(still), DIGITS)


VARIANTS = [
    variant("baseline", [10, 20, 15], 40),
    variant("dense-wide", [30, 50, 40], 80),
    variant("one-block", [12], 60),
]


def test_every_seed_is_a_dot_beside_the_band_of_the_reference() -> None:
    """From top to bottom in their order, seeds a little apart; the band from worst to best seed."""
    figure = seeds_figure(VARIANTS, is_moved=False)
    means, dots = figure.data

    assert list(dots.x) == pytest.approx([0.99, 0.98, 0.985, 0.97, 0.95, 0.96, 0.988])
    rows = [0, 0, 0, 1, 1, 1, 2]
    apart = [height - row for height, row in zip(dots.y, rows, strict=True)]
    assert apart == pytest.approx([-0.16, 0, 0.16, -0.16, 0, 0.16, 0])
    assert [tuple(each) for each in dots.customdata[3:5]] == [
        ("128 dense units", 0, "97.00\N{NO-BREAK SPACE}%"),
        ("128 dense units", 1, "95.00\N{NO-BREAK SPACE}%"),
    ]
    assert list(means.x) == pytest.approx([0.985, 0.96, 0.988])
    assert list(means.y) == [0, 1, 2]
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1) == pytest.approx((0.98, 0.99))
    axis = figure.layout.yaxis
    assert list(axis.ticktext) == ["Baseline", "128 dense units", "One block"]
    assert axis.range[0] > axis.range[1]  # The first one on top.


def test_moved_is_another_chart() -> None:
    """The eight directions together: 40 of 1,000 in each is 4 per cent."""
    figure = seeds_figure(VARIANTS, is_moved=True)

    assert list(figure.data[0].x) == pytest.approx([0.96, 0.92, 0.94])
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == pytest.approx(0.96)


def test_a_cell_for_every_label() -> None:
    """A row a variant, a column a label, the share of its digits that is misread."""
    (still,), (moved,) = (labels_figure(VARIANTS, is_moved=each).data for each in (False, True))

    shares = np.array(still.z) ** 2
    assert shares.shape == (3, 10)
    assert shares[:, 0] == pytest.approx([0.15, 0.4, 0.12])
    assert not shares[:, 1:].any()
    assert np.array(moved.z)[:, 1] ** 2 == pytest.approx([0.4, 0.8, 0.6])
    assert (still.zmin, still.zmax) == (0, pytest.approx(0.4**0.5))
    assert (still.text[1][0], still.text[0][1]) == ("40", "0.0")
    ticks = dict(zip(still.colorbar.ticktext, still.colorbar.tickvals, strict=True))
    assert ticks["10\N{NO-BREAK SPACE}%"] ** 2 == pytest.approx(0.1)
    assert tuple(still.customdata[2][0]) == ("One block", "12.00\N{NO-BREAK SPACE}%")
    axis = labels_figure(VARIANTS, is_moved=False).layout.yaxis
    assert list(axis.ticktext) == ["Baseline", "128 dense units", "One block"]
    assert axis.range[0] > axis.range[1]
