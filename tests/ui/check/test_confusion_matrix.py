"""The confusion matrix: rows are what was meant, columns what was read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.seen import alone, components
from ui.check.confusion_matrix import confusion_matrix_table


def sent(*, shares: bool = False, dim: bool = True) -> dict[str, Any]:
    """What the browser gets: of ten 0s one is read as a 1, of eight 8s four as a 0, others right."""
    confusion = np.diag([9, 5, 5, 5, 5, 5, 5, 5, 4, 1200])
    confusion[0, 1], confusion[8, 0] = 1, 4

    def show() -> None:
        confusion_matrix_table(
            confusion,
            shares=shares,
            dim_diagonal=dim,
            chosen=(8, 0),
            on_choice=lambda *_: None,
            key="matrix",
        )

    (data,) = components(alone(show), "counts")
    return data


def test_cells_stand_in_the_row_of_their_digit() -> None:
    """What is shown, and what is said of it, is that of the digit meant and of the one read."""
    data = sent()
    assert data["counts"][0][:2] == [9, 1]
    assert data["counts"][8][0] == 4
    assert data["rows"] == data["columns"] == list("0123456789")
    assert data["caption"] == "Rows: the label. Columns: the digit that was read."
    assert (data["texts"][0][1], data["texts"][8][0], data["texts"][9][9]) == ("1", "4", "1,200")
    assert data["labels"][0][1] == "1 × a 0 read as a 1"
    assert data["labels"][8][0] == "4 × an 8 read as a 0"
    assert data["chosen"] == [8, 0]


def test_shares_are_those_of_a_row() -> None:
    """One of ten is 10 %, four of eight are 50 %."""
    data = sent(shares=True)
    assert data["texts"][0][1] == "10.0"
    assert data["texts"][8][0] == "50.0"
    assert data["texts"][9][9] == "100.0"
    assert data["caption"].endswith("In each cell: per cent of its row.")
    assert data["labels"][8][0] == "4 × an 8 read as a 0"


def test_mistakes_are_coloured_by_their_share() -> None:
    """The largest share fully, one of a fifth of it by the root of that; right answers not at all."""
    data = sent()
    assert data["strength"][8][0] == 1
    assert data["strength"][0][1] == pytest.approx(0.2**0.5)
    assert not np.diagonal(data["strength"]).any()
    assert data["quiet"] == np.eye(10, dtype=bool).tolist()

    data = sent(dim=False)
    assert data["strength"][9][9] == 1
    assert data["strength"][8][8] == data["strength"][8][0] == pytest.approx(0.5**0.5)
