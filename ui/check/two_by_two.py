"""Two networks side by side: which of the digits both, one, or none of them reads right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnn_core.findings.evaluation import Comparison, Positions
from ui.components.count_table.count_table import count_table
from ui.look.wording import number

VERDICTS = ("right", "wrong")


def cells(compared: Comparison) -> list[list[Positions]]:
    """Positions of the digits in each cell: row, the first network right or wrong; column, the second."""
    return [[compared.both, compared.only_first], [compared.only_second, compared.neither]]


def two_by_two(
    compared: Comparison,
    first: str,
    second: str,
    *,
    chosen: tuple[int, int],
    on_choice: Callable[[int, int], None],
    key: str,
) -> None:
    """Show the four counts of a comparison of two networks, named `first` and `second`."""
    counts = np.array([[len(found) for found in row] for row in cells(compared)])
    disagreement = np.array([[False, True], [True, False]])
    count_table(
        counts,
        [f"{first} {verdict}" for verdict in VERDICTS],
        [f"{second} {verdict}" for verdict in VERDICTS],
        caption="Coloured: the digits on which the two networks differ.",
        texts=[[number(count) for count in row] for row in counts.tolist()],
        labels=[
            [
                f"{number(counts[row, column])} digits: {first} {VERDICTS[row]}, "
                f"{second} {VERDICTS[column]}"
                for column in range(2)
            ]
            for row in range(2)
        ],
        strength=np.where(disagreement, counts / max(counts[disagreement].max(), 1), 0),
        quiet=~disagreement,
        chosen=chosen,
        on_choice=on_choice,
        key=key,
    )
