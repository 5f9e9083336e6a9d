"""What is said of the variants is what their seeds show, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.variant_results import Measured
from cnn_core.recipe.variants import BLACKENED
from tests.support.seen import alone, charts, plain, plotted, words
from ui.check import variants_view
from ui.check.variants_view import (
    blind_spot_in_words,
    design_choices,
    show_labels,
    show_results,
    trained_again_in_words,
    what_is_shown,
)

DIGITS = np.full(10, 100)


def variant(name: str, still: list[int], moved: list[int]) -> Measured:
    """A variant whose seeds misread so many of the 3s as they are, and of the 5s moved."""
    errors = np.zeros((len(still), 9, 10), np.int64)
    errors[:, 0, 3] = still
    errors[:, 1:, 5] = np.array(moved)[:, np.newaxis]
    return Measured(name, tuple(range(len(still))), errors, (0.5,) * len(still), DIGITS)


FOUND = {
    each.name: each
    for each in (
        variant("baseline", [10, 20, 15], [40, 44, 48]),
        variant("dense-wide", [30, 50, 40], [80, 81, 82]),
        variant("no-relu", [5, 6, 12], [20, 30, 25]),
        variant("one-block", [5, 6, 7], [41, 10, 12]),
        variant("average-pooling", [5], [99]),
        variant("same-padding", [4, 3, 2], [9, 9, 9]),
        variant(BLACKENED, [1, 1, 1], [1, 1, 1]),
    )
}


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented results in place of the bundled ones."""
    monkeypatch.setattr(variants_view, "measured", lambda: FOUND)


def test_each_is_told_by_its_seeds_against_the_reference() -> None:
    """Clear of the baseline's, above or below, overlapping, or not known yet."""
    variants = design_choices()
    assert [each.name for each in variants] == [*FOUND][:-1]

    still = what_is_shown(variants, is_moved=False)
    assert still == (
        "**Every seed worse than every seed of Baseline**: 128 dense units. "
        "**Every seed better than every seed of Baseline**: One block, Same padding. "
        "**Seeds overlap with those of Baseline, so no difference is shown**: No ReLU. "
        "**Not all seeds trained yet**: Average pooling."
    )
    moved = what_is_shown(variants, is_moved=True)
    assert "worse than every seed of Baseline**: 128 dense units." in moved
    assert "better than every seed of Baseline**: No ReLU, Same padding." in moved
    assert "no difference is shown**: One block." in moved


def test_charts_and_table(mnist: Mnist) -> None:
    """As they are on the left, moved on the right; a row for each network."""
    app = alone(show_results)

    still, moved = charts(app)
    assert plotted(still["data"][0]["x"]) == pytest.approx(
        [0.985, 0.96, 1 - 23 / 3000, 0.994, 0.995, 0.997]
    )
    assert plotted(moved["data"][0]["x"]) == pytest.approx(
        [0.956, 0.919, 0.975, 0.979, 0.901, 0.991]
    )
    assert plain(app.get("plotly_chart")[1].proto.alt).startswith(
        "Moved by 2 pixels, share of the test digits read right, each seed: "
        "Baseline 96.00, 95.60, 95.20 %; 128 dense units 92.00, "
    )
    table = app.table[0].value
    assert list(table["Parameters"][:2]) == ["32,906", "101,770"]
    assert list(table["Pixels it cannot see"][:4]) == [
        "300 pixels", "0 pixels", "300 pixels", "0 pixels",
    ]  # fmt: skip
    assert plain(table["As they are"][1]) == "97.00, 95.00, 96.00 %, mean 96.00 %: every seed worse"
    assert plain(table["As they are"][0]) == "99.00, 98.00, 98.50 %, mean 98.50 %"
    assert plain(table["Moved by 2 pixels"][2]).endswith("mean 97.50 %: every seed better")
    said = words(app)
    images = mnist.test.images.astype(np.int64)
    border = images[:, :2].sum() + images[:, -2:].sum()
    border += images[:, 2:-2, :2].sum() + images[:, 2:-2, -2:].sum()
    assert f"at most {100 * border / images.sum():.1f} % of all ink leaves the image" in said
    assert (
        "One block has 347,690 parameters instead of 32,906: 2,704 values instead of 64 reach its "
        "dense layer"
    ) in said
    assert "10 % of the time, and 5 changes are compared here, twice." in said


def test_seeds_that_were_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that misread other digits than are recorded, and nothing where none does."""
    same = {seed: {"test_accuracy": 1 - each / 1e4} for seed, each in enumerate((4, 3, 2))}
    other = {seed: {"test_accuracy": 1 - each / 1e4} for seed, each in enumerate((10, 132, 17))}
    monkeypatch.setattr(
        variants_view, "seed_results", lambda: {"baseline": other, "same-padding": same}
    )
    assert trained_again_in_words().endswith(
        "With them Baseline misreads 20 and 15 digits instead of 132 and 17, as the page "
        "Improvements says."
    )

    other[1], other[2] = ({"test_accuracy": 1 - each / 1e4} for each in (20, 15))
    assert trained_again_in_words() == ""


def test_what_not_seeing_costs() -> None:
    """Same padding misreads 9 of 1,000 moved digits, blackened 1."""
    assert plain(blind_spot_in_words()).startswith(
        "Part of what is lost is a matter of sight: Same padding reads 99.1 % of the moved digits, and "
        "99.9 % where it is trained and tested with the pixels black"
    )


@pytest.mark.parametrize(
    ("chosen", "column", "said"),
    [
        ("As they are", 3, "128 dense units misreads the 3s most: 40.0 %."),
        ("Moved by 2 pixels", 5, "128 dense units misreads the 5s most: 81.0 %."),
    ],
)
def test_labels(chosen: str, column: int, said: str) -> None:
    """The chart and its description follow the choice."""
    app = alone(show_labels, {"variants-labels": chosen})

    (figure,) = charts(app)
    shares = plotted(figure["data"][0]["z"]) ** 2
    assert shares[:, column].all()
    assert not np.delete(shares, column, axis=1).any()
    assert said in plain(app.get("plotly_chart")[0].proto.alt)
