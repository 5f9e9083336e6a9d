"""The chain rule by hand gives the gradients of TensorFlow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.gradient import gradients, image_gradient, ties
from cnn_core.network.network import Network, Weights
from cnn_core.store.store import load_network
from tests.support.networks import random_network
from tests.support.references import activations_of, tensorflow_gradients
from tests.support.strategies import architectures

Floats = NDArray[np.float64]


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


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_noise_has_no_ties(keras: Any, name: str) -> None:
    """Where no two values are equal, the rule for those does not matter: TensorFlow's own pooling."""
    network = load_network(name)
    image = np.random.default_rng(5).integers(0, 256, (28, 28)).astype(np.uint8)
    activations = activations_of(network, image)
    ours = gradients(network, activations, 4)
    theirs = tensorflow_gradients(keras, network, image, 4, share_ties=False)
    # But for windows of nothing but 0, where ReLU takes the slope away on the way back.
    for name in network.architecture.convolutions:
        ours[name], theirs[name] = (each[name] * (activations[name] > 0) for each in (ours, theirs))
    assert_alike(ours, theirs)


def test_tensorflow_gives_the_slope_to_the_first(keras: Any) -> None:
    """What is said of it where ties are shared: of four equal values it takes the one at the top left."""
    import tensorflow as tf

    values = tf.ones((1, 4, 4, 1))
    with tf.GradientTape() as tape:
        tape.watch(values)
        total = tf.reduce_sum(keras.layers.MaxPooling2D(2)(values))
    expected = np.zeros((4, 4))
    expected[::2, ::2] = 1
    np.testing.assert_array_equal(tape.gradient(total, values)[0, ..., 0], expected)


class Piece:
    """The affine piece of a network around an image, run forward in float64, without a chain rule.

    What ReLU lets through, and which part each value has in its pooling window, are kept as they
    are at the image; all else is sums of products.
    """

    def __init__(self, network: Network, image: NDArray[np.uint8]) -> None:
        self.network = network
        self.kept: list[Floats] = []

        def keep(choice: Callable[[], Floats]) -> Floats:
            self.kept.append(choice())
            return self.kept[-1]

        self._run(image[np.newaxis] / 255, keep)

    def logits(self, pixels: Floats) -> Floats:
        """Float64 (n, 28, 28), in units of the rescaled pixel → (n, 10)."""
        kept = iter(self.kept)
        return self._run(pixels, lambda _: next(kept))

    def _run(self, pixels: Floats, choose: Callable[[Callable[[], Floats]], Floats]) -> Floats:
        """choose: is told how the values at hand would choose, and says what counts."""
        architecture, weights = self.network.architecture, self.network.weights

        def relu(values: Floats) -> Floats:
            return values * choose(lambda: np.where(values > 0, 1.0, 0.0))

        def pool(values: Floats) -> Floats:
            n, height, width, filters = values.shape
            rows, columns = height // 2, width // 2
            cells = values[:, : 2 * rows, : 2 * columns].reshape(n, rows, 2, columns, 2, filters)

            def parts() -> Floats:
                equal = cells >= cells.max(axis=(2, 4), keepdims=True) * (1 - 1e-5)
                return np.asarray(equal / equal.sum(axis=(2, 4), keepdims=True))

            return np.asarray((cells * choose(parts)).sum(axis=(2, 4)))

        values = pixels[..., np.newaxis]
        for name in architecture.convolutions:
            if architecture.padding == "same":
                values = np.pad(values, [(0, 0), (1, 1), (1, 1), (0, 0)])
            seen = sliding_window_view(values, (3, 3), axis=(1, 2))
            sums = np.einsum("nrcdij,ijdf->nrcf", seen, weights[name].kernel, optimize=True)
            values = pool(relu(sums + weights[name].bias))
        dense, output = weights["dense"], weights["output"]
        values = relu(values.reshape(len(values), -1) @ dense.kernel + dense.bias)
        return np.asarray(values @ output.kernel + output.bias)


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_slopes_of_the_piece_that_an_image_lies_on(mnist: Mnist, name: str) -> None:
    """On a hundred digits, most of them on kinks: going in any direction changes the logit as it says."""
    network, rng = load_network(name), np.random.default_rng(3)
    on_kinks = 0
    for place in range(100):
        image, asked = mnist.test.images[place], int(rng.integers(10))
        activations = activations_of(network, image)
        on_kinks += ties(network, activations)[0] > 0
        slopes = gradients(network, activations, asked)["rescaling"][..., 0]
        piece, here = Piece(network, image), image / 255
        directions = rng.normal(size=(3, 28, 28))
        there = piece.logits(np.concatenate([here[np.newaxis], here + directions]))[:, asked]
        assert there[0] == pytest.approx(network.logits(image[np.newaxis])[0, asked], abs=1e-4)
        expected = there[1:] - there[0]
        size = np.abs(slopes).sum()
        np.testing.assert_allclose(
            (directions * slopes).sum(axis=(1, 2)), expected, atol=1e-5 * size
        )
    assert on_kinks > 90


