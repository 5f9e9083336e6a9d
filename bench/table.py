"""The table that `make bench` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One row: what was measured, the value, what it is held against, their unit.

    aim: the most that the ratio may be, or None where the row only informs.
    """

    what: str
    ours: float
    floor: float
    unit: str
    aim: float | None = None

    @property
    def ratio(self) -> float:
        """How many times what it is held against."""
        return self.ours / self.floor


HEAD = ("", "ours", "against", "", "ratio", "aim", "")


def print_table(rows: Iterable[Row]) -> None:
    """Print the rows, each as soon as it is measured."""
    print("{:<60} {:>9} {:>9} {:<9} {:>7}  {:<8} {}".format(*HEAD).rstrip(), flush=True)
    for row in rows:
        print(line(row), flush=True)


def line(row: Row) -> str:
    """A row as text."""
    ratio = f"{row.ratio:.2f}×" if row.floor else ""
    aim = "" if row.aim is None else f"≤ {row.aim:g}×"
    verdict = "" if row.aim is None else "✓" if row.ratio <= row.aim else "✗ missed"
    text = f"{row.what:<60} {_figure(row.ours):>9} {_figure(row.floor):>9} {row.unit:<9} {ratio:>7}"
    return f"{text}  {aim:<8} {verdict}".rstrip()


def _figure(value: float) -> str:
    """A number as exact as it was measured: 12,324 or 298 or 1.38."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
