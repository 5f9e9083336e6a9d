"""A unit that is looked at holds the network's own numbers, and those that it was made from."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.store.store import load_network
from ui.inside.units.unit import unit_of


@pytest.mark.parametrize(
    ("layer", "before", "number", "title"),
    [
        ("rescaling", "rescaling", 0, "The digit after rescaling"),
        ("conv1", "rescaling", 0, "Map 0 of conv1"),
        ("conv2", "pool1", 7, "Map 7 of conv2"),
        ("output", "dropout", 7, "Unit 7 of output"),
    ],
)
def test_a_unit_is_fed_by_the_layer_before(
    layer: str, before: str, number: int, title: str, mnist: Mnist
) -> None:
    """Its values are its own part of the layer's output, its inputs all that the layer before puts out."""
    network, digit = load_network("baseline"), mnist_digit(mnist, "test", 42)
    outputs = network.activations(digit.image[np.newaxis])

    unit = unit_of(network, digit, layer, number)

    assert unit.title == title
    np.testing.assert_array_equal(unit.values, outputs[layer][0, ..., unit.number])
    np.testing.assert_array_equal(unit.inputs, outputs[before][0])
