"""What the browser is sent of a network is what the network computes."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import IMPROVED, Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.connections import contributions_between
from cnn_core.network.network import Network
from tests.support.networks import random_network
from tests.support.seen import alone, components
from ui.components.network_map.network_map import CONNECTIONS_SENT, map_data, network_map
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
    assert inputs.shape[1] == CONNECTIONS_SENT
    for unit in (0, 7, 127):
        np.testing.assert_array_equal(values[unit], shares[inputs[unit], unit])
        sizes = np.abs(shares[:, unit])
        assert (np.abs(values[unit]) == np.sort(sizes)[::-1][:CONNECTIONS_SENT]).all()


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


VECTORS = Path(__file__).parent / "network_map" / "trace.json"
# Few enough that some of the small network's units are left behind in each of its wider layers.
FOLLOWED = 2


def way_back(
    network: Network, activations: dict[str, Array], layer: int, unit: int
) -> list[list[list[float]]]:
    """The lines back from a unit, by layer: from, to, part and sign, as matrices compute them.

    What arrives at a layer is a product of matrices: of each unit's inputs, all but those that are not
    sent set to 0, the sizes by column, divided by their sum, times what the units have.
    """
    table = network.architecture.layers()
    shares = contributions_between(network, activations)
    has = np.zeros(table[layer].output_shape[-1])
    has[unit] = 1
    links: list[list[list[float]]] = [[] for _ in table]
    for place in range(layer, 0, -1):
        inputs, units = (table[at].output_shape[-1] for at in (place - 1, place))
        name = table[place].name
        if name in shares:
            adds = shares[name].astype(np.float64)
            sent = np.argsort(np.argsort(-np.abs(adds), axis=0, kind="stable"), axis=0)
            adds[sent >= CONNECTIONS_SENT] = 0
        else:  # A cell of the flattened maps comes from the map that it stood in.
            adds = (np.arange(inputs)[:, None] == np.arange(units) % inputs).astype(np.float64)
        sizes = np.abs(adds).sum(axis=0)
        hands = np.divide(np.abs(adds), sizes, out=np.zeros_like(adds), where=sizes > 0) * has
        has = hands.sum(axis=1)
        has[np.argsort(-has, kind="stable")[FOLLOWED:]] = 0
        links[place] = [
            [int(start), int(end), hands[start, end], np.sign(adds[start, end]) * (name in shares)]
            for end, start in np.argwhere(hands.T)
            if has[start]
        ]
    return links


def test_ways_back_are_those_of_numpy(mnist: Mnist) -> None:
    """The numbers that the test of trace.js reads are those of a small network, and its ways back.

    Where they are no longer, `json.dumps(expected)` is what belongs into the file.
    """
    network = random_network(Architecture(filters=(3, 4), kernel_size=5, dense_units=5))
    activations = {n: v[0] for n, v in network.activations(mnist.test.images[:1]).items()}
    sent = map_data(network, activations)
    names = [layer.name for layer in network.architecture.layers()]
    expected: dict[str, Any] = {
        "layers": [{k: row[k] for k in ("count", "inputs", "shares")} for row in sent["layers"]],
        "most": FOLLOWED,
        "ways": [
            {
                "layer": names.index(name),
                "unit": unit,
                "links": way_back(network, activations, names.index(name), unit),
            }
            for name, unit in (
                *(("output", 0), ("output", 7), ("dropout", 1), ("dense", 2), ("flatten", 13)),
                *(("pool2", 3), ("conv2", 1), ("conv1", 2), ("rescaling", 0)),
            )
        ],
    }
    stored = json.loads(VECTORS.read_text(encoding="utf-8"))

    for ours, theirs in zip(expected["layers"], stored["layers"], strict=True):
        assert ours["count"] == theirs["count"]
        if ours["inputs"] is not None:
            assert ours["inputs"] == theirs["inputs"]
            np.testing.assert_allclose(floats(ours["shares"]), floats(theirs["shares"]), rtol=1e-4)
    assert stored["most"] == FOLLOWED
    for ours, theirs in zip(expected["ways"], stored["ways"], strict=True):
        assert (ours["layer"], ours["unit"]) == (theirs["layer"], theirs["unit"])
        for into, theirs_into in zip(ours["links"], theirs["links"], strict=True):
            np.testing.assert_allclose(into, theirs_into, rtol=1e-4)


def floats(encoded: str) -> Array:
    """Numbers as the browser gets them."""
    return np.frombuffer(base64.b64decode(encoded), np.float32)
