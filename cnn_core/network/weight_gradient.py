"""How the loss of a batch changes with every weight: what training asks before each step.

The chain rule ends at a weight as simply as this: what the weight reads, times how the loss changes
with the sum that it is read for, added up over all places of the layer and all images of the batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.network.architecture import Layer
from cnn_core.network.arithmetic import Array, dense, pad, window_positions
from cnn_core.network.gradient import backward, relu_backward
from cnn_core.network.network import Network, Weights
from cnn_core.network.weight_place import WeightPlace, with_weight

Losses = NDArray[np.float64]


@dataclass(frozen=True)
class BatchPass:
    """What a batch of n images makes of a network, forwards and backwards; dropout is left out.

    activations: every layer's output, by layer name, float32 (n, *output_shape).
    losses: −ln of the probability of each image's label, in nats, float64 (n,).
    by_sums: how the loss of each image changes with every sum before ReLU or softmax, by name of
        the layers that have weights, float32 (n, *output_shape).
    """

    activations: dict[str, Array]
    losses: Losses
    by_sums: dict[str, Array]

    @property
    def loss(self) -> float:
        """The mean over the batch, in nats."""
        return float(self.losses.mean())


@dataclass(frozen=True)
class Meeting:
    """One weight and a batch: where the two factors of its gradient meet.

    reads: what the weight reads, 1 for a bias; float32 (n, rows, columns) for a convolution, (n,)
        for a dense layer.
    by_sums: how the loss of each image changes with the sum that it is read for, of the same shape.
    """

    reads: Array
    by_sums: Array

    @property
    def by_image(self) -> Array:
        """How each image's loss changes with the weight, float32 (n,); their mean is the gradient."""
        return np.asarray((self.reads * self.by_sums).reshape(len(self.reads), -1).sum(axis=1))


def cross_entropies(logits: Array, labels: NDArray[np.integer]) -> Losses:
    """−ln of the probability that softmax gives each label: (n, 10), (n,) → nats, float64 (n,).

    From the logits: −ln p = ln Σe^z − z, which is exact also where p is too small to be written.
    """
    z = logits.astype(np.float64)
    most = z.max(axis=1, keepdims=True)
    totals = most[:, 0] + np.log(np.exp(z - most).sum(axis=1))
    return np.asarray(totals - z[np.arange(len(labels)), labels])


def forwards_and_backwards(
    network: Network, images: NDArray[np.uint8], labels: NDArray[np.integer]
) -> BatchPass:
    """Read a batch, uint8 (n, 28, 28) with labels (n,), and follow its loss back to every sum."""
    activations = network.activations(images)
    logits = dense(activations["dropout"], *_arrays(network.weights["output"]))
    # Softmax and cross-entropy together: the loss changes with each logit by p − t.
    errors = activations["output"] - np.eye(CLASSES, dtype=np.float32)[labels]
    by_sums = {name: np.empty_like(activations[name]) for name in network.weights}
    by_sums["output"] = errors
    for image, error in enumerate(errors):
        one = {name: values[image] for name, values in activations.items()}
        by_outputs = backward(network, one, error)
        for name in network.weights:
            if name != "output":
                by_sums[name][image] = relu_backward(by_outputs[name], one[name])
    return BatchPass(activations, cross_entropies(logits, labels), by_sums)


def weight_gradients(network: Network, batch: BatchPass) -> dict[str, Weights]:
    """How the mean loss changes with every kernel and bias, by layer name, of their shapes."""
    found = {}
    for name in network.weights:
        layer, inputs = _layer_with_inputs(network, batch.activations, name)
        by_sums = batch.by_sums[layer.name] / np.float32(len(batch.losses))
        # All images, and all places of a convolution, one below the other.
        column = by_sums.reshape(-1, by_sums.shape[-1])
        kernel = [
            seen.reshape(len(column), -1).T @ column for seen in _seen(network, layer, inputs)
        ]
        shape = network.weights[layer.name].kernel.shape
        found[layer.name] = Weights(np.stack(kernel).reshape(shape), column.sum(axis=0))
    return found


def meeting(network: Network, batch: BatchPass, place: WeightPlace) -> Meeting:
    """The two factors of the gradient of one weight, for each image and each place."""
    by_sums = batch.by_sums[place.layer][..., place.unit]
    if place.part == "bias":
        return Meeting(np.ones_like(by_sums), by_sums)
    layer, inputs = _layer_with_inputs(network, batch.activations, place.layer)
    *position, channel, _ = place.index
    seen = _seen(network, layer, inputs)
    size = network.architecture.kernel_size
    return Meeting(seen[position[0] * size + position[1] if position else 0][..., channel], by_sums)


def loss_along(
    network: Network,
    images: NDArray[np.uint8],
    labels: NDArray[np.integer],
    place: WeightPlace,
    values: NDArray[np.float64],
) -> Losses:
    """The mean loss of a batch for other values (m,) of one weight, all others as they are: (m,).

    Only its layer and those after it are computed again for each value.
    """
    layer, inputs = _layer_with_inputs(network, network.activations(images), place.layer)
    layers = network.architecture.layers()
    later = layers[layers.index(layer) : -1]
    losses = []
    for value in values:
        changed = with_weight(network, place, float(value))
        outputs = inputs
        for each in later:
            outputs = changed.layer_output(each, outputs)
        logits = dense(outputs, *_arrays(changed.weights["output"]))
        losses.append(cross_entropies(logits, labels).mean())
    return np.array(losses)


def _layer_with_inputs(
    network: Network, activations: Mapping[str, Array], name: str
) -> tuple[Layer, Array]:
    """A layer that has weights, and what it reads."""
    layers = network.architecture.layers()
    place = [layer.name for layer in layers].index(name)
    return layers[place], activations[layers[place - 1].name]


def _seen(network: Network, layer: Layer, inputs: Array) -> list[Array]:
    """What each position of the kernel reads at every place; a dense layer has one position."""
    if layer.kind == "dense":
        return [inputs]
    size = network.architecture.kernel_size
    return window_positions(pad(inputs, size, padding=network.architecture.padding), size)


def _arrays(weights: Weights) -> tuple[Array, Array]:
    return weights.kernel, weights.bias
