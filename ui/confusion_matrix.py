"""The confusion matrix as a table of buttons: each cell opens onto the images behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.component import register
from ui.wording import number, percent

_confusion_matrix = register(__file__)


def confusion_matrix_table(
    confusion: NDArray[np.int64],
    *,
    shares: bool,
    dim_diagonal: bool,
    chosen: tuple[int, int] | None,
    on_choice: Callable[[int, int], None],
    key: str,
) -> None:
    """Show int64 (10, 10) counts, or shares of each row; empty cells cannot be chosen.

    dim_diagonal: colour by mistakes only, so that they show beside thousands of right answers.
    on_choice: called with the row (true digit) and column (answer) that was chosen.
    """
    rows = confusion.sum(axis=1, keepdims=True)
    strength = confusion / np.maximum(rows, 1)
    if dim_diagonal:
        strength = np.where(np.eye(len(confusion), dtype=bool), 0, strength)
    texts = [
        [percent(count / total) if shares else number(count) for count in row]
        for row, total in zip(confusion.tolist(), np.maximum(rows, 1).ravel(), strict=True)
    ]

    def choose() -> None:
        row, column = st.session_state[key]["chosen"]
        on_choice(int(row), int(column))

    _confusion_matrix(
        key=key,
        data={
            "counts": confusion.tolist(),
            "texts": texts,
            # The square root lets a cell with one mistake still be told from an empty one.
            "strength": np.sqrt(strength / (strength.max() or 1)).tolist(),
            "chosen": chosen,
        },
        on_chosen_change=choose,
    )
