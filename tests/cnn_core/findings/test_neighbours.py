"""Neighbours are those of least Euclidean distance in the penultimate activations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.findings.neighbours import all_features, features, nearest, nearest_images
from cnn_core.store.store import load_network


@given(count=st.integers(1, 12), seed=st.integers(0, 99))
def test_the_nearest_in_order(count: int, seed: int) -> None:
    """All distances one by one, sorted."""
    rng = np.random.default_rng(seed)
    every, one = rng.normal(size=(12, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)
    found = nearest(every, one, count)
    distances = [float(np.linalg.norm(row - one)) for row in every]
    np.testing.assert_allclose(found.distances, sorted(distances)[:count], rtol=1e-5)
    for position, distance in zip(found.positions, found.distances, strict=True):
        assert distances[position] == pytest.approx(distance, rel=1e-5)


def test_a_digit_is_nearest_to_itself(mnist: Mnist) -> None:
    """At distance 0, but for rounding in another batch."""
    network = load_network("baseline")
    *_, (done, every) = all_features(network, mnist.train.images[:600])
    assert done == 600
    assert every is not None
    assert every.shape == (600, 128)
    found = nearest(every, features(network, mnist.train.images[7:8])[0], 3)
    assert found.positions[0] == 7
    assert found.distances[0] == pytest.approx(0, abs=1e-4)
    assert found.distances[1] > 0.1


def test_rounded_features_find_the_exact_nearest(mnist: Mnist) -> None:
    """Order and distances are those of the features as they are, for several digits."""
    network, images = load_network("improved"), mnist.train.images[:600]
    exact = features(network, images)
    *_, (_, rounded) = all_features(network, images, np.float16)
    assert rounded is not None
    assert rounded.dtype == np.float16
    for image in mnist.test.images[:5]:
        found = nearest_images(network, images, rounded, image, 20)
        expected = nearest(exact, features(network, image[np.newaxis])[0], 20)
        np.testing.assert_array_equal(found.positions, expected.positions)
        np.testing.assert_allclose(found.distances, expected.distances, atol=1e-4)


def test_progress_counts_up(mnist: Mnist) -> None:
    """Batch by batch to the end; only the last step has the result."""
    steps = list(all_features(load_network("baseline"), mnist.train.images[:150]))
    assert [done for done, _ in steps] == [32, 64, 96, 128, 150]
    assert [result is None for _, result in steps] == [True, True, True, True, False]


def test_features_are_what_the_last_layer_reads(mnist: Mnist) -> None:
    """Times its weights, plus its biases, they are the logits."""
    network = load_network("improved")
    images = mnist.test.images[:4]
    output = network.weights["output"]
    logits = features(network, images) @ output.kernel + output.bias
    np.testing.assert_allclose(logits, network.logits(images), atol=1e-4)
