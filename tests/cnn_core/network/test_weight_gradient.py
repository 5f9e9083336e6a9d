"""The gradients of all weights are those of Keras, and each the sum of what its images pull."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import POOL_SIZE, Architecture
from cnn_core.network.arithmetic import windows
from cnn_core.network.network import Network, Weights
from cnn_core.network.weight_gradient import (
    BatchPass,
    cross_entropies,
    forwards_and_backwards,
    loss_along,
    meeting,
    weight_gradients,
)
from cnn_core.network.weight_place import (
    PARTS,
    Part,
    WeightPlace,
    largest_at,
    weight_at,
    with_weight,
)
from cnn_core.store.moment import Moment
from cnn_core.store.store import model_folder, open_model
from tests.support.networks import random_network
from tests.support.references import keras_weight_gradients
from tests.support.strategies import architectures

SMALL = Architecture(filters=(2, 3), kernel_size=2, padding="same", dense_units=4)


def a_batch(seed: int, size: int) -> tuple[Any, Any]:
    """Noise, in which no two values are alike: where two are, frameworks choose as they like."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (size, 28, 28), np.uint8), rng.integers(0, 10, size)


def is_undecided(network: Network, batch: BatchPass) -> bool:
    """Whether rounding alone decides which value of a pooling window is the largest."""
    layers = network.architecture.layers()
    for before, layer in pairwise(layers):
        if layer.kind == "pooling":
            seen = windows(batch.activations[before.name], POOL_SIZE, POOL_SIZE)
            behind = 1 - seen / np.maximum(seen.max(axis=(-2, -1), keepdims=True), 1e-12)
            if ((behind > 0) & (behind < 3e-5)).any():
                return True
    return False


def assert_alike(ours: dict[str, Weights], theirs: dict[str, Weights]) -> None:
    assert list(ours) == list(theirs)
    for name, expected in theirs.items():
        for part in PARTS:
            mine, other = (
                WeightPlace(name, part, ()).array(each) for each in (ours[name], expected)
            )
            assert mine.shape == other.shape
            size = max(float(np.abs(other).max()), 1e-3)
            np.testing.assert_allclose(
                mine, other, atol=2e-5 * size + 1e-6, err_msg=f"{name} {part}"
            )


@settings(max_examples=10)
@given(architecture=architectures(), seed=st.integers(0, 99), size=st.integers(1, 5))
def test_any_network(keras: Any, architecture: Architecture, seed: int, size: int) -> None:
    """Every kernel and every bias of any network that can be built, and the loss."""
    network = random_network(architecture, seed)
    images, labels = a_batch(seed, size)
    batch = forwards_and_backwards(network, images, labels)
    assume(not is_undecided(network, batch))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    value, theirs = keras_weight_gradients(network, images, labels, loss)
    assert batch.loss == pytest.approx(value, rel=1e-5, abs=1e-6)
    assert_alike(weight_gradients(network, batch), theirs)


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_bundled(keras: Any, mnist: Mnist, name: str) -> None:
    """Digits, early in the training and at its end, by the loss that trained these networks."""
    moments = open_model(model_folder(name)).checkpoints()
    noise = np.random.default_rng(1).integers(0, 76, (60, 28, 28))
    # Even paper and even ink are full of ties in pooling; with some noise on them they are not.
    noisy = (mnist.train.images[:60] * 0.7 + noise).astype(np.uint8)
    for network in (moments[Moment(1, 10)], list(moments.values())[-1]):
        decided = [
            at
            for at in range(60)
            if not is_undecided(
                network,
                forwards_and_backwards(
                    network, noisy[at : at + 1], mnist.train.labels[at : at + 1]
                ),
            )
        ][:32]
        assert len(decided) > 20
        images, labels = noisy[decided], mnist.train.labels[decided]
        batch = forwards_and_backwards(network, images, labels)
        loss = keras.losses.CategoricalCrossentropy()
        loss.from_logits = False
        value, theirs = keras_weight_gradients(network, images, labels, loss)
        # Keras keeps probabilities a ten-millionth away from 0 and 1.
        assert batch.loss == pytest.approx(value, rel=1e-5, abs=2e-7)
        assert_alike(weight_gradients(network, batch), theirs)


@pytest.mark.parametrize("architecture", [SMALL, Architecture(filters=(3,), dense_units=2)])
def test_a_gradient_is_the_mean_of_what_its_images_pull(architecture: Architecture) -> None:
    """For every single weight: what it reads times how the loss changes with that sum."""
    network = random_network(architecture)
    images, labels = a_batch(1, 3)
    batch = forwards_and_backwards(network, images, labels)
    gradients = weight_gradients(network, batch)
    one_by_one = [
        forwards_and_backwards(network, images[i : i + 1], labels[i : i + 1]) for i in range(3)
    ]
    apart = [weight_gradients(network, each) for each in one_by_one]
    for layer, weights in network.weights.items():
        for part in PARTS:
            whole = WeightPlace(layer, part, ())
            # Every fifth is enough, and no step of five hits the same row, channel or unit each time.
            for index in list(np.ndindex(whole.array(weights).shape))[::5]:
                place = WeightPlace(layer, part, index)
                by_image = meeting(network, batch, place).by_image
                expected = [place.array(each[layer])[index] for each in apart]
                np.testing.assert_allclose(by_image, expected, rtol=1e-4, atol=1e-6)
                gradient = place.array(gradients[layer])[index]
                assert by_image.mean() == pytest.approx(gradient, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "dense", "output"])
@pytest.mark.parametrize("part", PARTS)
def test_loss_along_one_weight(layer: str, part: Part) -> None:
    """What the whole network says with that value; its slope where the weight is, is the gradient."""
    network = random_network(SMALL, seed=2)
    images, labels = a_batch(2, 4)
    gradients = weight_gradients(network, forwards_and_backwards(network, images, labels))
    place = largest_at(gradients, layer, part)
    here = weight_at(network, place)
    values = here + np.array([-0.5, -1e-3, 0, 1e-3, 0.7])

    losses = loss_along(network, images, labels, place, values)

    for value, loss in zip(values, losses, strict=True):
        other = with_weight(network, place, float(value))
        assert loss == pytest.approx(cross_entropies(other.logits(images), labels).mean(), rel=1e-6)
    gradient = float(place.array(gradients[layer])[place.index])
    assert (losses[3] - losses[1]) / 2e-3 == pytest.approx(gradient, rel=0.02)
    assert abs(gradient) > 0.01


def test_cross_entropy_of_what_is_too_small_to_write() -> None:
    """A probability of e^−300 is 0 in float32; its loss is 300 all the same."""
    logits = np.zeros((2, 10), np.float32)
    logits[0, 3] = logits[1, 4] = 300
    np.testing.assert_allclose(cross_entropies(logits, np.array([5, 4])), [300, 0], atol=1e-12)
    uniform = cross_entropies(np.ones((1, 10), np.float32), np.array([7]))
    np.testing.assert_allclose(uniform, np.log(10))


def test_it_leaves_the_network_alone() -> None:
    """Looking changes nothing."""
    network: Network = random_network(SMALL)
    before = {name: weights.kernel.copy() for name, weights in network.weights.items()}
    images, labels = a_batch(0, 2)
    batch = forwards_and_backwards(network, images, labels)
    weight_gradients(network, batch)
    loss_along(
        network, images, labels, WeightPlace("conv1", "kernel", (0, 0, 0, 0)), np.array([9.0])
    )
    for name, kernel in before.items():
        np.testing.assert_array_equal(network.weights[name].kernel, kernel)
