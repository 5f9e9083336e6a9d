"""A trained network, run forward with the arithmetic that the pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.network.architecture import POOL_SIZE, Architecture, Layer
from cnn_core.network.arithmetic import Array, conv2d, dense, max_pool, relu, softmax

# The windows of 32 images take some 4 MB: enough for fast matrix products, and little enough to stay
# near a processor. More is not faster, and what is needed on the way is never given back to the system.
BATCH_SIZE = 32


@dataclass(frozen=True)
class Weights:
    """What one layer has learned: kernels or weights, and one bias a filter or unit."""

    kernel: Array
    bias: Array


class Network:
    """An architecture with trained weights.

    Raises ValueError where the weights do not have the shapes that the architecture asks for.
    """

    def __init__(self, architecture: Architecture, weights: Mapping[str, Weights]) -> None:
        shapes = {name: (w.kernel.shape, w.bias.shape) for name, w in weights.items()}
        if shapes != architecture.weight_shapes():
            raise ValueError("the weights do not have the shapes that the architecture asks for")
        self.architecture = architecture
        self.weights = dict(weights)

    def predict(self, images: NDArray[np.uint8]) -> Array:
        """Probabilities of the ten digits: uint8 (n, 28, 28) → float32 (n, 10), rows sum to 1.

        Thousands of images go through in batches, in bounded memory.
        """
        batches = [self._forward(batch)[-1] for batch in _batches(images)]
        return np.concatenate([np.empty((0, CLASSES), np.float32), *batches])

    def activations(self, images: NDArray[np.uint8]) -> dict[str, Array]:
        """Every layer's output, by layer name: uint8 (n, 28, 28) → float32 (n, *output_shape)."""
        layers = self.architecture.layers()
        batches = [self._forward(batch) for batch in _batches(images)]
        return {
            layer.name: np.concatenate(
                [np.empty((0, *layer.output_shape), np.float32), *(b[index] for b in batches)]
            )
            for index, layer in enumerate(layers)
        }

    def logits(self, images: NDArray[np.uint8]) -> Array:
        """The ten sums before softmax: uint8 (n, 28, 28) → float32 (n, 10), in batches as above."""
        output = self.weights["output"]
        batches = [
            dense(self._forward(batch)[-2], output.kernel, output.bias)
            for batch in _batches(images)
        ]
        return np.concatenate([np.empty((0, CLASSES), np.float32), *batches])

    def _forward(self, images: NDArray[np.uint8]) -> list[Array]:
        outputs: list[Array] = []
        values = as_maps(images)
        for layer in self.architecture.layers():
            values = self.layer_output(layer, values)
            outputs.append(values)
        return outputs

    def layer_output(self, layer: Layer, values: Array) -> Array:
        """What one layer makes of the outputs of the layer before it."""
        match layer.kind:
            case "rescaling":
                return values * np.float32(1 / 255)
            case "convolution":
                weights = self.weights[layer.name]
                padding = self.architecture.padding
                return relu(conv2d(values, weights.kernel, weights.bias, padding=padding))
            case "pooling":
                return max_pool(values, POOL_SIZE)
            case "flatten":
                return values.reshape(len(values), -1)
            case "dropout":
                return values  # Dropout silences units only while training.
            case "dense":
                weights = self.weights[layer.name]
                sums = dense(values, weights.kernel, weights.bias)
                return softmax(sums) if layer.name == "output" else relu(sums)

    def sums(self, layer: Layer, values: Array) -> Array:
        """The weighted sums of a layer with weights, before ReLU or softmax; values as above.

        A method beside `layer_output`, which pages show whole, as what computes a layer.
        """
        weights = self.weights[layer.name]
        if layer.kind == "dense":
            return dense(values, weights.kernel, weights.bias)
        padding = self.architecture.padding
        return conv2d(values, weights.kernel, weights.bias, padding=padding)


def as_maps(images: NDArray[np.uint8]) -> Array:
    """Images as the first layer takes them: uint8 (n, 28, 28) → float32 (n, 28, 28, 1).

    All images' values at one place lie side by side in memory, and so do those of every layer that
    comes after: what is done there, is done to all of them in one sweep.
    """
    return images[..., np.newaxis].astype(np.float32, order="F")


def _batches(images: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    if images.dtype != np.uint8 or images.shape[1:] != (IMAGE_SIZE, IMAGE_SIZE):
        raise ValueError(
            f"images are uint8 (n, {IMAGE_SIZE}, {IMAGE_SIZE}), not {images.dtype} {images.shape}"
        )
    for start in range(0, len(images), BATCH_SIZE):
        yield images[start : start + BATCH_SIZE]
