"""A table of counts, each a button that opens onto what was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.component import register

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

    def choose() -> None:
        row, column = (int(place) for place in st.session_state[key]["chosen"])
        # What comes from a browser is checked once more here.
        if row in range(len(rows)) and column in range(len(columns)):
            on_choice(row, column)

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
        on_chosen_change=choose,
    )
