"""Gradients and losses as Keras and TensorFlow compute them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network, Weights


def activations_of(network: Network, image: Any) -> dict[str, Array]:
    """Every layer's output for one digit."""
    return {name: values[0] for name, values in network.activations(image[np.newaxis]).items()}


def tensorflow_gradients(
    keras: Any, network: Network, image: Any, digit: int, *, share_ties: bool = True
) -> dict[str, Array]:
    """The same, by tf.GradientTape.

    share_ties: pool so that equal largest values of a window share its gradient, instead of as
    TensorFlow does, which gives it to the first.
    """
    import tensorflow as tf

    model = keras_model(network)
    model.get_layer("output").activation = keras.activations.linear
    with tf.GradientTape(persistent=True) as tape:
        value = tf.constant(image[np.newaxis, ..., np.newaxis].astype(np.float32))
        outputs = {}
        for layer in model.layers:
            if share_ties and isinstance(layer, keras.layers.MaxPooling2D):
                value = _mean_of_the_largest(value)
            else:
                value = layer(value, training=False)
            tape.watch(value)
            outputs[layer.name] = value
        logit = outputs["output"][0, digit]
    return {
        name: tape.gradient(logit, output).numpy()[0]
        for name, output in outputs.items()
        if name != "output"
    }


def _mean_of_the_largest(maps: Any) -> Any:
    """2×2 max pooling by sums and quotients, whose gradient equal values share."""
    import tensorflow as tf

    _, height, width, channels = maps.shape
    rows, columns = height // 2, width // 2
    cells = tf.reshape(maps[:, : 2 * rows, : 2 * columns], (1, rows, 2, columns, 2, channels))
    largest = tf.reduce_max(cells, axis=(2, 4), keepdims=True)
    equal = tf.cast(cells >= largest - 1e-5 * tf.abs(largest), tf.float32)
    return tf.reduce_sum(cells * equal, axis=(2, 4)) / tf.reduce_sum(equal, axis=(2, 4))


def keras_model(network: Network) -> Any:
    """The same network, with its weights, as a Keras model."""
    model = network.architecture.to_keras()
    for name, learned in network.weights.items():
        model.get_layer(name).set_weights([learned.kernel, learned.bias])
    return model


def keras_weight_gradients(
    network: Network, images: Any, labels: Any, loss: Any
) -> tuple[float, dict[str, Weights]]:
    """The loss of a batch as a Keras loss measures it, and its gradient by each kernel and bias."""
    import tensorflow as tf

    model = keras_model(network)
    if loss.from_logits:
        model.get_layer("output").activation = lambda sums: sums
    with tf.GradientTape() as tape:
        outputs = model(images[..., np.newaxis].astype(np.float32), training=False)
        value = loss(tf.one_hot(labels, 10), outputs)
    learned = [model.get_layer(name) for name in network.weights]
    found = tape.gradient(value, [[layer.kernel, layer.bias] for layer in learned])
    return float(value), {
        layer.name: Weights(kernel.numpy(), bias.numpy())
        for layer, (kernel, bias) in zip(learned, found, strict=True)
    }
