"""A trained network the way it travels to a browser, where network.js runs it."""

from __future__ import annotations

from typing import Any

from cnn_core.network.network import Network
from ui.components.shared.register import base64_bytes


def network_data(model: str, network: Network) -> dict[str, Any]:
    """A network of the store, ready for JSON: its layers first to last, and its weights as bytes.

    model: its id. The bytes are float32 in C order, in base64.
    """
    padding = network.architecture.padding
    return {
        "id": model,
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "padding": padding,
                "shape": list(layer.output_shape),
            }
            for layer in network.architecture.layers()
        ],
        "weights": {
            name: {
                "kernel": base64_bytes(weights.kernel),
                "kernelShape": list(weights.kernel.shape),
                "bias": base64_bytes(weights.bias),
            }
            for name, weights in network.weights.items()
        },
    }
