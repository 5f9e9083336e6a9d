"""The confusion matrix as a table of buttons: each cell opens onto the images behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ui.components.count_table.count_table import count_table
from ui.look.wording import a_digit, number, percent


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
    right = np.eye(len(confusion), dtype=bool)
    strength = confusion / np.maximum(rows, 1)
    if dim_diagonal:
        strength = np.where(right, 0, strength)
    digits = [str(digit) for digit in range(len(confusion))]
    count_table(
        confusion,
        digits,
        digits,
        caption="Rows: the label. Columns: the digit that was read."
        + (" In each cell: per cent of its row." if shares else ""),
        texts=[
            [_without_sign(count / total) if shares else number(count) for count in row]
            for row, total in zip(confusion.tolist(), np.maximum(rows, 1).ravel(), strict=True)
        ],
        labels=[
            [
                f"{number(count)} × {a_digit(truth)} read as {a_digit(answer)}"
                for answer, count in enumerate(row)
            ]
            for truth, row in enumerate(confusion.tolist())
        ],
        # The square root lets a cell with one mistake still be told from an empty one.
        strength=np.sqrt(strength / (strength.max() or 1)),
        quiet=right,
        chosen=chosen,
        on_choice=on_choice,
        key=key,
    )


def _without_sign(share: float) -> str:
    """A share in per cent, as short as a cell on a phone is narrow; the caption says what it is."""
    return percent(share).removesuffix("\N{NO-BREAK SPACE}%").replace("\N{NO-BREAK SPACE}", "")
