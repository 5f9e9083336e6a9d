"""What is shown of a moment is what the network of that moment computes."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist, Split
from cnn_core.findings.evaluation import confusion_matrix
from cnn_core.findings.moments import (
    SAMPLE_SIZE,
    confusions,
    first_kernels,
    read_at_each,
    sample_of,
)
from cnn_core.network.architecture import Architecture
from tests.support.networks import random_network

SMALL = Architecture(filters=(3, 5), kernel_size=5, dense_units=7)
NETWORKS = [random_network(SMALL, seed) for seed in range(3)]


def test_a_digit_at_each_moment(mnist: Mnist) -> None:
    """Maps and probabilities, moment by moment, as each network computes them by itself."""
    image = mnist.test.images[42]
    reading = read_at_each(NETWORKS, "conv2", image)
    for place, network in enumerate(NETWORKS):
        alone = network.activations(image[np.newaxis])
        np.testing.assert_array_equal(reading.maps[place, 4], alone["conv2"][0, :, :, 4])
        np.testing.assert_array_equal(reading.probabilities[place], alone["output"][0])
        np.testing.assert_array_equal(
            first_kernels(NETWORKS)[place, 2], network.weights["conv1"].kernel[:, :, 0, 2]
        )


def test_confusions_are_counted_moment_by_moment(mnist: Mnist) -> None:
    """The answer comes with the last, and is that of each network."""
    sample = Split(mnist.test.images[:90], mnist.test.labels[:90])
    steps = list(confusions(NETWORKS, sample))
    assert [done for done, _ in steps] == [1, 2, 3]
    assert steps[0][1] is None
    counts = steps[-1][1]
    assert counts is not None
    for network, counted in zip(NETWORKS, counts, strict=True):
        expected = confusion_matrix(network.predict(sample.images), sample.labels)
        np.testing.assert_array_equal(counted, expected)


def test_the_sample_is_the_first_of_the_held_out_digits(mnist: Mnist) -> None:
    """The same ones for everybody, and none that a training may learn from."""
    sample = sample_of(mnist.train)
    assert len(sample) == SAMPLE_SIZE
    np.testing.assert_array_equal(sample.images, mnist.train.images[54_000:55_000])
    np.testing.assert_array_equal(sample.labels, mnist.train.labels[54_000:55_000])
