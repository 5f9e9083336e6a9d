"""A unit's patch of a digit is what its cell sees, where it sees it."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.receptive_field import receptive_field
from cnn_core.store.store import load_network
from ui.why.unit_looked_at import LookedAt


def looked_at(architecture: Architecture, layer: str, number: int = 0) -> LookedAt:
    layers = {each.name: each for each in architecture.layers()}
    return LookedAt(architecture, layers[layer], number)


def test_names() -> None:
    """Of a map and of a unit, in a sentence and at its start."""
    assert looked_at(BASELINE, "conv2", 5).title == "Map 5 of conv2"
    assert looked_at(BASELINE, "conv2", 5).name == "map 5 of conv2"
    assert looked_at(BASELINE, "dense", 7).title == "Unit 7 of dense"
    assert "wherever" in looked_at(BASELINE, "conv1").response
    assert "wherever" not in looked_at(BASELINE, "dense").response


@pytest.mark.parametrize(
    ("architecture", "layer", "side"),
    [
        (BASELINE, "conv1", 3),
        (BASELINE, "conv2", 8),
        (IMPROVED, "conv3", 18),
        (BASELINE, "dense", 22),
    ],
)
def test_a_patch_in_the_middle_is_a_piece_of_the_image(
    mnist: Mnist, architecture: Architecture, layer: str, side: int
) -> None:
    """All of it opaque, in greys, as large as the receptive field."""
    unit = looked_at(architecture, layer)
    image = mnist.test.images[42]
    patch = unit.patch(image, unit.middle)
    field = receptive_field(architecture, layer, *unit.middle)
    assert unit.side == side
    assert patch.shape == (side, side, 4)
    assert (patch[..., 3] == 255).all()
    np.testing.assert_array_equal(
        patch[..., 0],
        image[field.rows.first : field.rows.last + 1, field.columns.first : field.columns.last + 1],
    )


def test_what_is_beyond_the_edge_is_translucent() -> None:
    """On the side where the image ends: above and left of the first cell, below and right of the last."""
    image = np.arange(784, dtype=np.uint16).reshape(28, 28).astype(np.uint8)
    unit = looked_at(IMPROVED, "conv1")
    first, last, mixed = (unit.patch(image, cell) for cell in ((0, 0), (27, 27), (0, 27)))
    opaque = np.array([[0, 0, 0], [0, 255, 255], [0, 255, 255]]) > 0
    for patch, there in ((first, opaque), (last, opaque[::-1, ::-1]), (mixed, opaque[:, ::-1])):
        np.testing.assert_array_equal(patch[..., 3] == 255, there)
    np.testing.assert_array_equal(first[1:, 1:, 0], image[:2, :2])
    np.testing.assert_array_equal(last[:2, :2, 0], image[-2:, -2:])
    np.testing.assert_array_equal(mixed[1:, :2, 0], image[:2, -2:])


def test_cells_that_nobody_reads() -> None:
    """The last row and column of the 3×3 maps of baseline's conv3; of 7×7 too."""
    for architecture, read in ((BASELINE, 2), (IMPROVED, 6)):
        unit = looked_at(architecture, "conv3")
        rows = unit.layer.output_shape[0]
        for cell in np.ndindex(rows, rows):
            assert unit.is_unheard((cell[0], cell[1])) == (max(cell) >= read)
    assert not looked_at(BASELINE, "dense").is_unheard((0, 0))


def test_the_strongest_cell(mnist: Mnist) -> None:
    """The largest value of the map, row before column; of a dense unit its value."""
    network = load_network("baseline")
    outputs = {
        name: values[0] for name, values in network.activations(mnist.test.images[42:43]).items()
    }
    for number in range(16):
        unit = looked_at(BASELINE, "conv1", number)
        response, (row, column) = unit.strongest(outputs["conv1"])
        assert response == outputs["conv1"][row, column, number]
        assert response == outputs["conv1"][..., number].max()
    response, cell = looked_at(BASELINE, "dense", 9).strongest(outputs["dense"])
    assert (response, cell) == (outputs["dense"][9], (0, 0))
