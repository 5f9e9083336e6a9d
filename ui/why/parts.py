"""The nine parts of a digit, by name: thirds of the rows and columns that have ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE

PARTS = (
    *("top left", "top", "top right"),
    *("left", "middle", "right"),
    *("bottom left", "bottom", "bottom right"),
)


@dataclass(frozen=True)
class Thirds:
    """Where ink begins and ends along one axis, in pixels from its first edge; end > start."""

    start: int
    end: int

    @property
    def inner(self) -> tuple[float, float]:
        """The two edges between the thirds."""
        third = (self.end - self.start) / 3
        return self.start + third, self.end - third

    def holding(self, point: float) -> int:
        """Which third a point lies in, or beside: 0, 1 or 2."""
        return sum(point >= edge for edge in self.inner)

    def middle(self, third: int) -> float:
        """The middle of a third, 0, 1 or 2."""
        return self.start + (self.end - self.start) * (2 * third + 1) / 6


@dataclass(frozen=True)
class Parts:
    """The parts of one digit, counted row by row as in PARTS."""

    rows: Thirds
    columns: Thirds

    def holding(self, row: float, column: float) -> int:
        """Which part a point of the image lies in, or is nearest to."""
        return 3 * self.rows.holding(row) + self.columns.holding(column)

    def middle(self, part: int) -> tuple[float, float]:
        """The row and the column of a part's middle."""
        row, column = divmod(part, 3)
        return self.rows.middle(row), self.columns.middle(column)


def parts_of(image: NDArray[np.uint8]) -> Parts:
    """The parts of a digit, uint8 (28, 28); of the whole image where it has no ink."""
    rows, columns = np.nonzero(image)
    return Parts(_thirds(rows), _thirds(columns))


def at_part(part: int) -> str:
    """A part as it stands in a sentence: `in the middle`, `at the top left`."""
    name = PARTS[part]
    return f"{'in' if name == 'middle' else 'at'} the {name}"


def _thirds(inked: NDArray[np.int64]) -> Thirds:
    return Thirds(int(inked.min()), int(inked.max()) + 1) if len(inked) else Thirds(0, IMAGE_SIZE)
