"""The whole network as one picture: every map and unit of the current digit, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cnn_core.network.architecture import Layer
from cnn_core.network.arithmetic import Array
from cnn_core.network.connections import contributions_between, strongest
from cnn_core.network.network import Network
from ui.components.shared.from_browser import entry, text, whole_number
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import ACTIVATION_SCALE, PIXEL_SCALE, SIGNED_SCALE
from ui.look.model_words import layer_title, unit_name
from ui.look.wording import shape

# Of each unit so many inputs are sent, the strongest.
CONNECTIONS_SENT = 16
# Of each layer so many units are followed back; the lines of more could not be told apart.
UNITS_FOLLOWED = 8

_network_map = register(__file__)


def network_map(
    network: Network,
    activations: Mapping[str, Array],
    chosen: tuple[str, int] | None,
    label: str,
    *,
    key: str,
    on_choice: Callable[[str, int], None],
    followed: int = UNITS_FOLLOWED,
    compact: bool = False,
    invitation: str = "",
    live: str | None = None,
) -> None:
    """Show every layer of a network, with the connections of the unit that is pointed at.

    activations: every layer's output for one digit, float32 of its output shape.
    chosen: the layer and the unit that are marked; None for the answer.
    label: what is shown, for screen readers.
    on_choice: called with the layer and the unit that were chosen.
    followed: of each layer so many units are followed back to the pixels.
    compact: whether the map takes about a third of the window's height, whatever its width; then
        `invitation` stands above it where nothing is pointed at.
    live: the source of live readings that the map follows while there are any.
    """
    layers = network.architecture.layers()
    units = {layer.name: layer.output_shape[-1] for layer in layers}

    def choose(value: object) -> None:
        layer = text(entry(value, "layer"))
        on_choice(layer, whole_number(entry(value, "unit"), units.get(layer, 0)))

    _network_map(
        key=key,
        data=map_data(network, activations)
        | {
            "chosen": chosen and {"layer": list(units).index(chosen[0]), "unit": chosen[1]},
            "label": label,
            "followed": followed,
            "compact": compact,
            "invitation": invitation,
            "live": live,
        },
        chosen=choose,
    )


def map_data(network: Network, activations: Mapping[str, Array]) -> dict[str, Any]:
    """What the browser is sent of a network and a digit, ready for JSON.

    Colours need no more than 256 shades from 0 to the layer's largest value; numbers that are
    written out travel as float32.
    """
    shares = contributions_between(network, activations)
    return {
        "layers": [
            _layer_data(layer, activations[layer.name], shares.get(layer.name))
            for layer in network.architecture.layers()
        ],
        "scales": {"activations": ACTIVATION_SCALE, "pixels": PIXEL_SCALE},
        "negative": SIGNED_SCALE[1],
        "positive": SIGNED_SCALE[-2],
        "connections": CONNECTIONS_SENT,
        "followed": UNITS_FOLLOWED,
    }


def _layer_data(layer: Layer, values: Array, shares: Array | None) -> dict[str, Any]:
    maps = values.transpose(2, 0, 1) if values.ndim == 3 else values.reshape(-1, 1, 1)
    largest = float(maps.max()) or 1.0
    data: dict[str, Any] = {
        "name": layer.name,
        "kind": layer.kind,
        "title": layer_title(layer),
        "shape": shape(layer.output_shape),
        "unitName": unit_name(layer),
        "count": len(maps),
        "rows": maps.shape[1],
        "columns": maps.shape[2],
        "shades": base64_bytes(np.round(maps / largest * 255).astype(np.uint8)),
        "peaks": base64_bytes(maps.max(axis=(1, 2)).astype(np.float32)),
        "inputs": None,
        "shares": None,
    }
    if shares is not None:
        inputs, sizes = strongest(shares, CONNECTIONS_SENT)
        data["inputs"] = base64_bytes(inputs.astype(np.uint16))
        data["shares"] = base64_bytes(sizes.astype(np.float32))
    return data
