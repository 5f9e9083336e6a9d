"""One way through the network along which a weight reaches the loss: the chain rule, factor by factor.

The gradient of a weight is a sum over very many such ways; this is one that adds much of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnn_core.network.architecture import POOL_SIZE, Layer
from cnn_core.network.arithmetic import Array, padding_widths
from cnn_core.network.gradient import backward
from cnn_core.network.network import Network
from cnn_core.network.weight_gradient import BatchPass, meeting
from cnn_core.network.weight_place import WeightPlace

LinkKind = Literal["reads", "relu", "pool", "weight", "error"]
Cell = tuple[int, ...]


@dataclass(frozen=True)
class Link:
    """One factor of the product.

    kind: what the weight reads, the slope of ReLU or of pooling, a weight on the way, or p − t.
    layer: the layer whose factor it is.
    cell: which of its values, (row, column, map) or (unit,).
    """

    kind: LinkKind
    layer: str
    cell: Cell
    factor: float


def strongest_path(
    network: Network, batch: BatchPass, place: WeightPlace, image: int
) -> list[Link]:
    """From a weight to the loss of one image of a batch, at each fork to what adds most to the slope.

    The product of all factors is what this way adds to the gradient of that image. Empty where no
    way is open: the weight reads nothing there, or ReLU and pooling close all ways.
    """
    met = meeting(network, batch, place)
    adds = np.atleast_1d(met.reads[image] * met.by_sums[image])
    if not adds.any():
        return []
    start = np.unravel_index(int(np.abs(adds).argmax()), adds.shape)
    where = tuple(int(at) for at in start) if met.reads.ndim > 1 else ()
    cell: Cell = (*where, place.unit)
    reads = float(met.reads[image][where])
    activations = {name: values[image] for name, values in batch.activations.items()}
    by_sums = {name: values[image] for name, values in batch.by_sums.items()}
    by_outputs = backward(network, activations, by_sums["output"])
    links = [Link("reads", place.layer, cell, reads)]
    layers = network.architecture.layers()
    names = [layer.name for layer in layers]
    before = layers[names.index(place.layer)]
    for layer in layers[names.index(place.layer) + 1 :]:
        if before.name in network.weights:
            links.append(Link("relu", before.name, cell, 1.0))
        if layer.kind == "flatten":
            cell = (int(np.ravel_multi_index(cell, activations[before.name].shape)),)
        elif layer.kind == "pooling":
            slope = float(by_outputs[before.name][cell])
            cell = (cell[0] // POOL_SIZE, cell[1] // POOL_SIZE, cell[2])
            links.append(
                Link("pool", layer.name, cell, slope / float(by_outputs[layer.name][cell]))
            )
        elif layer.name in network.weights:
            cell, weight = _strongest_reader(network, layer, cell, by_sums)
            links.append(Link("weight", layer.name, cell, weight))
        before = layer
    return [*links, Link("error", "output", cell, float(by_sums["output"][cell]))]


def product(links: list[Link]) -> float:
    """What a way adds to the gradient; 0 where there is none."""
    return math.prod(link.factor for link in links) if links else 0.0


def _strongest_reader(
    network: Network, layer: Layer, cell: Cell, by_sums: Mapping[str, Array]
) -> tuple[Cell, float]:
    """The sum of a layer through which a value before it moves the loss most, and its weight there."""
    kernel = network.weights[layer.name].kernel
    slopes = by_sums[layer.name]
    if layer.kind == "dense":
        weights = kernel[cell[0]]
        unit = int(np.abs(weights * slopes).argmax())
        return (unit,), float(weights[unit])
    rows, columns, _ = slopes.shape
    size = len(kernel)
    readers = []
    for offset in np.ndindex(size, size):
        row, column = (
            at - shift for at, shift in zip(_padded(network, layer, cell), offset, strict=True)
        )
        if 0 <= row < rows and 0 <= column < columns:
            weights = kernel[offset][cell[2]]
            unit = int(np.abs(weights * slopes[row, column]).argmax())
            size_of_it = abs(float(weights[unit] * slopes[row, column, unit]))
            readers.append((size_of_it, (row, column, unit), float(weights[unit])))
    _, reader, weight = max(readers)
    return reader, weight


def _padded(network: Network, layer: Layer, cell: Cell) -> tuple[int, int]:
    """Row and column of a cell on the maps with their border of zeros."""
    architecture = network.architecture
    layers = architecture.layers()
    before = layers[layers.index(layer) - 1].output_shape[0]
    width = padding_widths(before, architecture.kernel_size, padding=architecture.padding)[0]
    return cell[0] + width, cell[1] + width
