"""The unit that a visitor looks at on the page Units, and where in a digit it responds most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.architecture import Architecture, Layer
from cnn_core.network.arithmetic import Array
from cnn_core.network.receptive_field import Field, receptive_field, spans_seen, unseen
from ui.look.colors import Rgb, colour_pixels
from ui.look.model_words import unit_name

# Beside the image: neither paper nor ink.
_OUTSIDE = (140, 140, 140, 60)


@dataclass(frozen=True)
class LookedAt:
    """A unit of a convolution or of the hidden dense layer."""

    architecture: Architecture
    layer: Layer
    number: int

    @property
    def is_map(self) -> bool:
        """Whether it is a feature map, with cells that each see a patch of the image."""
        return self.layer.kind == "convolution"

    @property
    def kind(self) -> str:
        """What it is called: `map` or `unit`."""
        return unit_name(self.layer)

    @property
    def name(self) -> str:
        """Its name within a sentence: `map 5 of conv2`."""
        return f"{self.kind} {self.number} of {self.layer.name}"

    @property
    def title(self) -> str:
        """Its name at the start of a sentence: `Map 5 of conv2`."""
        return self.name.capitalize()

    @property
    def response(self) -> str:
        """What its response to a digit is, in a sentence."""
        return "its largest value, wherever in the map that is" if self.is_map else "its value"

    @property
    def side(self) -> int:
        """Rows and columns of the patch that it sees where no edge of the image cuts it off."""
        return max(span.length for span in spans_seen(self.architecture, self.layer.name))

    @property
    def middle(self) -> tuple[int, int]:
        """The cell in the middle of its map; of a dense unit, which has no cells, the first."""
        return (self.layer.output_shape[0] // 2,) * 2 if self.is_map else (0, 0)

    def field(self, cell: tuple[int, int]) -> Field:
        """What a cell of its map can see of the image; a dense unit sees the same everywhere."""
        return receptive_field(self.architecture, self.layer.name, *cell)

    def strongest(self, outputs: Array) -> tuple[float, tuple[int, int]]:
        """Its response to a digit, and the cell that has it; outputs: those of its layer."""
        values = outputs[..., self.number]
        if not self.is_map:
            return float(values), (0, 0)
        row, column = np.unravel_index(int(values.argmax()), values.shape)
        return float(values[row, column]), (int(row), int(column))

    def is_unheard(self, cell: tuple[int, int]) -> bool:
        """Whether no later layer reads a cell of its map, so that it cannot reach the answer."""
        return self.is_map and bool(unseen(self.architecture, "output", self.layer.name)[cell])

    def patch(self, image: NDArray[np.uint8], cell: tuple[int, int]) -> Rgb:
        """What a cell sees of an image, uint8 (side, side, 4); translucent beyond the image's edge."""
        field, side = self.field(cell), self.side
        seen = colour_pixels(image[field.in_image])
        picture = np.full((side, side, 4), _OUTSIDE, np.uint8)
        # A patch that is cut off at its start begins with the first row, or column, of the image.
        top, left = (
            side - span.length if span.first == 0 else 0 for span in (field.rows, field.columns)
        )
        picture[top : top + len(seen), left : left + seen.shape[1]] = np.dstack(
            [seen, np.full(seen.shape[:2], 255, np.uint8)]
        )
        return picture
