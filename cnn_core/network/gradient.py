"""How a network's answer changes with every value inside it: the chain rule, layer by layer.

Here the weights stay, and only the values that one digit causes are asked; weight_gradient.py asks
for the weights, as training does. Every function takes the gradient with respect to a layer's
output and gives the one with respect to its input.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from cnn_core.network.architecture import POOL_SIZE, Layer
from cnn_core.network.arithmetic import Array, padding_widths
from cnn_core.network.network import Network
from cnn_core.network.pooling import shares


def gradients(network: Network, activations: Mapping[str, Array], label: int) -> dict[str, Array]:
    """How the logit of a label changes with every layer's output, by layer name.

    activations: every layer's output for one digit, float32 of its output shape.
    Each gradient is a float32 array of the same shape: logit per unit of the value. The output
    layer is left out: its values come after softmax.

    The logit is piecewise affine, and where pieces meet it has no slope. ReLU is given one of 0 at
    0, as in TensorFlow. In a pooling window with several largest values each gets an equal part of
    the slope: the mean over all ways to choose a winner, which turns and flips with the digit, while
    TensorFlow gives all to the first. Ties are common: even paper and even ink are full of them.
    Raises ValueError for a label that is not 0 to 9.
    """
    classes = network.architecture.layers()[-1].output_shape[0]
    if label not in range(classes):
        raise ValueError(f"a label is 0 to 9, not {label}")
    return backward(network, activations, np.eye(classes, dtype=np.float32)[label])


def backward(
    network: Network, activations: Mapping[str, Array], by_logits: Array
) -> dict[str, Array]:
    """How a number that hangs on the logits changes with every layer's output, by layer name.

    by_logits: how it changes with each of the ten logits, float32 (10,).
    activations and result: those of `gradients`.
    """
    layers = network.architecture.layers()
    found: dict[str, Array] = {}
    for index in reversed(range(1, len(layers))):
        layer, before = layers[index], layers[index - 1]
        values, inputs = activations[layer.name], activations[before.name]
        if layer.name == "output":
            # A logit is a weighted sum: its slope along each input is that input's weight.
            found[before.name] = dense_backward(by_logits, network.weights["output"].kernel)
            continue
        gradient = found[layer.name]
        if layer.kind in ("convolution", "dense"):
            gradient = relu_backward(gradient, values)
        found[before.name] = _by_inputs(network, layer, gradient, inputs)
    return {layer.name: found[layer.name] for layer in layers[:-1]}


def image_gradient(
    network: Network, activations: Mapping[str, Array], layer: str, by_sums: Array
) -> Array:
    """How a number that hangs on the sums of one layer, before its ReLU, changes with each pixel.

    activations: the outputs of all layers before this one for one image, float32 of their shapes.
    by_sums: how the number changes with each of the sums, float32 of the layer's output shape. A 1 at
    one cell of a map asks for the sum there, equal parts that add up to 1 for the mean of the map.
    Returns float32 (28, 28), per unit of a rescaled pixel; kinks are treated as in `gradients`.
    Raises KeyError for a layer that is not there.
    """
    layers = {each.name: each for each in network.architecture.layers()}
    names = list(layers)
    last, gradient = layers[layer], by_sums
    for index in reversed(range(1, names.index(layer) + 1)):
        each, before = layers[names[index]], names[index - 1]
        if each.kind in ("convolution", "dense") and each is not last:
            gradient = relu_backward(gradient, activations[each.name])
        gradient = _by_inputs(network, each, gradient, activations[before])
    return gradient[..., 0]


def ties(network: Network, activations: Mapping[str, Array]) -> tuple[int, int]:
    """In how many pooling windows several values are equally the largest, of how many.

    Only windows that hold more than 0 count: where ReLU left nothing, nothing has a slope.
    """
    layers = network.architecture.layers()
    tied = active = 0
    for before, layer in pairwise(layers):
        if layer.kind == "pooling":
            parts = shares(activations[before.name][np.newaxis], POOL_SIZE, POOL_SIZE)[0]
            alive = activations[layer.name] > 0
            active += int(alive.sum())
            tied += int((alive & (parts.max(axis=-1) < 1)).sum())
    return tied, active


def _by_inputs(network: Network, layer: Layer, gradient: Array, inputs: Array) -> Array:
    """From what a layer makes of its inputs, before any ReLU, to the inputs themselves."""
    match layer.kind:
        case "dense":
            return dense_backward(gradient, network.weights[layer.name].kernel)
        case "flatten":
            return gradient.reshape(inputs.shape)
        case "pooling":
            return max_pool_backward(gradient, inputs, POOL_SIZE)
        case "convolution":
            size, padding = network.architecture.kernel_size, network.architecture.padding
            before = padding_widths(len(inputs), size, padding=padding)[0]
            return conv2d_backward(
                gradient, network.weights[layer.name].kernel, before, inputs.shape
            )
        case _:
            return gradient


def relu_backward(gradient: Array, outputs: Array) -> Array:
    """Where ReLU let a value through the slope is 1, elsewhere 0."""
    return gradient * (outputs > 0)


def dense_backward(gradient: Array, weights: Array) -> Array:
    """Each input counts for every unit by its weight: (units,) → (inputs,)."""
    return weights @ gradient


def max_pool_backward(gradient: Array, inputs: Array, size: int) -> Array:
    """Only the largest value of a window has any influence; equal ones share it.

    (rows, columns, channels) → inputs' shape.
    """
    rows, columns, _ = gradient.shape
    result = np.zeros_like(inputs)
    parts = shares(inputs[np.newaxis], size, size)[0]
    for value, (row, column) in enumerate(np.ndindex(size, size)):
        result[row : row + rows * size : size, column : column + columns * size : size] = (
            gradient * parts[..., value]
        )
    return result


def conv2d_backward(gradient: Array, kernels: Array, before: int, shape: tuple[int, ...]) -> Array:
    """Every place of the window hands its gradient back through the weights that read it.

    gradient (rows, columns, filters), kernels (size, size, channels, filters), `before` the zeros
    of the padding above and to the left, shape (height, width, channels) → float32 of that shape.
    """
    rows, columns, _ = gradient.shape
    size = len(kernels)
    height, width, channels = shape
    padded = np.zeros((rows + size - 1, columns + size - 1, channels), np.float32)
    for row, column in np.ndindex(size, size):
        padded[row : row + rows, column : column + columns] += gradient @ kernels[row, column].T
    return padded[before : before + height, before : before + width]
