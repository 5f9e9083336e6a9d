"""A weight has a name, and a name that means none is refused with the reason."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import WeightNameError
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.network.network import Weights
from cnn_core.network.weight_place import (
    PARTS,
    WeightPlace,
    largest_at,
    weight_at,
    weight_named,
    with_weight,
)
from tests.support.networks import random_network
from tests.support.strategies import architectures


@given(architecture=architectures(), data=st.data())
def test_there_and_back(architecture: Architecture, data: st.DataObject) -> None:
    """The name of any weight of any network means that weight."""
    layer = data.draw(st.sampled_from(list(architecture.weight_shapes())))
    part = data.draw(st.sampled_from(PARTS))
    shape = architecture.weight_shapes()[layer][PARTS.index(part)]
    place = WeightPlace(layer, part, tuple(data.draw(st.integers(0, size - 1)) for size in shape))
    assert weight_named(place.name, architecture) == place


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "names no weight"),
        ("conv1", "names no weight"),
        ("conv9-kernel-0-0-0-0", "names no weight"),
        ("pool1-kernel-0-0-0-0", "names no weight"),
        ("conv1-kernel-0-0-0--1", "names no weight"),
        ("conv1-kernel-0-0-0-٣", "names no weight"),
        ("conv1-kernel-0-0-0-007", "names no weight"),
        ("conv1-kernel-0-0-0-0\n", "names no weight"),
        ("conv1-kernel-0-0-0-16", "3×3×1×16"),
        ("conv1-kernel-0-0-0", "3×3×1×16"),
        ("conv1-bias-16", "the shape 16,"),
        ("dense-kernel-0-0-0-0", "64×128"),
    ],
)
def test_names_that_mean_nothing(name: str, said: str) -> None:
    """The message says what a name looks like, or how far the indices go."""
    with pytest.raises(WeightNameError, match=said):
        weight_named(name, BASELINE)


@pytest.mark.parametrize("name", ["conv2-kernel-2-0-1-3", "output-bias-4"])
def test_one_weight_is_another(name: str) -> None:
    """Nothing else changes, nor does the network that it is taken from."""
    architecture = Architecture(filters=(2, 4))
    network = random_network(architecture)
    place = weight_named(name, architecture)
    before = weight_at(network, place)
    other = with_weight(network, place, 7.5)
    assert weight_at(other, place) == 7.5
    assert weight_at(network, place) == before
    changes = {
        (layer, part): int(
            (
                WeightPlace(layer, part, ()).array(network.weights[layer])
                != WeightPlace(layer, part, ()).array(other.weights[layer])
            ).sum()
        )
        for layer in network.weights
        for part in PARTS
    }
    assert {key: count for key, count in changes.items() if count} == {(place.layer, place.part): 1}


def test_the_largest() -> None:
    """In size, whatever its sign."""
    kernel = np.zeros((2, 2, 1, 3), np.float32)
    kernel[0, 1, 0, 2], kernel[1, 0, 0, 1] = 2, -3
    arrays = {"conv1": Weights(kernel, np.array([1, -2, 0], np.float32))}
    assert largest_at(arrays, "conv1", "kernel") == WeightPlace("conv1", "kernel", (1, 0, 0, 1))
    assert largest_at(arrays, "conv1", "bias") == WeightPlace("conv1", "bias", (1,))
