"""What inputs add to a unit: together, and with the bias, they are the network's own sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.arithmetic import Array, conv2d
from cnn_core.network.connections import contributions_between, conv_window, strongest, weighted_sum
from cnn_core.network.network import Network
from tests.support.networks import random_network
from tests.support.strategies import architectures


def activations_of(network: Network, mnist: Mnist) -> dict[str, Array]:
    """Every layer's output for one digit."""
    return {name: v[0] for name, v in network.activations(mnist.test.images[:1]).items()}


@settings(max_examples=15)
@given(architecture=architectures())
def test_shares_add_up(mnist: Mnist, architecture: Architecture) -> None:
    """All shares of a unit and its biases are the sum of its map before ReLU, or its logit."""
    network = random_network(architecture)
    activations = activations_of(network, mnist)
    shares = contributions_between(network, activations)

    values = activations["rescaling"]
    for layer in architecture.layers()[1:]:
        learned = network.weights.get(layer.name)
        if layer.kind == "convolution" and learned:
            sums = conv2d(
                values[np.newaxis], learned.kernel, learned.bias, padding=architecture.padding
            )
            places = layer.output_shape[0] ** 2
            together = shares[layer.name].sum(axis=0) + places * learned.bias
            np.testing.assert_allclose(together, sums[0].sum(axis=(0, 1)), rtol=1e-3, atol=1e-3)
        elif layer.kind == "dense" and learned:
            together = shares[layer.name].sum(axis=0) + learned.bias
            expected = values @ learned.kernel + learned.bias
            np.testing.assert_allclose(together, expected, rtol=1e-4, atol=1e-4)
        else:
            assert layer.name not in shares
        values = activations[layer.name]


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
def test_a_dense_sum_taken_apart(mnist: Mnist, architecture: Architecture) -> None:
    """Products and bias make the total; through ReLU, or as a logit, it is the network's value."""
    network = random_network(architecture)
    activations = activations_of(network, mnist)
    logits = network.logits(mnist.test.images[:1])[0]
    for unit in (0, 5, 9):
        hidden = weighted_sum(network, "dense", unit, activations["flatten"])
        assert hidden.products.sum() + hidden.bias == pytest.approx(hidden.total, abs=1e-4)
        assert max(hidden.total, 0) == activations["dense"][unit]
        output = weighted_sum(network, "output", unit, activations["dropout"])
        assert output.total == logits[unit]


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
def test_a_window_makes_its_cell(mnist: Mnist, architecture: Architecture) -> None:
    """Window times kernel plus bias, ReLU: the cell of the map, on the edge as in the middle."""
    network = random_network(architecture)
    activations = activations_of(network, mnist)
    learned = network.weights["conv2"]
    last = activations["conv2"].shape[0] - 1
    for row, column in ((0, 0), (3, 4), (last, last)):
        window = conv_window(network, activations["pool1"], 3, row, column)
        assert window.shape == (3, 3, 16)
        # Before ReLU, which would hide every negative sum.
        sums = (window[..., np.newaxis] * learned.kernel).sum(axis=(0, 1, 2)) + learned.bias
        expected = conv2d(
            activations["pool1"][np.newaxis],
            learned.kernel,
            learned.bias,
            padding=network.architecture.padding,
        )[0, row, column]
        np.testing.assert_allclose(sums, expected, atol=1e-4)


@given(
    inputs=st.integers(1, 6),
    units=st.integers(1, 4),
    most=st.integers(1, 8),
    seed=st.integers(0, 99),
)
def test_the_strongest_come_first(inputs: int, units: int, most: int, seed: int) -> None:
    """For every unit the largest shares in falling size, whatever their sign."""
    shares = np.random.default_rng(seed).normal(size=(inputs, units)).astype(np.float32)
    places, values = strongest(shares, most)

    assert places.shape == values.shape == (units, min(most, inputs))
    for unit in range(units):
        np.testing.assert_array_equal(shares[places[unit], unit], values[unit])
        sizes = sorted(np.abs(shares[:, unit]), reverse=True)
        np.testing.assert_array_equal(np.abs(values[unit]), sizes[:most])


def test_silent_inputs_fill_up() -> None:
    """Where fewer inputs say anything than are asked for, silent ones stand behind them."""
    shares = np.zeros((5, 2), np.float32)
    shares[3] = (2, -1)
    places, values = strongest(shares, 3)
    assert places.shape == (2, 3)
    assert places[:, 0].tolist() == [3, 3]
    assert values.tolist() == [[2, 0, 0], [-1, 0, 0]]
