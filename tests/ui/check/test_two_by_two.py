"""The four cells of a comparison, and the tables to download, tell who reads what right."""

from __future__ import annotations

import numpy as np

from cnn_core.findings.evaluation import compare
from cnn_core.findings.label_issues import LabelIssues
from ui.check.evaluation_tables import comparison_table, label_table, mistakes_table
from ui.check.two_by_two import VERDICTS, cells

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
