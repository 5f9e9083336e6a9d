"""The three methods give what their papers say, computed with TensorFlow or one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.findings.attribution import Measure, grad_cam, input_times_gradient, occlusion
from cnn_core.network.architecture import IMPROVED, Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.network.receptive_field import unseen
from cnn_core.store.store import load_network
from tests.support.networks import random_network
from tests.support.references import activations_of, tensorflow_gradients

MEASURES: tuple[Measure, ...] = ("probability", "logit")


@pytest.fixture(scope="module", params=["baseline", "improved"])
def network(request: pytest.FixtureRequest) -> Network:
    """Each of the two networks that the dashboard explains."""
    return load_network(request.param)


class TestAgainstTensorFlow:
    def test_input_times_gradient(self, keras: Any, mnist: Mnist, network: Network) -> None:
        """Pixels over 255 times the gradient of the logit, on digits full of ties."""
        for place in range(6):
            image = mnist.test.images[place]
            ours = input_times_gradient(network, activations_of(network, image), 9)
            slopes = tensorflow_gradients(keras, network, image, 9)["rescaling"][..., 0]
            np.testing.assert_allclose(ours, image / np.float32(255) * slopes, atol=1e-5)

    @pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
    def test_grad_cam(self, keras: Any, mnist: Mnist, network: Network, layer: str) -> None:
        """Mean gradients as weights of the maps, their sum through ReLU."""
        image = mnist.test.images[7]
        activations = activations_of(network, image)
        ours = grad_cam(network, activations, 9, layer)
        weights = tensorflow_gradients(keras, network, image, 9)[layer].mean(axis=(0, 1))
        np.testing.assert_allclose(ours.weights, weights, atol=1e-5)
        expected = np.maximum((activations[layer] * weights).sum(axis=-1), 0)
        np.testing.assert_allclose(ours.published, expected, atol=1e-4)

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
                probabilities = ours.under_patches("probability")[row, column]
                np.testing.assert_allclose(probabilities, theirs[0], atol=1e-5)


class TestOcclusion:
    @settings(max_examples=10)
    @given(patch=st.integers(2, 28), stride=st.integers(3, 9), seed=st.integers(0, 20))
    def test_means_of_drops(self, mnist: Mnist, patch: int, stride: int, seed: int) -> None:
        """A pixel's drop is the mean over the patches that cover it, 0 where none does."""
        network = random_network(IMPROVED)
        result = occlusion(network, mnist.test.images[seed], patch, stride)
        assert result.places[0] == 0
        assert result.places[-1] == 28 - patch
        for measure in MEASURES:
            drops = result.drops(measure)
            for row, column in ((0, 0), (13, 14), (27, 5)):
                over = [
                    result.without_patch(measure) - result.under_patches(measure)[i, j]
                    for i, top in enumerate(result.places)
                    for j, left in enumerate(result.places)
                    if top <= row < top + patch and left <= column < left + patch
                ]
                assert result.never_covered[row, column] == (not over)
                expected = np.mean(over, axis=0) if over else np.zeros(10)
                size = 1e-5 * max(1, np.abs(result.covered).max())
                np.testing.assert_allclose(drops[row, column], expected, atol=size)

    def test_what_a_wide_stride_leaves_out(self, mnist: Mnist, network: Network) -> None:
        """Single pixels, seven apart, cover 25 of 784; steps as wide as the patch cover all."""
        sparse = occlusion(network, mnist.test.images[0], 1, 7).never_covered
        assert sparse.sum() == 784 - 25
        assert not sparse[::7, ::7][:4, :4].any()
        assert not occlusion(network, mnist.test.images[0], 7, 7).never_covered.any()

    def test_covering_everything(self, mnist: Mnist, network: Network) -> None:
        """A patch of 28×28 leaves a black image, in probabilities and in logits."""
        result = occlusion(network, mnist.test.images[0], 28, 1)
        black = np.zeros((1, 28, 28), np.uint8)
        for measure, expected in zip(
            MEASURES, (network.predict(black)[0], network.logits(black)[0]), strict=True
        ):
            np.testing.assert_allclose(result.under_patches(measure)[0, 0], expected, atol=1e-5)

    @pytest.mark.parametrize(("together", "drop"), [(True, 1), (False, 0)])
    def test_what_stays_hidden(self, together: bool, drop: float) -> None:
        """A unit that needs both of two dots shows at either; one that needs any shows at neither."""
        network = network_of_two_dots(together=together)
        image = np.zeros((28, 28), np.uint8)
        image[4, 4] = image[20, 20] = 255
        drops = occlusion(network, image, 2, 2).drops("logit")[..., 3]
        assert drops[4, 4] == drops[20, 20] == pytest.approx(drop)
        assert drops[12, 12] == 0
        everything = occlusion(network, image, 28, 1).drops("logit")[..., 3]
        assert everything[0, 0] == pytest.approx(1)

    @pytest.mark.parametrize(("patch", "stride"), [(0, 1), (29, 1), (4, 0)])
    def test_impossible(self, mnist: Mnist, network: Network, patch: int, stride: int) -> None:
        """No patch, one that does not fit, and no step are refused."""
        with pytest.raises(ValueError, match="patch"):
            occlusion(network, mnist.test.images[0], patch, stride)


