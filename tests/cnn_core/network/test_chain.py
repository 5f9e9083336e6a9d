"""A way from a weight to the loss is made of real factors, and is one of those that make the slope."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from cnn_core.network.architecture import Architecture
from cnn_core.network.chain import product, strongest_path
from cnn_core.network.network import Network
from cnn_core.network.weight_gradient import (
    BatchPass,
    forwards_and_backwards,
    meeting,
    weight_gradients,
)
from cnn_core.network.weight_place import PARTS, Part, WeightPlace, largest_at, weight_named
from tests.support.networks import random_network

IMAGES = np.random.default_rng(3).integers(0, 256, (2, 28, 28), np.uint8)
LABELS = np.array([3, 8])


def seen(network: Network) -> BatchPass:
    return forwards_and_backwards(network, IMAGES, LABELS)


def steepest(network: Network, layer: str, part: Part) -> WeightPlace:
    """The weight of a layer along which the loss of the second image changes most."""
    alone = forwards_and_backwards(network, IMAGES[1:], LABELS[1:])
    return largest_at(weight_gradients(network, alone), layer, part)


def ways(network: Network, batch: BatchPass, row: int, column: int, unit: int) -> Iterator[float]:
    """Every way from a sum of conv1 of a network of two blocks to the loss: the product of its slopes."""
    values = {name: outputs[1] for name, outputs in batch.activations.items()}

    def pooled(layer: str, pool: str, row: int, column: int, unit: int) -> bool:
        value = values[layer][row, column, unit]
        inside = row // 2 < len(values[pool]) and column // 2 < len(values[pool])
        return bool(inside and value > 0 and value == values[pool][row // 2, column // 2, unit])

    if not pooled("conv1", "pool1", row, column, unit):
        return
    kernel = network.weights["conv2"].kernel
    width = 0 if network.architecture.padding == "valid" else (len(kernel) - 1) // 2
    for i, j, filter_ in np.ndindex(len(kernel), len(kernel), kernel.shape[3]):
        r, c = row // 2 + width - i, column // 2 + width - j
        if not (0 <= r < len(values["conv2"]) and 0 <= c < len(values["conv2"])):
            continue
        if not pooled("conv2", "pool2", r, c, filter_):
            continue
        flat = np.ravel_multi_index((r // 2, c // 2, filter_), values["pool2"].shape)
        for hidden in np.flatnonzero(values["dense"] > 0):
            for digit in range(10):
                yield float(
                    kernel[i, j, unit, filter_]
                    * network.weights["dense"].kernel[flat, hidden]
                    * network.weights["output"].kernel[hidden, digit]
                    * (values["output"][digit] - (digit == LABELS[1]))
                )


@pytest.mark.parametrize(("padding", "size"), [("valid", 3), ("same", 2), ("same", 3)])
def test_one_of_all_ways(padding: str, size: int) -> None:
    """All ways together are the slope at that place; the strongest is one of them."""
    architecture = Architecture(
        filters=(2, 3),
        kernel_size=size,
        padding="same" if padding == "same" else "valid",
        dense_units=12,
    )
    network = random_network(architecture, seed=1)
    batch = seen(network)
    place = steepest(network, "conv1", "kernel")
    links = strongest_path(network, batch, place, 1)
    first = links[0]
    row, column, unit = first.cell
    met = meeting(network, batch, place)
    adds = met.reads[1] * met.by_sums[1]
    assert abs(adds[row, column]) == np.abs(adds).max()
    assert (first.kind, first.factor) == ("reads", met.reads[1, row, column])
    all_ways = np.array(list(ways(network, batch, row, column, unit)))
    assert all_ways.sum() == pytest.approx(float(met.by_sums[1, row, column]), rel=1e-4)
    along = product(links) / first.factor
    assert np.isclose(all_ways, along, rtol=1e-4).any()
    assert abs(along) > np.abs(all_ways).mean()
    assert [link.layer for link in links] == [
        *(
            "conv1",
            "conv1",
            "pool1",
            "conv2",
            "conv2",
            "pool2",
            "dense",
            "dense",
            "output",
            "output",
        )
    ]
    assert [link.kind for link in links] == [
        *("reads", "relu", "pool", "weight", "relu", "pool", "weight", "relu", "weight", "error")
    ]


def test_the_last_layer_has_one_way() -> None:
    """What the weight reads times p − t is all there is."""
    architecture = Architecture(filters=(2,), dense_units=5)
    network = random_network(architecture)
    batch = seen(network)
    for part in PARTS:
        place = steepest(network, "output", part)
        links = strongest_path(network, batch, place, 1)
        assert [link.kind for link in links] == ["reads", "error"]
        said = float(batch.activations["output"][1, place.unit])
        assert links[1].factor == pytest.approx(said - (place.unit == LABELS[1]))
        by_image = meeting(network, batch, place).by_image[1]
        assert product(links) == pytest.approx(float(by_image), rel=1e-6)


def test_no_way_is_open() -> None:
    """A weight that reads a silent unit reaches nothing."""
    architecture = Architecture(filters=(2,), dense_units=5)
    network = random_network(architecture)
    network.weights["dense"].bias[:] = -1e6
    place = weight_named("output-kernel-0-0", architecture)
    assert strongest_path(network, seen(network), place, 0) == []
    assert product([]) == 0


def test_the_way_takes_the_strongest_reader() -> None:
    """Of all units that read a value the way goes through the one by which the loss changes most."""
    network = random_network(Architecture(filters=(3,), dense_units=40), seed=5)
    batch = seen(network)
    links = strongest_path(network, batch, steepest(network, "conv1", "kernel"), 1)
    before = next(link for link in links if link.kind == "pool").cell
    flat = np.ravel_multi_index(before, batch.activations["pool1"].shape[1:])
    through_dense, through_output = (link for link in links if link.kind == "weight")
    for link, layer, cell in (
        (through_dense, "dense", flat),
        (through_output, "output", through_dense.cell[0]),
    ):
        adds = network.weights[layer].kernel[cell] * batch.by_sums[layer][1]
        assert link.cell == (int(np.abs(adds).argmax()),)
        assert link.factor == network.weights[layer].kernel[cell, link.cell[0]]
