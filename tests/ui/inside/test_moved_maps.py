"""What is said and shown of maps that moved along."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.equivariance import MovedMaps
from ui.inside.moved_maps import in_cells, table_of_layers, verdict, with_holes
from ui.look.colors import colour_activations


def maps_of(actual: list[float], pixels: tuple[int, int] = (0, 2), jump: int = 1) -> MovedMaps:
    """One map of a row, moved along by a cell."""
    still = np.array([[1.0, 2.0, 3.0, 4.0]], np.float32)[..., np.newaxis]
    along = np.array([[np.nan, 1.0, 2.0, 3.0]], np.float32)[..., np.newaxis]
    now = np.array([actual], np.float32)[..., np.newaxis]
    return MovedMaps("conv2", pixels, jump, (0, 1), still, now, along)


def test_holes_are_transparent() -> None:
    """What is not a number has no colour; all else has that of its value."""
    values = np.array([[0.0, np.nan], [2.0, 1.0]], np.float32)
    picture = with_holes(values, 2.0)
    assert picture[..., 3].tolist() == [[255, 0], [255, 255]]
    np.testing.assert_array_equal(
        picture[1, :, :3], colour_activations(np.array([2.0, 1.0], np.float32), 2.0)
    )


@pytest.mark.parametrize(
    ("distance", "jump", "said"),
    [(2, 1, "2"), (1, 2, "½"), (-3, 2, "1 ½"), (1, 4, "¼"), (3, 8, "⅜"), (0, 4, "0"), (1, 16, "1⁄16")],
)  # fmt: skip
def test_moves_in_cells(distance: int, jump: int, said: str) -> None:
    """Whole cells and common fractions."""
    assert in_cells(distance, jump) == said


def test_table() -> None:
    """Directions, sizes and counts each in their column."""
    agreed = table_of_layers([maps_of([9, 1, 2, 4], (-1, 2), 2)]).splitlines()[-1]
    assert agreed == "| `conv2` | 2 pixels | 1 right, ½ up | 2 of 3 |"
    stays = table_of_layers([maps_of([9, 1, 2, 3], (0, 0))]).splitlines()[-1]
    assert stays == "| `conv2` | 1 pixel | none | 3 of 3 |"


def test_verdicts() -> None:
    """All moved along; some did not, for the pools' windows or for the border."""
    assert verdict(maps_of([9, 1, 2, 3]), 0).startswith("All 3 cells")
    border = verdict(maps_of([9, 1, 2, 5]), 0)
    assert border.startswith("1 of 3 cells hold something else, by up to 2.00.")
    assert border.endswith("sees the border.")
    assert "no whole number of cells" in verdict(maps_of([9, 1, 2, 5], (0, 1), 2), 0)