def network_of_two_dots(*, together: bool) -> Network:
    """The logit of the 3 is 1 where both of the pixels (4, 4) and (20, 20) are white, or either is."""
    architecture = Architecture(filters=(1,), kernel_size=1, padding="same", dense_units=2)
    weights = {
        name: Weights(np.zeros(kernel, np.float32), np.zeros(bias, np.float32))
        for name, (kernel, bias) in architecture.weight_shapes().items()
    }
    weights["conv1"].kernel[:] = 1
    # After the pool the dots stand in rows and columns 2 and 10 of 14×14.
    dots = [2 * 14 + 2, 10 * 14 + 10]
    # The first unit counts the dots, the second says whether there are two of them.
    weights["dense"].kernel[dots] = 1
    weights["dense"].bias[:] = 0, -1
    weights["output"].kernel[:, 3] = (0, 1) if together else (1, -1)
    return Network(architecture, weights)


class TestGradCam:
    """What the paper does not ask: whether a cell is read, and what a map adds."""

    @pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
    def test_cells_that_are_left_out_cannot_change_the_answer(
        self, mnist: Mnist, network: Network, layer: str
    ) -> None:
        """Whatever stands in them, the probabilities stay the same to the last bit."""
        image = mnist.test.images[2]
        activations = activations_of(network, image)
        found = grad_cam(network, activations, 7, layer)
        assert found.unread.any() == (network.architecture.padding == "valid" or layer == "conv3")

        layers = network.architecture.layers()
        after = layers[[row.name for row in layers].index(layer) + 1 :]
        noise = np.random.default_rng(1).random(activations[layer].shape).astype(np.float32) * 9
        answers = []
        for values in (
            activations[layer],
            np.where(found.unread[..., np.newaxis], noise, activations[layer]),
        ):
            values = values[np.newaxis]
            for row in after:
                values = network.layer_output(row, values)
            answers.append(values)
        np.testing.assert_array_equal(answers[0], answers[1])
        assert not found.evidence[found.unread].any()
        np.testing.assert_array_equal(found.evidence[~found.unread], found.published[~found.unread])

    def test_evidence_beyond_reach(self, mnist: Mnist) -> None:
        """All that the published method finds for a 7 in test digit 2 lies where baseline does not read."""
        network = load_network("baseline")
        found = grad_cam(network, activations_of(network, mnist.test.images[2]), 7, "conv3")
        assert found.published.any()
        assert found.beyond_reach == 1
        assert not found.evidence.any()
        improved = load_network("improved")
        early = grad_cam(improved, activations_of(improved, mnist.test.images[2]), 1, "conv1")
        assert early.beyond_reach == 0

    @pytest.mark.parametrize("digit", [4, 9])
    def test_contributions_add_up(self, mnist: Mnist, network: Network, digit: int) -> None:
        """What the maps add is the mean of the sums over the cells that are read."""
        activations = activations_of(network, mnist.test.images[42])
        found = grad_cam(network, activations, digit, "conv3")
        sums = activations["conv3"] @ found.weights
        assert found.contributions.sum() == pytest.approx(sums[~found.unread].mean(), abs=1e-4)
        np.testing.assert_array_equal(
            found.means == 0, ~activations["conv3"][~found.unread].any(axis=0)
        )
        assert not found.contributions[found.means == 0].any()


def test_the_blind_spot_has_no_evidence(mnist: Mnist) -> None:
    """What baseline cannot see speaks neither for a digit nor against it."""
    network = load_network("baseline")
    blind = unseen(network.architecture, "output")
    image = np.full((28, 28), 200, np.uint8)
    assert not input_times_gradient(network, activations_of(network, image), 3)[blind].any()
    for measure in MEASURES:
        drops = occlusion(network, image, 1, 1).drops(measure)
        assert np.abs(drops[27, 27]).max() < 1e-5 * np.abs(drops).max()


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
