"""A table of counts, each a button that opens onto what was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.from_browser import values, whole_number
from ui.components.shared.register import register

_count_table = register(__file__)


def count_table(
    counts: NDArray[np.int64],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    caption: str,
    texts: Sequence[Sequence[str]],
    labels: Sequence[Sequence[str]],
    strength: NDArray[Any],
    quiet: NDArray[np.bool_],
    chosen: tuple[int, int] | None,
    on_choice: Callable[[int, int], None],
    key: str,
) -> None:
    """Show int64 (rows, columns) counts; empty cells cannot be chosen.

    texts, labels: what each cell shows, and what it says to a screen reader and under the pointer.
    strength: how deeply each cell is coloured, 0 to 1; in grey where it is quiet.
    on_choice: called with the row and the column that was chosen.
    """

    def choose(value: object) -> None:
        row, column = values(value, 2)
        on_choice(whole_number(row, len(rows)), whole_number(column, len(columns)))

    _count_table(
        key=key,
        data={
            "counts": counts.tolist(),
            "rows": list(rows),
            "columns": list(columns),
            "caption": caption,
            "texts": texts,
            "labels": labels,
            "strength": strength.tolist(),
            "quiet": quiet.tolist(),
            "chosen": chosen,
        },
        chosen=choose,
    )