def test_slopes_turn_and_flip_with_the_digit(mnist: Mnist) -> None:
    """A network whose kernels are upside down has upside-down slopes on an upside-down digit."""
    network = random_network(Architecture(filters=(4, 5), padding="same"), seed=2)
    flipped = {
        name: Weights(learned.kernel[::-1, ::-1], learned.bias)
        for name, learned in network.weights.items()
        if learned.kernel.ndim == 4
    }
    dense = network.weights["dense"]
    by_place = dense.kernel.reshape(7, 7, 5, -1)[::-1, ::-1].reshape(dense.kernel.shape)
    other = Network(
        network.architecture, network.weights | flipped | {"dense": Weights(by_place, dense.bias)}
    )
    for image in mnist.test.images[:10]:
        slopes = gradients(network, activations_of(network, image), 3)["rescaling"]
        turned = gradients(other, activations_of(other, image[::-1, ::-1]), 3)["rescaling"]
        np.testing.assert_allclose(turned[::-1, ::-1], slopes, atol=1e-4 * np.abs(slopes).max())


def test_ties_are_counted() -> None:
    """Of the windows of a black image all are ties; where a filter finds nothing none counts."""
    network = random_network(Architecture(filters=(2,), kernel_size=1, padding="same"))
    bias = np.array([0.5, -0.5], np.float32)
    weights = network.weights | {"conv1": Weights(np.ones((1, 1, 1, 2), np.float32), bias)}
    network = Network(network.architecture, weights)
    image = np.zeros((28, 28), np.uint8)
    assert ties(network, activations_of(network, image)) == (196, 196)
    # One window of the first map now has a single winner; in the second one wins over nothing.
    image[3, 7] = 255
    assert ties(network, activations_of(network, image)) == (195, 197)


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
    with pytest.raises(ValueError, match="label"):
        gradients(network, activations_of(network, mnist.test.images[0]), digit)


class TestImageGradient:
    @pytest.mark.parametrize("name", ["baseline", "improved"])
    def test_of_one_sum_and_of_a_mean(self, keras: Any, name: str) -> None:
        """What TensorFlow finds: for a cell of a map, for the mean of a map, and for a dense unit."""
        network = load_network(name)
        image = np.random.default_rng(6).integers(0, 256, (28, 28)).astype(np.uint8)
        activations = activations_of(network, image)
        for layer in ("conv1", "conv2", "conv3", "dense", "output"):
            shape = activations[layer].shape
            cell, mean = np.zeros((2, *shape), np.float32)
            # Neither in the middle nor the same along both axes.
            cell[(1, 2, 5) if len(shape) == 3 else (7,)] = 1
            mean[..., 3] = 1 / np.prod(shape[:-1])
            for by_sums in (cell, mean):
                ours = image_gradient(network, activations, layer, by_sums)
                expected = tensorflow_image_gradient(keras, network, image, layer, by_sums)
                assert ours.shape == (28, 28)
                assert np.abs(expected).max() > 0
                np.testing.assert_allclose(ours, expected, atol=2e-5 * np.abs(expected).max())

    def test_of_a_logit(self, mnist: Mnist) -> None:
        """On digits, which are full of ties, the same slopes as those of the answer."""
        network = load_network("improved")
        for place, asked in ((0, 7), (42, 9)):
            activations = activations_of(network, mnist.test.images[place])
            ours = image_gradient(
                network, activations, "output", np.eye(10, dtype=np.float32)[asked]
            )
            expected = gradients(network, activations, asked)["rescaling"][..., 0]
            np.testing.assert_allclose(ours, expected, atol=1e-5 * np.abs(expected).max())

    def test_no_such_layer(self, mnist: Mnist) -> None:
        """A layer that is not there is named."""
        network = random_network(BASELINE)
        activations = activations_of(network, mnist.test.images[0])
        with pytest.raises(KeyError, match="conv9"):
            image_gradient(network, activations, "conv9", np.zeros(1, np.float32))


def tensorflow_image_gradient(
    keras: Any, network: Network, image: NDArray[np.uint8], layer: str, by_sums: Array
) -> Array:
    """How a weighted sum of a layer's sums before ReLU changes with the pixels, by tf.GradientTape."""
    import tensorflow as tf

    model = network.architecture.to_keras()
    for name, learned in network.weights.items():
        model.get_layer(name).set_weights([learned.kernel, learned.bias])
    model.get_layer(layer).activation = keras.activations.linear
    with tf.GradientTape() as tape:
        pixels = tf.constant(image[np.newaxis, ..., np.newaxis].astype(np.float32) / 255)
        tape.watch(pixels)
        value = pixels
        for each in model.layers:
            if each.name != "rescaling":
                value = each(value, training=False)
            if each.name == layer:
                break
        asked = tf.reduce_sum(value[0] * by_sums)
    slopes: Array = tape.gradient(asked, pixels).numpy()[0, ..., 0]
    return slopes
