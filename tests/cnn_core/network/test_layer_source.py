"""The source that pages show is the source that runs."""

from __future__ import annotations

import ast
import inspect

import pytest

from cnn_core.network import arithmetic
from cnn_core.network.architecture import BASELINE, Architecture, Layer
from cnn_core.network.layer_source import keras_source, numpy_source
from cnn_core.network.network import Network

LAYERS = BASELINE.layers()


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_layer_has_its_lines(layer: Layer) -> None:
    """Both texts are complete Python, and every line of them stands in the source."""
    ast.parse(keras_source(layer))
    wholes = [
        inspect.getsource(Architecture.to_keras),
        inspect.getsource(Network.layer_output),
        inspect.getsource(arithmetic),
    ]
    for line in (keras_source(layer) + "\n" + numpy_source(layer)).splitlines():
        assert line == "# In the network:" or any(line.strip() in whole for whole in wholes)


@pytest.mark.parametrize(
    ("name", "kind", "functions"),
    [
        ("conv2", "Conv2D", ["conv2d", "relu"]),
        ("pool1", "MaxPooling2D", ["max_pool"]),
        ("dense", "Dense", ["dense", "relu"]),
        ("output", "Dense", ["dense", "softmax"]),
        ("flatten", "Flatten", []),
        ("dropout", "Dropout", []),
        ("rescaling", "Rescaling", []),
    ],
)
def test_the_right_lines(name: str, kind: str, functions: list[str]) -> None:
    """Each layer shows its own Keras call and the functions that compute it, and no others."""
    layer = next(layer for layer in LAYERS if layer.name == name)
    assert keras_source(layer).startswith(f"layers.{kind}(")
    shown = numpy_source(layer)
    for function in ("conv2d", "relu", "max_pool", "dense", "softmax"):
        assert (f"def {function}(" in shown) == (function in functions)


def test_two_dense_layers_are_told_apart() -> None:
    """The hidden one has ReLU, the last one softmax."""
    dense, output = LAYERS[-3], LAYERS[-1]
    assert 'activation="relu"' in keras_source(dense)
    assert 'activation="softmax"' in keras_source(output)
