"""The network in JavaScript computes what the one in NumPy computes, layer by layer."""

from __future__ import annotations

import base64
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.network.arithmetic import (
    Array,
    Padding,
    conv2d,
    max_pool,
    output_size,
    padding_widths,
)
from cnn_core.store.store import load_network
from tests.support.javascript import node_says
from tests.support.vectors import vectors
from ui.components.shared.network.sent import network_data
from ui.components.shared.register import base64_bytes

ANSWERS = Path(__file__).with_name("answers.js")
# What the sums of float32 differ by, which NumPy and JavaScript add up in another order.
NEAR = 1e-5

SIZES = [
    (size, kernel, stride, padding, dilation)
    for size, kernel, stride, padding, dilation in product(
        (1, 2, 7, 28), (1, 2, 3, 4, 11), (1, 2, 3), ("valid", "same", 0, 2), (1, 2, 3)
    )
]


def answer(kind: str, asked: object) -> Any:
    return node_says(str(ANSWERS), asked={"kind": kind, "asked": asked})


def floats(text: str) -> Array:
    return np.frombuffer(base64.b64decode(text), np.float32)


def sent_maps(maps: Array) -> dict[str, Any]:
    return {"values": base64_bytes(maps), "shape": maps.shape}


def received(maps: dict[str, Any]) -> Array:
    return floats(maps["values"]).reshape(maps["shape"])


def random_maps(rng: np.random.Generator, *shape: int) -> Array:
    """Values of which some are 0, as after a ReLU."""
    return np.maximum(rng.normal(size=shape) + 0.3, 0).astype(np.float32)


def test_every_layer_of_every_network() -> None:
    """Bundled networks and odd ones: each layer's output is within 1e-5 of NumPy's."""
    asked = [
        {"network": network_data(name, network), "images": base64_bytes(images)}
        for name, network, images, _ in vectors()
    ]

    for vector, theirs in zip(vectors(), answer("activations", asked), strict=True):
        for index, layers in enumerate(theirs):
            expected = [outputs[index] for outputs in vector.outputs.values()]
            for name, values, layer in zip(vector.outputs, layers, expected, strict=True):
                np.testing.assert_allclose(
                    floats(values),
                    layer.reshape(-1),
                    rtol=NEAR,
                    atol=NEAR,
                    err_msg=f"{vector.name}, {name}",
                )


@pytest.mark.parametrize("model", COMPARED)
def test_the_same_answer_for_every_test_digit(mnist: Mnist, model: str) -> None:
    """Both main networks read each of the 10,000 digits as they do in NumPy."""
    images, network = mnist.test.images, load_network(model)
    asked = {"network": network_data(model, network), "images": base64_bytes(images)}

    theirs = floats(answer("probabilities", asked)).reshape(len(images), 10)

    ours = network.predict(images)
    np.testing.assert_array_equal(theirs.argmax(axis=1), ours.argmax(axis=1))
    np.testing.assert_allclose(theirs, ours, atol=NEAR)


def test_sizes() -> None:
    """Padding widths and output sizes are those of Python, and what does not fit is refused alike."""

    def ours(of: tuple[Any, ...]) -> object:
        try:
            return [*padding_widths(*of), output_size(*of)]
        except ValueError as error:
            return f"RangeError: {error}"

    assert answer("sizes", SIZES) == [ours(of) for of in SIZES]


def test_convolutions_of_every_kind() -> None:
    """Any stride, padding and dilation, on maps that are not square."""
    rng = np.random.default_rng(0)
    asked, expected = [], []
    paddings: tuple[Padding, ...] = ("valid", "same", 1, 2)
    for size, stride, padding, dilation in product((1, 2, 3, 5), (1, 2, 3), paddings, (1, 2)):
        channels, filters = (int(count) for count in rng.integers(1, 10, 2))
        maps = random_maps(rng, 1, 9, 12, channels)
        kernels = rng.normal(size=(size, size, channels, filters)).astype(np.float32)
        bias = rng.normal(size=filters).astype(np.float32)
        asked.append(
            {
                "maps": sent_maps(maps[0]),
                "kernels": sent_maps(kernels),
                "bias": base64_bytes(bias),
                "stride": stride,
                "padding": padding,
                "dilation": dilation,
            }
        )
        expected.append(conv2d(maps, kernels, bias, stride, padding, dilation)[0])

    for theirs, ours in zip(answer("conv2d", asked), expected, strict=True):
        np.testing.assert_allclose(received(theirs), ours, rtol=NEAR, atol=NEAR)


def test_pooling_of_every_kind() -> None:
    """Any window and stride, on maps that are not square, negative values among them."""
    rng = np.random.default_rng(0)
    cases = [
        (rng.normal(size=(1, 9, 12, 3)).astype(np.float32), size, stride)
        for size, stride in product((1, 2, 3), (1, 2, 3))
    ]
    asked = [
        {"maps": sent_maps(maps[0]), "size": size, "stride": stride} for maps, size, stride in cases
    ]

    for theirs, case in zip(answer("maxPool", asked), cases, strict=True):
        np.testing.assert_array_equal(received(theirs), max_pool(*case)[0])


def test_network_data_says_all_there_is() -> None:
    """Layers in their order with their shapes, and every weight to the last bit."""
    network = load_network("improved")
    data = network_data("improved", network)

    assert data["id"] == "improved"
    assert [(layer["name"], layer["kind"], tuple(layer["shape"])) for layer in data["layers"]] == [
        (layer.name, layer.kind, layer.output_shape) for layer in network.architecture.layers()
    ]
    assert {layer["padding"] for layer in data["layers"]} == {"same"}
    assert list(data["weights"]) == list(network.weights)
    for name, sent in data["weights"].items():
        weights = network.weights[name]
        np.testing.assert_array_equal(
            floats(sent["kernel"]).reshape(sent["kernelShape"]), weights.kernel
        )
        np.testing.assert_array_equal(floats(sent["bias"]), weights.bias)
