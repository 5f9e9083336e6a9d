"""Without some of its maps, or with noise on its weights, a network answers in the browser as here."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.ablation import without_maps
from cnn_core.findings.weight_noise import ALL, with_noise
from cnn_core.store.store import load_network
from tests.support.javascript import in_javascript
from ui.components.shared.network.sent import network_data

MODULE = "tests/ui/components/shared/network/altered_answers.js"


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_maps_switched_off(mnist: Mnist, name: str) -> None:
    """One, several of two layers, and all of one; nothing off is the network itself."""
    network, image = load_network(name), mnist.test.images[7]
    each: list[dict[str, list[int]]] = [
        {},
        {"conv1": [3]},
        {"conv1": [0, 15], "conv3": [*range(20)]},
        {"conv2": [*range(32)]},
    ]
    sent, pixels = network_data(name, network), image.ravel().tolist()
    found = in_javascript(MODULE, "answerWithout", [[sent, pixels, off] for off in each])
    for off, answer in zip(each, found, strict=True):
        expected = without_maps(network, off).predict(image[np.newaxis])[0]
        np.testing.assert_allclose(answer, expected, atol=1e-5)


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_noise_on_weights(mnist: Mnist, name: str) -> None:
    """Weak and strong, on one layer and on all, with several seeds; afterwards the network is whole."""
    network, image = load_network(name), mnist.test.images[42]
    noises = [(0.3, 0, ALL), (1.0, 3, ALL), (0, 3, ALL), (1.5, 3, "conv2"), (2.0, 1, "output")]
    sent, pixels = network_data(name, network), image.ravel().tolist()
    (found,) = in_javascript(MODULE, "answersWithNoise", [[sent, pixels, noises]])
    for (strength, seed, layer), answer in zip(noises, found, strict=False):
        expected = with_noise(network, strength, seed, layer).predict(image[np.newaxis])[0]
        np.testing.assert_allclose(answer, expected, atol=1e-5)
    np.testing.assert_allclose(found[-1], network.predict(image[np.newaxis])[0], atol=1e-5)
