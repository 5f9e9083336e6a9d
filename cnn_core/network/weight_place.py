"""One weight of a network: where it is, what it is called, and the network with another value there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnn_core.errors import WeightNameError, quoted
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network, Weights

Part = Literal["kernel", "bias"]
PARTS: tuple[Part, ...] = ("kernel", "bias")

_NAME = re.compile(r"([a-z]+[0-9]*)-(kernel|bias)((?:-(?:0|[1-9][0-9]{0,4})){1,4})", re.ASCII)


@dataclass(frozen=True)
class WeightPlace:
    """Where a weight is: its layer, kernel or bias, and its index there, as in Keras.

    index: row, column, channel and filter of a convolution's kernel; input and unit of a dense
        layer's; filter or unit of a bias.
    """

    layer: str
    part: Part
    index: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its name in an address: `conv1-kernel-0-2-0-5`."""
        return "-".join([self.layer, self.part, *map(str, self.index)])

    @property
    def unit(self) -> int:
        """The filter or unit that it belongs to."""
        return self.index[-1]

    def array(self, weights: Weights) -> np.ndarray:
        """The array that holds it, of the weights of its layer or of anything of their shape."""
        return weights.kernel if self.part == "kernel" else weights.bias


def weight_named(name: str, architecture: Architecture) -> WeightPlace:
    """The weight that a name means. Raises WeightNameError where the network has no such weight."""
    found = _NAME.fullmatch(name)
    shapes = architecture.weight_shapes()
    if found is None or found[1] not in shapes:
        raise WeightNameError(
            f"{quoted(name)} names no weight. A name is the layer, kernel or bias, and the index: "
            "conv1-kernel-0-2-0-5."
        )
    part: Part = "kernel" if found[2] == "kernel" else "bias"
    index = tuple(int(each) for each in found[3][1:].split("-"))
    shape = shapes[found[1]][PARTS.index(part)]
    if len(index) != len(shape) or any(at >= size for at, size in zip(index, shape, strict=True)):
        raise WeightNameError(
            f"There is no weight {quoted(name)}: the {part} of {found[1]} has the shape "
            f"{'×'.join(map(str, shape))}, counted from 0."
        )
    return WeightPlace(found[1], part, index)


def weight_at(network: Network, place: WeightPlace) -> float:
    """The value of a weight."""
    return float(place.array(network.weights[place.layer])[place.index])


def with_weight(network: Network, place: WeightPlace, value: float) -> Network:
    """The network with another value for one weight."""
    learned = network.weights[place.layer]
    changed = place.array(learned).copy()
    changed[place.index] = value
    weights = (
        Weights(changed, learned.bias)
        if place.part == "kernel"
        else Weights(learned.kernel, changed)
    )
    return Network(network.architecture, network.weights | {place.layer: weights})


def largest_at(arrays: Mapping[str, Weights], layer: str, part: Part) -> WeightPlace:
    """The place in a kernel or bias whose number is largest in size; the first of equal ones.

    arrays: weights, or what has their shape, gradients for instance.
    """
    values = np.abs(WeightPlace(layer, part, ()).array(arrays[layer]))
    index = np.unravel_index(int(values.argmax()), values.shape)
    return WeightPlace(layer, part, tuple(int(at) for at in index))
