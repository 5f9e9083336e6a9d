"""The four cells of a comparison, and the tables to download, tell who reads what right."""

from __future__ import annotations

import numpy as np

from cnn_core.findings.evaluation import Comparison, compare
from cnn_core.findings.label_issues import LabelIssues
from tests.support.seen import alone, components
from ui.check.evaluation_tables import comparison_table, label_table, mistakes_table
from ui.check.two_by_two import VERDICTS, cells, two_by_two

LABELS = np.array([0, 1, 2, 3], np.uint8)
FIRST = np.eye(10, dtype=np.float32)[[0, 1, 9, 9]]
SECOND = np.eye(10, dtype=np.float32)[[0, 9, 2, 9]]


def test_cells_stand_where_their_headings_say() -> None:
    """Rows are the first network right and wrong, columns the second."""
    found = cells(compare(FIRST, SECOND, LABELS))
    for row, first in enumerate(VERDICTS):
        for column, second in enumerate(VERDICTS):
            (position,) = found[row][column]
            assert (FIRST[position].argmax() == LABELS[position]) == (first == "right")
            assert (SECOND[position].argmax() == LABELS[position]) == (second == "right")


def test_tables_name_every_digit() -> None:
    """Of the comparison and the labels all, of the mistakes those that are wrong."""
    compared = comparison_table(compare(FIRST, SECOND, LABELS), "one", "two")
    assert compared["digit"].tolist() == ["test-0", "test-1", "test-2", "test-3"]
    assert compared["one right"].tolist() == [True, True, False, False]
    assert compared["two right"].tolist() == [True, False, True, False]
    assert mistakes_table(FIRST, LABELS)["digit"].tolist() == ["test-2", "test-3"]
    issues = LabelIssues(np.array([1, 1, 0, 0.25], np.float32), {"one": np.array([2])})
    labels = label_table(issues, LABELS)
    assert labels["flagged with one"].tolist() == [False, False, True, False]
    assert labels["quality"].tolist() == [1, 1, 0, 0.25]


def test_the_table_names_who_reads_what() -> None:
    """Each cell with its count and its verdicts; coloured is where the networks differ."""
    positions = [np.arange(many) for many in (1000, 6, 3, 2)]

    def show() -> None:
        two_by_two(
            Comparison(*positions),
            "Old",
            "New",
            chosen=(0, 1),
            on_choice=lambda *_: None,
            key="two",
        )

    (data,) = components(alone(show), "counts")
    assert data["counts"] == [[1000, 6], [3, 2]]
    assert data["texts"] == [["1,000", "6"], ["3", "2"]]
    assert data["rows"] == ["Old right", "Old wrong"]
    assert data["columns"] == ["New right", "New wrong"]
    assert data["labels"] == [
        ["1,000 digits: Old right, New right", "6 digits: Old right, New wrong"],
        ["3 digits: Old wrong, New right", "2 digits: Old wrong, New wrong"],
    ]
    assert data["strength"] == [[0, 1], [0.5, 0]]
    assert data["quiet"] == [[True, False], [False, True]]
    assert data["chosen"] == [0, 1]
