"""Networks that nobody trained, for tests that only need some weights."""

from __future__ import annotations

import numpy as np

from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network, Weights


def random_network(architecture: Architecture, seed: int = 0) -> Network:
    """A network with random weights, so scaled that signals neither fade nor explode."""
    rng = np.random.default_rng(seed)
    weights = {}
    for name, (kernel, bias) in architecture.weight_shapes().items():
        scale = np.sqrt(2 / np.prod(kernel[:-1]))
        weights[name] = Weights(
            (rng.normal(size=kernel) * scale).astype(np.float32),
            (rng.normal(size=bias) * 0.1).astype(np.float32),
        )
    return Network(architecture, weights)


def assert_same_weights(network: Network, expected: Network) -> None:
    """Two networks have the same layers, with the same kernels and biases to the last bit."""
    assert list(network.weights) == list(expected.weights)
    for name, weights in expected.weights.items():
        np.testing.assert_array_equal(network.weights[name].kernel, weights.kernel)
        np.testing.assert_array_equal(network.weights[name].bias, weights.bias)
