"""Figures of merit are what their definitions say, on examples that can be counted by hand."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.findings import evaluation
from cnn_core.findings.evaluation import Comparison, Labels
from cnn_core.network.arithmetic import Array

# Digits 0 and 1; the third is a 1 read as a 0 with 0.8, the fourth a 1 read rightly with 0.6.
LABELS = np.array([0, 0, 1, 1], np.uint8)
PROBABILITIES = np.zeros((4, 10), np.float32)
PROBABILITIES[:, :2] = [[0.9, 0.1], [1.0, 0.0], [0.8, 0.2], [0.4, 0.6]]


@st.composite
def answered(draw: st.DrawFn) -> tuple[Array, Labels]:
    """Random probabilities with random labels."""
    count = draw(st.integers(1, 60))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    probabilities = random.dirichlet(np.full(10, 0.3), count).astype(np.float32)
    return probabilities, random.integers(0, 10, count).astype(np.uint8)


def test_accuracy_and_scores_by_hand() -> None:
    """Three of four are right; the 0 is found always and trusted in two of three."""
    confusion = evaluation.confusion_matrix(PROBABILITIES, LABELS)
    zero, one, two = evaluation.class_scores(confusion)[:3]

    assert evaluation.accuracy(PROBABILITIES, LABELS) == 0.75
    assert confusion[:2, :2].tolist() == [[2, 0], [1, 1]]
    assert [zero.precision, zero.recall, zero.support] == pytest.approx([2 / 3, 1, 2])
    assert [one.precision, one.recall, one.f1] == pytest.approx([1, 0.5, 2 / 3])
    assert (two.precision, two.recall, two.f1, two.support) == (0, 0, 0, 0)


@given(answered())
def test_cross_entropy_is_keras(case: tuple[Array, Labels]) -> None:
    """The loss is what Keras calls sparse categorical cross-entropy."""
    probabilities, labels = case
    clear = np.clip(probabilities, 1e-6, 1)
    clear /= clear.sum(axis=1, keepdims=True)

    expected = keras.losses.SparseCategoricalCrossentropy()(labels, clear)

    assert evaluation.cross_entropy(clear, labels) == pytest.approx(float(expected), rel=1e-4)


@given(answered())
def test_every_digit_is_in_one_cell(case: tuple[Array, Labels]) -> None:
    """The cells of the confusion matrix hold each digit once, most confident first."""
    probabilities, labels = case
    confusion = evaluation.confusion_matrix(probabilities, labels)
    cells = {
        (row, column): evaluation.in_cell(probabilities, labels, row, column)
        for row, column in np.ndindex(10, 10)
    }

    assert sorted(np.concatenate(list(cells.values()))) == list(range(len(labels)))
    for (row, column), found in cells.items():
        assert len(found) == confusion[row, column]
        assert (np.diff(probabilities[found].max(axis=1)) <= 0).all()


@given(answered())
def test_mistakes_are_what_accuracy_leaves(case: tuple[Array, Labels]) -> None:
    """Right answers and mistakes together are all digits."""
    probabilities, labels = case
    wrong = evaluation.mistakes(probabilities, labels)

    share_right = 1 - len(wrong) / len(labels)
    assert share_right == pytest.approx(evaluation.accuracy(probabilities, labels))


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(8, 10, 0.4901625, 0.9433178), (0, 10, 0.0, 0.2775328), (10, 10, 0.7224672, 1.0)],
)
def test_wilson_interval(right: int, total: int, low: float, high: float) -> None:
    """The interval is the textbook's, and stays within 0 and 1 at its ends."""
    assert evaluation.wilson_interval(right, total) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "p_value"),
    [(5, 15, 0.0413895), (0, 0, 1.0), (7, 7, 1.0), (0, 10, 2 / 1024)],
)
def test_mcnemar(first: int, second: int, p_value: float) -> None:
    """The p-value is that of a fair coin, tossed for each digit on which the two differ."""
    nothing = np.array([], np.int64)
    comparison = Comparison(nothing, np.arange(first), np.arange(second), nothing)

    assert comparison.p_value == pytest.approx(p_value, abs=1e-6)


@given(answered(), answered())
def test_compare_splits_all_digits(
    first: tuple[Array, Labels], second: tuple[Array, Labels]
) -> None:
    """Both, one, the other, neither: each digit is in exactly one of the four."""
    count = min(len(first[1]), len(second[1]))
    compared = evaluation.compare(first[0][:count], second[0][:count], first[1][:count])

    groups = (compared.both, compared.only_first, compared.only_second, compared.neither)
    assert sorted(np.concatenate(groups)) == list(range(count))


def test_bins_and_calibration_by_hand() -> None:
    """Bins hold what lies in them; the error is their distance, weighted by their size."""
    bins = evaluation.confidence_bins(PROBABILITIES, LABELS, bins=2)

    (only,) = bins
    assert (only.low, only.high, only.count, only.accuracy) == (0.5, 1.0, 4, 0.75)
    assert only.confidence == pytest.approx((0.9 + 1 + 0.8 + 0.6) / 4)
    assert evaluation.expected_calibration_error(bins) == pytest.approx(0.825 - 0.75)


def test_coverage_by_hand() -> None:
    """Refusing below 0.85 leaves two digits, both right; above 1 nothing is left."""
    assert evaluation.coverage(PROBABILITIES, LABELS, 0.85) == (0.5, 1.0)
    assert evaluation.coverage(PROBABILITIES, LABELS, 0.0) == (1.0, 0.75)
    assert evaluation.coverage(PROBABILITIES, LABELS, 1.1) == (0.0, None)


def test_margins() -> None:
    """The lead of the first answer over the second."""
    assert evaluation.margins(PROBABILITIES) == pytest.approx([0.8, 1.0, 0.6, 0.2])
