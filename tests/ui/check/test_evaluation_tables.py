"""The tables to take along: a row a digit, each figure in the column that is named after it."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.evaluation import ClassScore, ConfidenceBin
from ui.check.evaluation_tables import (
    THRESHOLDS,
    answers_table,
    calibration_table,
    confusion_table,
    coverage_table,
    mistakes_table,
    scores_table,
)

LABELS = np.array([2, 5, 7], np.uint8)


def probabilities() -> np.ndarray:
    """Read as 2 with 60 %, as 3 with 80 %, and as 7 with 90 %; the rest falls to the 1."""
    found = np.zeros((3, 10), np.float32)
    for row, (answer, share) in enumerate([(2, 0.6), (3, 0.8), (7, 0.9)]):
        found[row, [answer, 1]] = share, 1 - share
    return found


def test_answers() -> None:
    """Name, label, answer, and the ten probabilities in the order of the digits."""
    table = answers_table(probabilities(), LABELS)

    assert list(table) == ["digit", "label", "answer", *(f"p({digit})" for digit in range(10))]
    assert table["digit"].tolist() == ["test-0", "test-1", "test-2"]
    assert table["label"].tolist() == [2, 5, 7]
    assert table["answer"].tolist() == [2, 3, 7]
    assert table["p(3)"].tolist() == pytest.approx([0, 0.8, 0])
    assert table["p(1)"].tolist() == pytest.approx([0.4, 0.2, 0.1])
    assert mistakes_table(probabilities(), LABELS)["digit"].tolist() == ["test-1"]


def test_confusion() -> None:
    """A row a label, a column an answer."""
    table = confusion_table(np.array([[8, 2], [1, 9]]))

    assert table["label"].tolist() == [0, 1]
    assert table["read as 0"].tolist() == [8, 1]
    assert table["read as 1"].tolist() == [2, 9]


def test_scores() -> None:
    """The harmonic mean of a half and a quarter is a third."""
    (row,) = scores_table([ClassScore(4, 0.5, 0.25, 17)]).to_dict("records")

    assert row == {
        "label": 4,
        "precision": 0.5,
        "recall": 0.25,
        "support": 17,
        "f1": pytest.approx(1 / 3),
    }


def test_calibration() -> None:
    """Each bin with its ends, its count, its confidence and its accuracy."""
    (row,) = calibration_table([ConfidenceBin(0.8, 0.9, 3, 0.85, 0.5)]).to_dict("records")

    assert row == {"low": 0.8, "high": 0.9, "count": 3, "confidence": 0.85, "accuracy": 0.5}


def test_coverage() -> None:
    """With a threshold between the confidences two of three are answered, and one of them is right."""
    table = coverage_table(probabilities(), LABELS)

    assert table["threshold"].tolist() == THRESHOLDS.tolist()
    assert THRESHOLDS[[0, -1]].tolist() == pytest.approx([0, 0.999])
    between = table[(table["threshold"] > 0.61) & (table["threshold"] < 0.79)]
    assert between["answered"].tolist() == pytest.approx([2 / 3] * len(between))
    assert between["accuracy"].tolist() == pytest.approx([1 / 2] * len(between))
    assert table["answered"].iloc[0] == 1
    assert table["accuracy"].iloc[0] == pytest.approx(2 / 3)
    assert table["answered"].iloc[-1] == 0
    assert np.isnan(table["accuracy"].iloc[-1])
