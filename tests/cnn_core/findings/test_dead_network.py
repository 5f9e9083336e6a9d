"""What is said of a dead network is what its weights and its activations show."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.findings.dead_network import vitals
from cnn_core.findings.moments import sample_of
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.store.store import model_folder, open_model
from tests.support.networks import random_network

SMALL = Architecture(filters=(3, 5), kernel_size=5, dense_units=7)


def changed(network: Network, layer: str, *, kernel: float = 1.0, bias: float) -> Network:
    """A network of which one layer's weights are multiplied, and its biases are set."""
    weights = network.weights[layer]
    new = Weights(weights.kernel * np.float32(kernel), np.full_like(weights.bias, bias))
    return Network(network.architecture, network.weights | {layer: new})


def test_a_network_that_dies_layer_by_layer(mnist: Mnist) -> None:
    """All alive; conv2 dead, and with it every difference; from there on only output biases move."""
    begun = random_network(SMALL)
    dead = changed(begun, "conv2", kernel=0.0, bias=-1.0)
    later = changed(dead, "output", bias=0.25)
    images = mnist.test.images[:20]

    found = vitals([begun, dead, later], images)

    assert found.units == {"conv1": 3, "conv2": 5, "dense": 7}
    for name, counts in found.responding.items():
        values = begun.activations(images)[name].reshape(-1, found.units[name])
        assert counts[0] == sum(values[:, unit].max() > 0 for unit in range(found.units[name]))
    assert found.responding["conv2"][1:].tolist() == [0, 0]
    assert found.died_at("conv2") == 1
    assert found.died_at("conv1") is None
    assert found.answers[0] == 20
    assert found.one_answer_from() == 1
    kernels = begun.weights["conv2"].kernel
    assert found.moving.tolist() == [kernels.size + len(kernels[0, 0, 0]) + 10, 10, 0]
    assert found.moving_output_biases.tolist() == [10, 10, 0]
    assert found.only_output_biases_from() == 1


def test_a_network_that_lives(mnist: Mnist) -> None:
    """Everything moves up to the end, and nothing is said to have died."""
    found = vitals([random_network(SMALL, seed) for seed in range(3)], mnist.test.images[:20])

    assert found.one_answer_from() is None
    assert found.only_output_biases_from() is None


def test_the_bundled_one_died(mnist: Mnist) -> None:
    """With a rate of 0.03 it is dead after 50 batches: no held-out digit finds anything alive."""
    model = open_model(model_folder("rate-too-large"))
    moments, networks = zip(*model.checkpoints().items(), strict=True)
    sample = sample_of(mnist.train).images
    found = vitals(networks, sample[:100])

    conv2, dense, biases = (
        found.died_at("conv2"),
        found.died_at("dense"),
        found.only_output_biases_from(),
    )
    assert conv2 is not None
    assert dense is not None
    assert biases is not None
    assert moments[conv2].title == moments[dense].title == "after 50 batches"
    assert moments[biases].title == "after epoch 2"
    assert found.one_answer_from() == conv2
    # What a hundred digits show, all 6,000 do not contradict.
    every = vitals([networks[conv2]], mnist.train.images[54_000:])
    assert every.responding["conv2"].tolist() == every.responding["dense"].tolist() == [0]
    assert every.answers.tolist() == [1]
