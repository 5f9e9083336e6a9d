"""Whether a layer's maps move along when the digit moves: translation equivariance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.architecture import POOL_SIZE, Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.change_of_maps import moved
from cnn_core.network.network import Network

# Of the largest value: sums of the same numbers in another order differ by less.
ROUNDING = 1e-5


@dataclass(frozen=True)
class MovedMaps:
    """A layer's maps for a digit that was moved, beside its maps for the digit as it was, moved along.

    pixels: how far the digit was moved, down and right.
    jump: how many pixels lie between two neighbouring cells of the layer.
    cells: by how many whole cells the maps were moved along: the whole number of cells next to
        `pixels / jump`, and of the two next to a half the one that fits better.
    still: the maps of the digit as it was, float32 (rows, columns, maps).
    actual: the maps of the moved digit.
    along: `still` moved by `cells`; not a number (nan) where a cell would come from outside the map.
    """

    layer: str
    pixels: tuple[int, int]
    jump: int
    cells: tuple[int, int]
    still: Array
    actual: Array
    along: Array

    @cached_property
    def gap(self) -> Array:
        """How far each value is from the one that moved along, without its sign; nan as in `along`."""
        gap: Array = np.abs(self.actual - self.along)
        return gap

    @cached_property
    def differs(self) -> NDArray[np.bool_]:
        """Which values did not simply move along, beyond rounding: bool, shape of the maps."""
        most = max(float(np.abs(self.still).max()), float(np.abs(self.actual).max()))
        with np.errstate(invalid="ignore"):
            return np.asarray(self.gap > ROUNDING * most)

    @property
    def comparable(self) -> int:
        """How many values have a source inside the map; 0 where a small map moved out of itself."""
        return int(np.isfinite(self.gap).sum())

    @property
    def agreeing(self) -> int:
        """How many of them simply moved along."""
        return self.comparable - int(self.differs.sum())

    @property
    def is_whole(self) -> bool:
        """Whether the move is a whole number of the layer's cells."""
        return all(distance % self.jump == 0 for distance in self.pixels)


def jumps(architecture: Architecture) -> dict[str, int]:
    """Pixels between two neighbouring cells, by the name of each layer that has maps."""
    jump, found = 1, {}
    for layer in architecture.layers():
        if layer.kind == "pooling":
            jump *= POOL_SIZE
        if layer.kind in ("convolution", "pooling"):
            found[layer.name] = jump
    return found


def move_along(
    network: Network, image: NDArray[np.uint8], down: int, right: int
) -> dict[str, MovedMaps]:
    """What moving a digit does to every layer that has maps, by layer name.

    image: uint8 (28, 28). down, right: whole pixels, negative for up and left.
    """
    here, there = (
        network.activations(picture[np.newaxis]) for picture in (image, moved(image, down, right))
    )
    return {
        name: max(
            (
                _moved_maps(name, (down, right), jump, cells, here[name][0], there[name][0])
                for cells in _next_to(down / jump, right / jump)
            ),
            key=lambda maps: maps.agreeing,
        )
        for name, jump in jumps(network.architecture).items()
    }


def _next_to(down: float, right: float) -> list[tuple[int, int]]:
    """The whole moves next to one in fractions of a cell."""
    rows, columns = (
        sorted({int(np.floor(distance)), int(np.ceil(distance))}) for distance in (down, right)
    )
    return [(row, column) for row in rows for column in columns]


def _moved_maps(
    name: str,
    pixels: tuple[int, int],
    jump: int,
    cells: tuple[int, int],
    still: Array,
    actual: Array,
) -> MovedMaps:
    rows, columns = np.indices(still.shape[:2])
    rows, columns = rows - cells[0], columns - cells[1]
    inside = (rows >= 0) & (rows < len(still)) & (columns >= 0) & (columns < still.shape[1])
    along = np.where(
        inside[..., np.newaxis],
        still[rows.clip(0, len(still) - 1), columns.clip(0, still.shape[1] - 1)],
        np.float32(np.nan),
    )
    return MovedMaps(name, pixels, jump, cells, still, actual, along)
