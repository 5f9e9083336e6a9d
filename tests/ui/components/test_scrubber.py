"""What the browser is sent of each moment is what the network of that moment computes."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.moments import first_kernels, read_at_each
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.store.moment import Moment
from tests.support.networks import random_network
from ui.components.scrubber.scrubber import MOST_TILES, scrubber_data
from ui.look.colors import ACTIVATION_SCALE, SIGNED_SCALE, colour_activations, colour_signed
from ui.look.wording import probability_in_words

MOMENTS = [Moment(0, 0), Moment(1, 10), Moment(1, 0)]


def shades(sent: dict[str, Any]) -> np.ndarray:
    """The tiles of all moments, 0 to 255."""
    flat = np.frombuffer(base64.b64decode(sent["shades"]), np.uint8)
    return flat.reshape(len(MOMENTS), sent["count"], sent["rows"], sent["columns"])


@pytest.mark.parametrize(
    ("architecture", "layer"),
    [(BASELINE, "conv2"), (Architecture(filters=(80,), kernel_size=5, dense_units=5), "conv1")],
)
def test_every_moment_arrives(mnist: Mnist, architecture: Architecture, layer: str) -> None:
    """Kernels on one scale, maps each on that of its moment, probabilities and counts exactly."""
    networks = [random_network(architecture, seed) for seed in range(len(MOMENTS))]
    digit = mnist_digit(mnist, "test", 42)
    kernels, reading = first_kernels(networks), read_at_each(networks, layer, digit.image)
    counts = np.arange(300).reshape(3, 10, 10)
    sent = scrubber_data(MOMENTS, kernels, reading, counts, digit, layer)
    data = json.loads(json.dumps(sent))

    heaviest = np.abs(kernels).max()
    shown = shades(data["kernels"]) / 255 * 2 * heaviest - heaviest
    np.testing.assert_allclose(shown, kernels[:, :MOST_TILES], atol=heaviest / 250)
    brightest = np.array(data["maps"]["brightest"])
    np.testing.assert_array_equal(brightest, reading.maps.max(axis=(1, 2, 3)))
    shown = shades(data["maps"]) / 255 * brightest[:, None, None, None]
    np.testing.assert_allclose(shown, reading.maps[:, :MOST_TILES], atol=brightest.max() / 500)
    np.testing.assert_array_equal(np.float32(data["probabilities"]), reading.probabilities)
    assert data["confusions"] == counts.tolist()
    assert data["moments"] == ["before training", "after 10 batches", "after epoch 1"]
    read = int(reading.probabilities[1].argmax())
    assert data["sentences"][1].startswith("After 10 batches the network reads this digit as a")
    assert f" {read}, with " in data["sentences"][1]
    assert data["texts"][2] == [probability_in_words(share) for share in reading.probabilities[2]]
    least, most = data["kernels"]["ends"]
    assert (least, most) == (f"−{heaviest:.2f}", f"{heaviest:.2f}")
    assert data["maps"]["ends"] == [f"{value:.2f}" for value in brightest]
    assert sent["scales"] == {"activations": ACTIVATION_SCALE, "signed": SIGNED_SCALE}
    rows, columns = reading.maps.shape[2:]
    assert data["maps"]["title"].endswith(f" of {layer}, {rows} × {columns} values each")
    assert data["label"] == "The training, moment by moment, with test digit 42"
    if architecture.filters[0] > MOST_TILES:
        assert data["kernels"]["title"].startswith("64 of 80 kernels")


def test_shades_have_the_colours_of_every_page(mnist: Mnist) -> None:
    """Shade 0 is the least value of a scale, 255 the largest, and the middle of the kernels is 0."""
    networks = [random_network(BASELINE)] * len(MOMENTS)
    digit = mnist_digit(mnist, "test", 42)
    reading = read_at_each(networks, "conv1", digit.image)
    data = scrubber_data(MOMENTS, first_kernels(networks), reading, None, digit, "conv1")
    colours = {
        name: np.frombuffer(base64.b64decode(text), np.uint8).reshape(256, 3)
        for name, text in data["colours"].items()
    }
    values = np.linspace(0, 1, 256, dtype=np.float32)
    np.testing.assert_array_equal(colours["activations"], colour_activations(values, 1))
    np.testing.assert_array_equal(
        colours["signed"][[0, -1]], colour_signed(2 * values[[0, -1]] - 1, 1)
    )
    assert data["confusions"] is None
