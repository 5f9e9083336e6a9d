"""The source that pages show is the source that runs."""

from __future__ import annotations

import inspect

import pytest

from cnn_core.network import arithmetic
from cnn_core.network.architecture import BASELINE, Layer
from cnn_core.network.layer_source import numpy_source
from cnn_core.network.network import Network

LAYERS = BASELINE.layers()


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_layer_has_its_lines(layer: Layer) -> None:
    """Every line of the text stands in the source."""
    wholes = [inspect.getsource(Network.layer_output), inspect.getsource(arithmetic)]
    for line in numpy_source(layer).splitlines():
        assert line == "# In the network:" or any(line.strip() in whole for whole in wholes)


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("conv2", ["conv2d", "relu"]),
        ("pool1", ["max_pool"]),
        ("dense", ["dense", "relu"]),
        ("output", ["dense", "softmax"]),
        ("flatten", []),
        ("dropout", []),
        ("rescaling", []),
    ],
)
def test_the_right_lines(name: str, functions: list[str]) -> None:
    """Each layer shows the functions that compute it, and no others."""
    layer = next(layer for layer in LAYERS if layer.name == name)
    shown = numpy_source(layer)
    for function in ("conv2d", "relu", "max_pool", "dense", "softmax"):
        assert (f"def {function}(" in shown) == (function in functions)
