"""The three methods give what their papers say, computed with TensorFlow or one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.findings.attribution import grad_cam, input_times_gradient, occlusion
from cnn_core.network.architecture import IMPROVED
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import unseen
from cnn_core.store.store import load_network
from tests.support.networks import random_network
from tests.support.references import activations_of, tensorflow_gradients


@pytest.fixture(scope="module", params=["baseline", "improved"])
def network(request: pytest.FixtureRequest) -> Network:
    """Each of the two networks that the dashboard explains."""
    return load_network(request.param)


class TestAgainstTensorFlow:
    def test_input_times_gradient(self, keras: Any, mnist: Mnist, network: Network) -> None:
        """Pixels over 255 times the gradient of the logit."""
        image = mnist.test.images[7]
        ours = input_times_gradient(network, activations_of(network, image), 9)
        slopes = tensorflow_gradients(keras, network, image, 9)["rescaling"][..., 0]
        np.testing.assert_allclose(ours, image / np.float32(255) * slopes, atol=1e-4)

    @pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
    def test_grad_cam(self, keras: Any, mnist: Mnist, network: Network, layer: str) -> None:
        """Mean gradients as weights of the maps, their sum through ReLU."""
        image = mnist.test.images[7]
        activations = activations_of(network, image)
        ours = grad_cam(network, activations, 9, layer)
        weights = tensorflow_gradients(keras, network, image, 9)[layer].mean(axis=(0, 1))
        np.testing.assert_allclose(ours.weights, weights, atol=1e-5)
        expected = np.maximum((activations[layer] * weights).sum(axis=-1), 0)
        np.testing.assert_allclose(ours.evidence, expected, atol=1e-4)

    def test_occlusion(self, keras: Any, mnist: Mnist, network: Network) -> None:
        """Keras, asked about the covered digits one by one."""
        image = mnist.test.images[7]
        ours = occlusion(network, image, 12, 8)
        model = network.architecture.to_keras()
        for name, learned in network.weights.items():
            model.get_layer(name).set_weights([learned.kernel, learned.bias])
        assert ours.places == (0, 8, 16)
        for row, top in enumerate(ours.places):
            for column, left in enumerate(ours.places):
                covered = image.copy()
                covered[top : top + 12, left : left + 12] = 0
                theirs = model(covered[np.newaxis, ..., np.newaxis].astype(np.float32))
                np.testing.assert_allclose(ours.covered[row, column], theirs[0], atol=1e-5)


class TestOcclusion:
    @settings(max_examples=10)
    @given(patch=st.integers(2, 28), stride=st.integers(3, 9), seed=st.integers(0, 20))
    def test_means_of_drops(self, mnist: Mnist, patch: int, stride: int, seed: int) -> None:
        """A pixel's drop is the mean over the patches that cover it, 0 where none does."""
        network = random_network(IMPROVED)
        result = occlusion(network, mnist.test.images[seed], patch, stride)
        assert result.places[0] == 0
        assert result.places[-1] == 28 - patch
        for row, column in ((0, 0), (13, 14), (27, 5)):
            over = [
                result.whole - result.covered[i, j]
                for i, top in enumerate(result.places)
                for j, left in enumerate(result.places)
                if top <= row < top + patch and left <= column < left + patch
            ]
            expected = np.mean(over, axis=0) if over else np.zeros(10)
            np.testing.assert_allclose(result.drops[row, column], expected, atol=1e-5)

    def test_covering_everything(self, mnist: Mnist, network: Network) -> None:
        """A patch of 28×28 leaves a black image."""
        result = occlusion(network, mnist.test.images[0], 28, 1)
        black = network.predict(np.zeros((1, 28, 28), np.uint8))[0]
        np.testing.assert_array_equal(result.covered[0, 0], black)

    @pytest.mark.parametrize(("patch", "stride"), [(0, 1), (29, 1), (4, 0)])
    def test_impossible(self, mnist: Mnist, network: Network, patch: int, stride: int) -> None:
        """No patch, one that does not fit, and no step are refused."""
        with pytest.raises(ValueError, match="patch"):
            occlusion(network, mnist.test.images[0], patch, stride)


def test_the_blind_spot_has_no_evidence(mnist: Mnist) -> None:
    """What baseline cannot see speaks neither for a digit nor against it."""
    network = load_network("baseline")
    blind = unseen(network.architecture, "output")
    image = np.full((28, 28), 200, np.uint8)
    assert not input_times_gradient(network, activations_of(network, image), 3)[blind].any()
    assert np.abs(occlusion(network, image, 1, 1).drops[27, 27]).max() < 1e-6


def test_black_pixels_add_nothing(mnist: Mnist, network: Network) -> None:
    """Input × gradient is 0 wherever the input is."""
    image = mnist.test.images[3]
    values = input_times_gradient(network, activations_of(network, image), 0)
    assert not values[image == 0].any()


def test_grad_cam_needs_a_convolution(mnist: Mnist, network: Network) -> None:
    """A dense layer has no place in the image; a layer that is not there even less."""
    activations = activations_of(network, mnist.test.images[0])
    for layer in ("dense", "pool1", "conv9"):
        with pytest.raises(ValueError, match="convolution"):
            grad_cam(network, activations, 0, layer)
