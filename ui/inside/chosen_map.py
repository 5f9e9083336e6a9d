"""The map that a visitor looks at: one of a layer, or the digit itself."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_core.network.arithmetic import Array
from ui.look.colors import Rgb
from ui.look.pictures import one_map

DIGIT = "digit"


@dataclass(frozen=True)
class ChosenMap:
    """One map of a layer for the current digit.

    layer: its name; DIGIT where the map is the digit itself.
    values: float32 (rows, columns); of a digit from 0 to 255.
    """

    layer: str
    unit: int
    values: Array

    @property
    def is_digit(self) -> bool:
        """Whether its values are pixels."""
        return self.layer == DIGIT

    @property
    def title(self) -> str:
        """Its name for people: `map 5 of conv2`."""
        return "the digit" if self.is_digit else f"map {self.unit} of {self.layer}"

    @property
    def brightest(self) -> float:
        """The value at the upper end of its scale."""
        return 255.0 if self.is_digit else float(self.values.max())

    def picture(self, values: Array, brightest: float) -> Rgb:
        """Values (rows, columns) in the colours of this map, from 0 to `brightest`."""
        return one_map(values, brightest, self.is_digit)
