"""A map that is switched off is 0 everywhere, and nothing else about the network changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist, Split
from cnn_core.findings.ablation import BATCH, answers_without, read_all, tally, without_maps
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.store import load_network
from tests.support.networks import random_network


def with_zeroed_maps(network: Network, images: np.ndarray, off: dict[str, set[int]]) -> Array:
    """The slow and plain way: set the maps to 0 in the middle of the forward pass."""
    values = images[..., np.newaxis].astype(np.float32)
    for layer in network.architecture.layers():
        values = network.layer_output(layer, values).copy()
        values[..., sorted(off.get(layer.name, ()))] = 0
    return values


@settings(max_examples=10)
@given(
    padding=st.sampled_from(["valid", "same"]),
    first=st.sets(st.integers(0, 3)),
    second=st.sets(st.integers(0, 4)),
)
def test_any_maps(mnist: Mnist, padding: str, first: set[int], second: set[int]) -> None:
    """Equal to zeroing the maps by hand."""
    network = random_network(
        Architecture(filters=(4, 5), padding="valid" if padding == "valid" else "same")
    )
    off = {"conv1": first, "conv2": second}
    images = mnist.test.images[:5]
    ours = without_maps(network, off).predict(images)
    np.testing.assert_allclose(ours, with_zeroed_maps(network, images, off), atol=1e-6)


@pytest.mark.parametrize("layer", ["conv1", "conv3"])
def test_answers_while_maps_go_off(mnist: Mnist, layer: str) -> None:
    """One more off each time, in the order given: the answers are those of the networks without them."""
    network, image = load_network("baseline"), mnist.test.images[8:9]
    maps = network.activations(image)[layer][0]
    order = np.random.default_rng(7).permutation(maps.shape[2]).tolist()
    found = answers_without(network, maps, layer, order)
    expected = [
        without_maps(network, {layer: order[:off]}).predict(image)[0].argmax()
        for off in range(len(order) + 1)
    ]
    assert found.tolist() == expected
    assert len(set(expected)) > 2


def test_the_network_itself_stays(mnist: Mnist) -> None:
    """Switching a map off for one visitor changes nothing for the others."""
    network = load_network("baseline")
    before = network.predict(mnist.test.images[:3])
    reduced = without_maps(network, {"conv1": range(16)})
    assert not reduced.activations(mnist.test.images[:3])["conv1"].any()
    np.testing.assert_array_equal(network.predict(mnist.test.images[:3]), before)


@pytest.mark.parametrize("off", [{"conv9": [0]}, {"dense": [0]}, {"conv1": [16]}, {"conv1": [-1]}])
def test_what_is_not_there(off: dict[str, list[int]]) -> None:
    """Only feature maps of convolutions can be switched off."""
    with pytest.raises(ValueError, match="no "):
        without_maps(random_network(BASELINE), off)


def test_a_tally_counts() -> None:
    """Read and correct per class, and all together."""
    counted = tally(np.array([1, 2, 2, 7]), np.array([1, 2, 3, 3]))
    assert counted.read.tolist() == [0, 1, 1, 2, 0, 0, 0, 0, 0, 0]
    assert counted.correct.tolist() == [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert counted.overall == 0.5
    assert np.isnan(counted.accuracy[0])


def test_reading_goes_on_batch_by_batch(mnist: Mnist) -> None:
    """Every tally counts all digits so far, and the last one all of them."""
    network = load_network("baseline")
    count = 2 * BATCH + 30
    part = Split(mnist.test.images[:count], mnist.test.labels[:count])
    counted = list(read_all(network, part))
    assert [int(one.read.sum()) for one in counted] == [BATCH, 2 * BATCH, count]
    answers = network.predict(part.images).argmax(axis=1)
    np.testing.assert_array_equal(counted[-1].correct, tally(answers, part.labels).correct)
