"""A unit that is looked at: one number, or one map, of one layer for one digit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from cnn_core.data.digit import Digit
from cnn_core.network.architecture import Architecture, Layer
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from ui.look.model_words import unit_name
from ui.shared.resources import activations


@dataclass(frozen=True)
class Unit:
    """A unit that is looked at.

    before: the layer that feeds it; for the first layer, that layer itself.
    activations: every layer's output for the digit, float32 of its output shape, by layer name.
    """

    network: Network
    digit: Digit
    layer: Layer
    before: Layer
    number: int
    activations: Mapping[str, Array]

    @property
    def architecture(self) -> Architecture:
        """The architecture of the network."""
        return self.network.architecture

    @property
    def title(self) -> str:
        """Its name for people: `Map 5 of conv2`, `The digit after rescaling`."""
        if self.layer.kind == "rescaling":
            return f"The digit after {self.layer.name}"
        return f"{unit_name(self.layer).capitalize()} {self.number} of {self.layer.name}"

    @property
    def values(self) -> Array:
        """What it holds for the digit: float32 (rows, columns), or () where it is one number."""
        return np.asarray(self.activations[self.layer.name][..., self.number])

    @property
    def inputs(self) -> Array:
        """What the layer before puts out, float32 of its output shape."""
        return self.activations[self.before.name]


def link_to(unit: Unit, layer: str, cell: tuple[int, int]) -> dict[str, str]:
    """The query of an address that shows this digit, this model, and a cell of a layer's map."""
    return {
        "digit": unit.digit.name,
        "model": st.session_state["model"],
        "layer": layer,
        "unit": str(unit.number),
        "row": str(cell[0]),
        "column": str(cell[1]),
    }


def unit_of(network: Network, digit: Digit, layer: str, number: int) -> Unit:
    """A unit of a layer of a network, and what the whole network makes of the digit."""
    layers = network.architecture.layers()
    position = [row.name for row in layers].index(layer)
    before = layers[max(position - 1, 0)]
    return Unit(network, digit, layers[position], before, number, activations(network, digit))
