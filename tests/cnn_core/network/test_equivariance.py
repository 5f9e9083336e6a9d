"""Maps that move along with a digit, and where they cannot."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from cnn_core.network.equivariance import MovedMaps, jumps, move_along
from cnn_core.store.store import load_network

WHOLE = {"conv1": 1, "pool1": 2, "conv2": 2, "pool2": 4, "conv3": 4, "pool3": 8}


def sees(layer: str, cell: int) -> tuple[int, int]:
    """First and last pixel that a cell of the improved network sees along an axis, outside included."""
    first = last = cell
    for name in list(WHOLE)[list(WHOLE).index(layer) :: -1]:
        first, last = (2 * first, 2 * last + 1) if "pool" in name else (first - 1, last + 1)
    return first, last


def test_jumps() -> None:
    """Each pool doubles the pixels between two cells; layers without maps have none."""
    assert jumps(Architecture()) == WHOLE


@pytest.mark.parametrize("move", [(0, 1), (0, -4), (2, 0), (-2, 2), (4, 4)])
def test_without_a_border_of_zeros_whole_moves_are_exact(
    mnist: Mnist, move: tuple[int, int]
) -> None:
    """The maps of the baseline move along wherever the move is a whole number of cells."""
    network = load_network("baseline")
    for image in mnist.test.images[:5]:
        for name, maps in move_along(network, image, *move).items():
            assert maps.is_whole == all(pixels % WHOLE[name] == 0 for pixels in move)
            if maps.is_whole:
                assert maps.cells == tuple(pixels // WHOLE[name] for pixels in move)
                assert maps.agreeing == maps.comparable > 0


@pytest.mark.parametrize("move", [(0, 4), (-4, 0)])
def test_with_one_only_what_sees_the_border_differs(mnist: Mnist, move: tuple[int, int]) -> None:
    """In the improved network a value that did not move along sees beyond the image, here or there."""
    seen_to_differ = 0
    for image in mnist.test.images[:5]:
        for name, maps in move_along(load_network("improved"), image, *move).items():
            if not maps.is_whole:
                continue
            for row, column, _ in np.argwhere(maps.differs):
                spans = [
                    sees(name, int(cell))
                    for place in ((row, column), (row - maps.cells[0], column - maps.cells[1]))
                    for cell in place
                ]
                assert any(first < 0 or last > 27 for first, last in spans), name
                seen_to_differ += 1
    assert seen_to_differ


def test_no_move_changes_nothing(mnist: Mnist) -> None:
    """Every value is where it was."""
    for maps in move_along(load_network("improved"), mnist.test.images[3], 0, 0).values():
        assert maps.agreeing == maps.comparable == maps.still.size


def test_part_of_a_cell_takes_the_better_neighbour(mnist: Mnist) -> None:
    """One pixel is half a cell of the pool: of no move and a move by one cell the better is taken."""
    maps = move_along(load_network("baseline"), mnist.test.images[0], 0, 1)["pool1"]
    assert not maps.is_whole
    assert maps.cells[0] == 0
    assert maps.cells[1] in (0, 1)
    others = move_along(load_network("baseline"), mnist.test.images[0], 0, 2)["pool1"]
    rows, columns = maps.still.shape[:2]
    at_once = int((maps.actual == maps.still).sum())
    by_one = int((maps.actual[:, 1:] == maps.still[:, :-1]).sum())
    assert maps.agreeing >= max(at_once, by_one)
    assert others.comparable == rows * (columns - 1) * maps.still.shape[2]


def test_direction() -> None:
    """Down is along rows, right along columns, and what comes from outside is no number."""
    still = np.arange(12, dtype=np.float32).reshape(3, 4, 1)
    from cnn_core.network.equivariance import _moved_maps

    maps: MovedMaps = _moved_maps("conv1", (1, -2), 1, (1, -2), still, still)
    np.testing.assert_array_equal(
        maps.along[..., 0],
        np.array([[np.nan] * 4, [2, 3, np.nan, np.nan], [6, 7, np.nan, np.nan]], np.float32),
    )
    assert maps.comparable == 4
    assert maps.agreeing == 0
    assert float(np.nanmax(maps.gap)) == 2
