"""What the inputs of a unit add to it, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array, dense, pad, windows
from cnn_core.network.network import Network


@dataclass(frozen=True)
class WeightedSum:
    """One unit of a dense layer for one digit: sum(inputs · weights) + bias.

    inputs, weights, products: float32 (inputs,).
    total: the sum with the bias, before the activation function.
    """

    inputs: Array
    weights: Array
    products: Array
    bias: float
    total: float


def weighted_sum(network: Network, layer: str, unit: int, inputs: Array) -> WeightedSum:
    """Take the sum of a dense unit apart; inputs float32 (inputs,) come from the layer before."""
    learned = network.weights[layer]
    # All units at once, as the network does it: another order of adding changes the last bit.
    total = float(dense(inputs[np.newaxis], learned.kernel, learned.bias)[0, unit])
    weights = learned.kernel[:, unit]
    return WeightedSum(inputs, weights, inputs * weights, float(learned.bias[unit]), total)


def conv_window(network: Network, maps: Array, kernel_size: int, row: int, column: int) -> Array:
    """What a kernel reads for one output cell: float32 (size, size, channels), padding as zeros.

    maps: what the layer before puts out, float32 (height, width, channels).
    """
    padded = pad(maps[np.newaxis], kernel_size, padding=network.architecture.padding)
    return np.asarray(windows(padded, kernel_size)[0, row, column].transpose(1, 2, 0))


def contributions_between(network: Network, activations: Mapping[str, Array]) -> dict[str, Array]:
    """What each input adds to each unit, by name of the layer: float32 (inputs, units).

    activations: every layer's output for one digit, float32 of its output shape.
    For a dense layer this is activation · weight. For a convolution an input is a whole map, and
    the number is what it adds to the sums of the unit's map, all places together, before bias and
    ReLU.
    """
    shares: dict[str, Array] = {}
    before: Array | None = None
    for layer in network.architecture.layers():
        if layer.kind == "convolution" and before is not None:
            shares[layer.name] = _conv_shares(network, layer.name, before)
        elif layer.kind == "dense" and before is not None:
            shares[layer.name] = before[:, np.newaxis] * network.weights[layer.name].kernel
        before = activations[layer.name]
    return shares


def strongest(shares: Array, most: int) -> tuple[NDArray[np.int64], Array]:
    """For every unit its inputs of largest size, in falling order.

    shares (inputs, units) → positions int64 and shares float32, both (units, most) or fewer.
    """
    # Most inputs are silent and add nothing to any unit; sorting them too took three times as long.
    heard = np.flatnonzero(shares.any(axis=1))
    if len(heard) < most:
        heard = np.arange(len(shares))
    order = np.argsort(-np.abs(shares[heard]), axis=0, kind="stable")[:most]
    strongest = heard[order]
    return strongest.T, np.take_along_axis(shares, strongest, axis=0).T


def _conv_shares(network: Network, layer: str, maps: Array) -> Array:
    kernel = network.weights[layer].kernel
    padded = pad(maps[np.newaxis], len(kernel), padding=network.architecture.padding)
    # Each weight meets one input value per place; their sum can be multiplied once.
    met = windows(padded, len(kernel))[0].sum(axis=(0, 1))
    return np.asarray(np.einsum("dij,ijdf->df", met, kernel))
