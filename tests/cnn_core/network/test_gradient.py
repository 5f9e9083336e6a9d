"""The chain rule by hand gives the gradients of TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.gradient import gradients
from cnn_core.store.store import load_network
from tests.support.networks import random_network
from tests.support.references import activations_of, tensorflow_gradients
from tests.support.strategies import architectures


def assert_alike(ours: dict[str, Array], theirs: dict[str, Array]) -> None:
    # Dropout hands its input on as the very same tensor; TensorFlow sees one where we name two.
    assert list(ours) == list(theirs)
    for name, expected in theirs.items():
        size = max(float(np.abs(expected).max()), 1e-3)
        np.testing.assert_allclose(ours[name], expected, atol=2e-5 * size + 1e-6, err_msg=name)


@settings(max_examples=10)
@given(architecture=architectures(), seed=st.integers(0, 99), digit=st.integers(0, 9))
def test_any_network(
    keras: Any, mnist: Mnist, architecture: Architecture, seed: int, digit: int
) -> None:
    """Every layer of any network that can be built."""
    network = random_network(architecture, seed)
    image = mnist.test.images[seed]
    ours = gradients(network, activations_of(network, image), digit)
    assert_alike(ours, tensorflow_gradients(keras, network, image, digit))


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_bundled(keras: Any, mnist: Mnist, name: str) -> None:
    """The networks that the dashboard explains, for the right digit and for a wrong one."""
    network = load_network(name)
    image = mnist.test.images[42]
    for digit in (4, 9):
        ours = gradients(network, activations_of(network, image), digit)
        assert_alike(ours, tensorflow_gradients(keras, network, image, digit))


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
def test_shapes(mnist: Mnist, architecture: Architecture) -> None:
    """A gradient has the shape of what it belongs to."""
    network = random_network(architecture)
    activations = activations_of(network, mnist.test.images[0])
    for name, gradient in gradients(network, activations, 3).items():
        assert gradient.shape == activations[name].shape
        assert gradient.dtype == np.float32


@pytest.mark.parametrize("digit", [-1, 10])
def test_no_such_digit(mnist: Mnist, digit: int) -> None:
    """There are ten digits."""
    network = random_network(BASELINE)
    with pytest.raises(ValueError, match="digit"):
        gradients(network, activations_of(network, mnist.test.images[0]), digit)
