"""What the browser is sent of a network is what the network computes."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import IMPROVED, Architecture
from cnn_core.network.connections import contributions_between
from tests.support.networks import random_network
from tests.support.seen import alone, components
from ui.components.network_map.network_map import CONNECTIONS_SHOWN, map_data, network_map
from ui.look.colors import ACTIVATION_SCALE, PIXEL_SCALE


@pytest.mark.parametrize("architecture", [IMPROVED, Architecture(filters=(3,), dense_units=5)])
def test_every_unit_arrives(mnist: Mnist, architecture: Architecture) -> None:
    """All maps and units, as shades of their layer's scale, with their largest values."""
    network = random_network(architecture)
    activations = {n: v[0] for n, v in network.activations(mnist.test.images[:1]).items()}
    data = json.loads(json.dumps(map_data(network, activations)))

    for layer, sent in zip(architecture.layers(), data["layers"], strict=True):
        values = activations[layer.name]
        maps = values.transpose(2, 0, 1) if values.ndim == 3 else values[:, None, None]
        assert (sent["count"], sent["rows"], sent["columns"]) == maps.shape
        shades = np.frombuffer(base64.b64decode(sent["shades"]), np.uint8).reshape(maps.shape)
        np.testing.assert_allclose(shades / 255 * maps.max(), maps, atol=maps.max() / 500)
        peaks = np.frombuffer(base64.b64decode(sent["peaks"]), np.float32)
        np.testing.assert_array_equal(peaks, maps.max(axis=(1, 2)))


def test_connections_arrive(mnist: Mnist) -> None:
    """Of every unit the strongest inputs, with what they add."""
    network = random_network(IMPROVED)
    activations = {n: v[0] for n, v in network.activations(mnist.test.images[:1]).items()}
    sent = map_data(network, activations)["layers"][8]
    shares = contributions_between(network, activations)["dense"]

    inputs = np.frombuffer(base64.b64decode(sent["inputs"]), np.uint16).reshape(128, -1)
    values = np.frombuffer(base64.b64decode(sent["shares"]), np.float32).reshape(128, -1)
    assert inputs.shape[1] == CONNECTIONS_SHOWN
    for unit in (0, 7, 127):
        np.testing.assert_array_equal(values[unit], shares[inputs[unit], unit])
        sizes = np.abs(shares[:, unit])
        assert (np.abs(values[unit]) == np.sort(sizes)[::-1][:CONNECTIONS_SHOWN]).all()


def test_a_dark_layer(mnist: Mnist) -> None:
    """Nothing on the image and nothing in any map is no error, and dark."""
    network = random_network(IMPROVED)
    none = {
        n: np.zeros(v.shape[1:], np.float32)
        for n, v in network.activations(mnist.test.images[:1]).items()
    }
    data = map_data(network, none)
    assert not np.frombuffer(base64.b64decode(data["layers"][1]["shades"]), np.uint8).any()


def test_lines_that_raise_are_blue_and_those_that_lower_orange(mnist: Mnist) -> None:
    """The page says so; maps go from dark to yellow, and pixels are grey."""
    network = random_network(Architecture(filters=(3,), dense_units=5))
    activations = {n: v[0] for n, v in network.activations(mnist.test.images[:1]).items()}
    data = map_data(network, activations)

    red, _, blue = bytes.fromhex(data["positive"][1:])
    assert blue > red + 60
    red, _, blue = bytes.fromhex(data["negative"][1:])
    assert red > blue + 60
    assert data["scales"] == {"activations": ACTIVATION_SCALE, "pixels": PIXEL_SCALE}
    assert [(layer["title"], layer["shape"], layer["unitName"]) for layer in data["layers"]] == [
        ("Rescaling", "28 × 28 × 1", "map"),
        ("Convolution + ReLU", "26 × 26 × 3", "map"),
        ("Max pooling", "13 × 13 × 3", "map"),
        ("Flatten", "507", "value"),
        ("Dense + ReLU", "5", "unit"),
        ("Dropout", "5", "unit"),
        ("Dense + softmax", "10", "unit"),
    ]
    assert [layer["inputs"] is not None for layer in data["layers"]] == [
        False,
        True,
        False,
        False,
        True,
        False,
        True,
    ]


def test_the_chosen_unit_is_marked(mnist: Mnist) -> None:
    """By the number of its layer, from 0, and its own."""
    network = random_network(Architecture(filters=(3,), dense_units=5))
    activations = {n: v[0] for n, v in network.activations(mnist.test.images[:1]).items()}

    def show() -> None:
        network_map(
            network, activations, ("pool1", 2), "The network", key="map", on_choice=lambda *_: None
        )

    (data,) = components(alone(show), "layers")
    assert data["chosen"] == {"layer": 2, "unit": 2}
