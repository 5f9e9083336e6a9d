"""Gradients as TensorFlow computes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network


def activations_of(network: Network, image: Any) -> dict[str, Array]:
    """Every layer's output for one digit."""
    return {name: values[0] for name, values in network.activations(image[np.newaxis]).items()}


def tensorflow_gradients(keras: Any, network: Network, image: Any, digit: int) -> dict[str, Array]:
    """The same, by tf.GradientTape."""
    import tensorflow as tf

    model = network.architecture.to_keras()
    for name, learned in network.weights.items():
        model.get_layer(name).set_weights([learned.kernel, learned.bias])
    model.get_layer("output").activation = keras.activations.linear
    with tf.GradientTape(persistent=True) as tape:
        value = tf.constant(image[np.newaxis, ..., np.newaxis].astype(np.float32))
        outputs = {}
        for layer in model.layers:
            value = layer(value, training=False)
            tape.watch(value)
            outputs[layer.name] = value
        logit = outputs["output"][0, digit]
    return {
        name: tape.gradient(logit, output).numpy()[0]
        for name, output in outputs.items()
        if name != "output"
    }
