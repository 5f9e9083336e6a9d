"""The NumPy forward pass: equal to Keras layer by layer, in batches, on any architecture."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.arithmetic import Array, softmax
from cnn_core.network.network import BATCH_SIZE, Network, Weights, as_maps
from cnn_core.store.store import model_folder, open_model
from tests.support.networks import random_network
from tests.support.strategies import architectures
from tests.support.vectors import vectors


@pytest.fixture(scope="session")
def images(mnist: Mnist) -> NDArray[np.uint8]:
    """Real digits, every class among them."""
    return mnist.test.images[:20]


@pytest.fixture(scope="session")
def network() -> Network:
    """A small network."""
    return random_network(Architecture(filters=(3, 4), dense_units=8))


def every_layer(keras: Any, model: Any, images: NDArray[np.uint8]) -> dict[str, Array]:
    """What each layer of a Keras model makes of images, by layer name."""
    outputs = keras.Model(model.inputs, [layer.output for layer in model.layers])
    values = outputs([images[..., np.newaxis].astype(np.float32)], training=False)
    return {
        layer.name: np.asarray(value) for layer, value in zip(model.layers, values, strict=True)
    }


def as_keras(network: Network) -> Any:
    """The Keras model with the same weights."""
    model = network.architecture.to_keras()
    for name, weights in network.weights.items():
        model.get_layer(name).set_weights([weights.kernel, weights.bias])
    return model


def assert_equal_layer_by_layer(ours: dict[str, Array], theirs: dict[str, Array]) -> None:
    assert list(ours) == list(theirs)
    for name, expected in theirs.items():
        assert ours[name].dtype == np.float32
        np.testing.assert_allclose(ours[name], expected, rtol=1e-5, atol=1e-5, err_msg=name)


class TestAgainstKeras:
    @pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
    def test_presets(
        self, keras: Any, images: NDArray[np.uint8], architecture: Architecture
    ) -> None:
        """Every layer of the two networks gives what Keras gives."""
        network = random_network(architecture)

        theirs = every_layer(keras, as_keras(network), images)

        assert_equal_layer_by_layer(network.activations(images), theirs)

    def test_what_the_browser_is_held_to(self, keras: Any) -> None:
        """The outputs that tests compare JavaScript with are what Keras gives, too."""
        for vector in vectors()[::3]:
            theirs = every_layer(keras, as_keras(vector.network), vector.images)
            assert_equal_layer_by_layer(vector.outputs, theirs)

    @settings(max_examples=15)
    @given(architecture=architectures(), seed=st.integers(0, 1000))
    def test_any_architecture(
        self, keras: Any, images: NDArray[np.uint8], architecture: Architecture, seed: int
    ) -> None:
        """Every layer of any network that can be built gives what Keras gives."""
        network = random_network(architecture, seed)

        theirs = every_layer(keras, as_keras(network), images)

        assert_equal_layer_by_layer(network.activations(images), theirs)

    @pytest.mark.parametrize("name", ["baseline", "improved"])
    def test_bundled(
        self, keras: Any, images: NDArray[np.uint8], tmp_path: Path, name: str
    ) -> None:
        """The file that Keras saved and the weights that NumPy reads are the same network."""
        bundled = open_model(model_folder(name))
        file = tmp_path / "model.keras"
        file.write_bytes(bundled.keras_file())

        theirs = every_layer(keras, keras.saving.load_model(file), images)

        assert_equal_layer_by_layer(bundled.network().activations(images), theirs)


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
def test_images_stay_side_by_side_in_memory(architecture: Architecture, mnist: Mnist) -> None:
    """No layer copies all feature maps into another order, which would cost more than its sums."""
    network = random_network(architecture)
    values = as_maps(mnist.test.images[:3])

    for layer in architecture.layers():
        values = network.layer_output(layer, values)
        assert layer.kind in ("flatten", "dropout", "dense") or values.flags.f_contiguous, layer


class TestPredict:
    def test_is_the_last_activation(self, network: Network, images: NDArray[np.uint8]) -> None:
        """A prediction is what the output layer says, and nothing else."""
        activations = network.activations(images)

        np.testing.assert_array_equal(network.predict(images), activations["output"])

    def test_is_softmax_of_logits(self, network: Network, images: NDArray[np.uint8]) -> None:
        """The logits are what the probabilities are made of."""
        np.testing.assert_array_equal(network.predict(images), softmax(network.logits(images)))

    @pytest.mark.parametrize("count", [1, BATCH_SIZE, BATCH_SIZE + 1, 2 * BATCH_SIZE + 3])
    def test_batches(self, network: Network, mnist: Mnist, count: int) -> None:
        """However many images come, each gets the answer that it gets alone."""
        images = mnist.test.images[:count]
        alone = [network.predict(image[np.newaxis]) for image in images]

        np.testing.assert_allclose(network.predict(images), np.concatenate(alone), atol=1e-6)

    def test_bounded_memory(self, mnist: Mnist) -> None:
        """Two thousand images take hardly more memory than one batch."""
        network = random_network(IMPROVED)
        peaks = []
        for count in (BATCH_SIZE, 2_000):
            tracemalloc.start()
            network.predict(mnist.test.images[:count])
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

        assert peaks[1] < peaks[0] + 2**20
        assert peaks[1] < 32 * 2**20

    def test_nothing(self, network: Network) -> None:
        """No images have no predictions, and no error."""
        none = np.empty((0, 28, 28), np.uint8)

        assert network.predict(none).shape == (0, 10)
        assert network.logits(none).shape == (0, 10)

    @pytest.mark.parametrize(
        "images",
        [
            np.zeros((28, 28), np.uint8),
            np.zeros((1, 28, 28, 1), np.uint8),
            np.zeros((1, 27, 28), np.uint8),
            np.zeros((1, 28, 28), np.float32),
            np.zeros((), np.uint8),
        ],
    )
    def test_bad_input(self, network: Network, images: NDArray[Any]) -> None:
        """What is not a stack of digits is refused with what would be one."""
        for ask in (network.predict, network.activations, network.logits):
            with pytest.raises(ValueError, match=r"images are uint8 \(n, 28, 28\), not"):
                ask(images)


class TestActivations:
    def test_shapes(self, network: Network, images: NDArray[np.uint8]) -> None:
        """Each layer's output has the shape that the layer table says, batch first."""
        shapes = {name: output.shape for name, output in network.activations(images).items()}

        assert shapes == {
            layer.name: (len(images), *layer.output_shape)
            for layer in network.architecture.layers()
        }

    def test_layer_by_layer(self, network: Network, images: NDArray[np.uint8]) -> None:
        """Each layer's output is that layer applied to the output before it."""
        outputs = network.activations(images)
        values = images[..., np.newaxis].astype(np.float32)
        for layer in network.architecture.layers():
            values = network.layer_output(layer, values)
            np.testing.assert_array_equal(values, outputs[layer.name], err_msg=layer.name)

    def test_leaves_its_input_alone(self, network: Network, mnist: Mnist) -> None:
        """Images, activations and weights are not written to by whoever computes with them."""
        images = mnist.test.images[:3].copy()
        before = {name: weights.kernel.copy() for name, weights in network.weights.items()}
        first = network.activations(images)
        again = network.activations(images)

        np.testing.assert_array_equal(images, mnist.test.images[:3])
        for name, kernel in before.items():
            np.testing.assert_array_equal(network.weights[name].kernel, kernel)
        for name, values in first.items():
            np.testing.assert_array_equal(values, again[name])


def test_sums_are_what_relu_and_softmax_are_given(
    network: Network, images: NDArray[np.uint8]
) -> None:
    """Of every layer with weights: cut off at 0, or through softmax, they are its output."""
    outputs = network.activations(images)
    layers = network.architecture.layers()
    for before, layer in pairwise(layers):
        if layer.name not in network.weights:
            continue
        sums = network.sums(layer, outputs[before.name])
        assert (sums < 0).any()
        output = softmax(sums) if layer.name == "output" else np.maximum(sums, 0)
        np.testing.assert_allclose(output, outputs[layer.name], atol=1e-5)


class TestWeights:
    def test_missing_layer(self, network: Network) -> None:
        """A network without the weights of one of its layers is refused."""
        weights = {name: kept for name, kept in network.weights.items() if name != "dense"}

        with pytest.raises(ValueError, match="do not have the shapes"):
            Network(network.architecture, weights)

    def test_another_shape(self, network: Network) -> None:
        """A network with weights of another architecture is refused."""
        dense = network.weights["dense"]
        turned = network.weights | {"dense": Weights(dense.kernel.T, dense.bias)}

        with pytest.raises(ValueError, match="do not have the shapes"):
            Network(network.architecture, turned)
