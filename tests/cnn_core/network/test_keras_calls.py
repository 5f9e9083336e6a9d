"""Each layer's call of Keras, run as it is shown: together they are the network that is trained."""

from __future__ import annotations

from typing import Any

import pytest

from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.keras_calls import keras_calls
from cnn_core.network.variant import Variant

ARCHITECTURES = {
    "baseline": BASELINE,
    "improved": IMPROVED,
    "another": Architecture(
        filters=(2, 3), kernel_size=5, padding="same", dense_units=7, dropout=0
    ),
    "variant": Variant(filters=(4,), activation="linear", pooling="average"),
    "no convolution": Variant(filters=()),
}


@pytest.mark.parametrize("architecture", ARCHITECTURES.values(), ids=ARCHITECTURES)
def test_they_make_the_network(keras: Any, architecture: Architecture) -> None:
    """Built from its lines, each layer is what `to_keras` makes, in all its settings."""
    calls = keras_calls(architecture)
    made = {name: eval(call, {"layers": keras.layers}) for name, call in calls.items()}
    expected = architecture.to_keras().layers

    assert list(made) == [layer.name for layer in expected]
    for layer in expected:
        assert type(made[layer.name]) is type(layer)
        assert made[layer.name].get_config() == layer.get_config()


def test_they_are_as_one_writes_them() -> None:
    """On one line, with the layer's own numbers, and without what Keras does anyway."""
    calls = keras_calls(BASELINE)
    assert calls["conv2"] == 'layers.Conv2D(32, 3, activation="relu", name="conv2")'
    assert calls["flatten"] == 'layers.Flatten(name="flatten")'
    assert calls["output"] == 'layers.Dense(10, activation="softmax", name="output")'
    padded = keras_calls(IMPROVED)["conv1"]
    assert padded == 'layers.Conv2D(16, 3, padding="same", activation="relu", name="conv1")'
