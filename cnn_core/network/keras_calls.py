"""The call of Keras that makes each layer of a network, as one would write it."""

from __future__ import annotations

from cnn_core.data.dataset import CLASSES
from cnn_core.network.architecture import POOL_SIZE, Architecture
from cnn_core.network.variant import Variant


def keras_calls(architecture: Architecture) -> dict[str, str]:
    """The calls by the names of the layers, first to last; what Keras takes anyway is left out.

    They need `from keras import layers`.
    """
    activation, pooling = "relu", "Max"
    if isinstance(architecture, Variant):
        activation, pooling = architecture.activation, architecture.pooling.capitalize()
    padding = "" if architecture.padding == "valid" else f'padding="{architecture.padding}", '
    calls = ["Rescaling(1 / 255"]
    for filters in architecture.filters:
        size = architecture.kernel_size
        calls += [
            f'Conv2D({filters}, {size}, {padding}activation="{activation}"',
            f"{pooling}Pooling2D({POOL_SIZE}",
        ]
    calls += [
        "Flatten(",
        f'Dense({architecture.dense_units}, activation="{activation}"',
        f"Dropout({architecture.dropout}",
        f'Dense({CLASSES}, activation="softmax"',
    ]
    return {
        layer.name: f'layers.{call}{"" if call.endswith("(") else ", "}name="{layer.name}")'
        for layer, call in zip(architecture.layers(), calls, strict=True)
    }
