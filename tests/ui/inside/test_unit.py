"""A unit that is looked at holds the network's own numbers, and those that it was made from."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.store.store import load_network
from ui.inside.units.unit import unit_of


@pytest.mark.parametrize(
    ("layer", "before", "title"),
    [
        ("rescaling", "rescaling", "Map 0 of rescaling"),
        ("conv1", "rescaling", "Map 0 of conv1"),
        ("conv2", "pool1", "Map 7 of conv2"),
        ("output", "dropout", "Unit 7 of output"),
    ],
)
def test_a_unit_is_fed_by_the_layer_before(
    layer: str, before: str, title: str, mnist: Mnist
) -> None:
    """Its values are its own part of the layer's output, its inputs all that the layer before puts out."""
    network, digit = load_network("baseline"), mnist_digit(mnist, "test", 42)
    outputs = network.activations(digit.image[np.newaxis])

    unit = unit_of(network, digit, layer, int(title.split()[1]))

    assert unit.title == title
    np.testing.assert_array_equal(unit.values, outputs[layer][0, ..., unit.number])
    np.testing.assert_array_equal(unit.inputs, outputs[before][0])
