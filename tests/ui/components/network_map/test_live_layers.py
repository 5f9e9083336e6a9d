"""A map that follows the network in the browser shows what Python would have sent of the same digit."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cnn_core.network.connections import contributions_between
from cnn_core.network.network import Network
from tests.support.javascript import node_says
from tests.support.vectors import vectors
from ui.components.network_map.network_map import map_data
from ui.components.shared.network.sent import network_data
from ui.components.shared.register import base64_bytes

ANSWERS = Path(__file__).with_name("answers.js")
# What the sums of float32 differ by, which NumPy and JavaScript add up in another order.
NEAR = 1e-5

Numbers = NDArray[Any]


def decoded(text: str, kind: type[np.generic]) -> Numbers:
    """An array of one axis."""
    return np.frombuffer(base64.b64decode(text), kind)


@pytest.fixture(scope="module")
def both() -> list[tuple[Network, dict[str, Numbers], dict[str, Any], dict[str, Any]]]:
    """Every network with one digit's outputs, what Python sends of them, and what the browser finds.

    The map that the browser starts from is another digit's.
    """
    cases = []
    for vector in vectors():
        other, digit = (
            {name: output[place] for name, output in vector.outputs.items()} for place in (0, 1)
        )
        cases.append((vector.name, vector.network, other, digit))
    asked = [
        {
            "map": map_data(network, other),
            "network": network_data(name, network),
            "outputs": [base64_bytes(output) for output in digit.values()],
        }
        for name, network, other, digit in cases
    ]
    return [
        (network, digit, map_data(network, digit), found)
        for (_, network, _, digit), found in zip(
            cases, node_says(str(ANSWERS), asked=asked), strict=True
        )
    ]


def test_shades_and_peaks_are_the_same_bytes(both: list[Any]) -> None:
    """And so is all that a map says of a layer, whatever the digit."""
    connected = {"inputs", "shares"}
    for _, _, sent, found in both:
        for layer, live in zip(sent["layers"], found["live"], strict=True):
            assert {name: live[name] for name in layer.keys() - connected} == {
                name: layer[name] for name in layer.keys() - connected
            }


def test_connections_are_the_strongest_that_python_finds(both: list[Any]) -> None:
    """As many of each unit, in the same order but for equals, each with what it adds."""
    for network, digit, sent, found in both:
        contributions = contributions_between(network, digit)
        for layer, live in zip(sent["layers"], found["live"], strict=True):
            if layer["inputs"] is None:
                assert live["inputs"] is None
                assert live["shares"] is None
                continue
            shape = (layer["count"], -1)
            expected = decoded(layer["shares"], np.float32).reshape(shape)
            inputs = decoded(live["inputs"], np.uint16).reshape(shape).astype(int)
            shares = decoded(live["shares"], np.float32).reshape(shape)
            near = NEAR * max(1.0, float(np.abs(expected).max()))
            np.testing.assert_allclose(np.abs(shares), np.abs(expected), atol=near)
            theirs = np.take_along_axis(contributions[layer["name"]].T, inputs, axis=1)
            np.testing.assert_allclose(shares, theirs, atol=near)
            assert all(len(set(each)) == inputs.shape[1] for each in inputs)
            # Where sizes differ clearly, the inputs themselves are the same.
            sizes = np.abs(expected)
            clear = np.ones(sizes.shape, bool)
            clear[:, 1:] &= sizes[:, :-1] - sizes[:, 1:] > near
            clear[:, :-1] &= sizes[:, :-1] - sizes[:, 1:] > near
            clear[:, -1] = False
            named = decoded(layer["inputs"], np.uint16).reshape(shape)
            np.testing.assert_array_equal(inputs[clear], named[clear])


def test_without_anything_to_read_all_is_dark_and_nothing_is_connected(both: list[Any]) -> None:
    """Every shade, peak and share is 0; the layers are the same."""
    for _, _, sent, found in both:
        for layer, silent in zip(sent["layers"], found["silent"], strict=True):
            assert silent["count"] == layer["count"]
            assert len(decoded(silent["shades"], np.uint8)) == len(
                decoded(layer["shades"], np.uint8)
            )
            assert not decoded(silent["shades"], np.uint8).any()
            assert not decoded(silent["peaks"], np.float32).any()
            if layer["shares"] is not None:
                assert not decoded(silent["shares"], np.float32).any()
