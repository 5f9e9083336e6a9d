"""Noise on weights is what it is said to be, and what was measured with it is kept whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist, Split
from cnn_core.errors import ComputedError
from cnn_core.findings import weight_noise
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.weight_noise import (
    ALL,
    SEEDS,
    STRENGTHS,
    Survival,
    load_survival,
    normals,
    pack_survival,
    places,
    readings,
    some_test_digits,
    survival,
    with_noise,
)
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import load_network, model_folder, open_model


@pytest.fixture(scope="module")
def baseline() -> Network:
    """The bundled baseline."""
    return load_network("baseline")


def added(network: Network, noisy: Network) -> dict[str, np.ndarray]:
    """What came to the weights of each layer, as multiples of their standard deviation."""
    return {
        name: (noisy.weights[name].kernel - learned.kernel).ravel() / learned.kernel.std()
        for name, learned in network.weights.items()
    }


def test_none_leaves_the_network_alone(baseline: Network) -> None:
    """Strength 0 is the very same network, with any seed, on any layer."""
    for layer in places(baseline):
        assert with_noise(baseline, 0, 3, layer) is baseline


def test_as_strong_as_it_says(baseline: Network) -> None:
    """Mean 0, the deviation that was asked for beside that of the weights; biases stay."""
    noisy = with_noise(baseline, 0.5, 1)
    for name, noise in added(baseline, noisy).items():
        # Of n numbers, four standard errors.
        assert abs(noise.mean()) < 4 * 0.5 / np.sqrt(noise.size), name
        assert noise.std() == pytest.approx(0.5, rel=4 / np.sqrt(2 * noise.size)), name
        np.testing.assert_array_equal(noisy.weights[name].bias, baseline.weights[name].bias)


def test_one_layer_alone(baseline: Network) -> None:
    """The others keep their weights; it gets the noise that it gets when all do."""
    one, every = with_noise(baseline, 1, 5, "conv2"), with_noise(baseline, 1, 5)
    for name, noise in added(baseline, one).items():
        if name == "conv2":
            np.testing.assert_array_equal(one.weights[name].kernel, every.weights[name].kernel)
        else:
            assert not noise.any(), name
    with pytest.raises(ValueError, match="pool1"):
        with_noise(baseline, 1, 5, "pool1")


def test_the_same_seed_the_same_noise(baseline: Network) -> None:
    """Only stronger; another seed or another layer draws other numbers."""
    half, whole = (
        added(baseline, with_noise(baseline, strength, 2))["dense"] for strength in (0.5, 1)
    )
    np.testing.assert_allclose(whole, 2 * half, atol=1e-5)
    other = added(baseline, with_noise(baseline, 1, 3))["dense"]
    assert abs(np.corrcoef(whole, other)[0, 1]) < 4 / np.sqrt(whole.size)


def test_the_numbers_are_normal() -> None:
    """Moments and tails of a normal distribution, no number tied to its neighbour."""
    count = 200_000
    numbers = normals(11, 4, count).astype(np.float64)
    error = 4 / np.sqrt(count)
    assert abs(numbers.mean()) < error
    assert numbers.var() == pytest.approx(1, abs=error * np.sqrt(2))
    assert abs((numbers**3).mean()) < error * np.sqrt(15)
    assert (numbers**4).mean() == pytest.approx(3, abs=error * np.sqrt(96))
    assert np.mean(np.abs(numbers) > 1.959964) == pytest.approx(0.05, abs=error * 0.22)
    for distance in (1, 2, 16):
        assert abs(np.corrcoef(numbers[:-distance], numbers[distance:])[0, 1]) < error
    assert normals(11, 4, 7).tolist() == normals(11, 4, count)[:7].tolist()
    for other in (normals(12, 4, count), normals(11, 5, count), normals(4, 11, count)):
        assert abs(np.corrcoef(numbers, other)[0, 1]) < error


def test_what_is_counted(baseline: Network, mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each count is that of its layer, strength and seed; what is not counted yet is −1."""
    monkeypatch.setattr(weight_noise, "STRENGTHS", (0.0, 1.0, 3.0))
    monkeypatch.setattr(weight_noise, "SEEDS", range(2))
    split = Split(mnist.test.images[:40], mnist.test.labels[:40])
    steps = list(survival(baseline, split))
    assert len(steps) == readings(baseline) == 1 + 6 * 2 * 2
    first, last = steps[0], steps[-1]
    assert all((counts[1:] == -1).all() for counts in first.right.values())
    for layer, strength, seed in ((ALL, 0, 1), (ALL, 2, 0), ("conv1", 1, 1), ("output", 2, 1)):
        noisy = with_noise(baseline, (0.0, 1.0, 3.0)[strength], seed, layer)
        right = int((noisy.predict(split.images).argmax(axis=1) == split.labels).sum())
        assert last.right[layer][strength, seed] == right
        assert last.shares(layer)[strength, seed] == right / 40


def test_every_fifth_digit(mnist: Mnist) -> None:
    """With its own label."""
    some = some_test_digits(mnist.test)
    assert len(some) == 2000
    np.testing.assert_array_equal(some.images[3], mnist.test.images[15])
    assert some.labels[3] == mnist.test.labels[15]


def test_the_weakest_layer() -> None:
    """The least mean over the seeds at that strength, of single layers."""
    at = STRENGTHS.index(1.0)
    right = {layer: np.full((len(STRENGTHS), len(SEEDS)), 50) for layer in (ALL, "a", "b")}
    right[ALL][:] = 0
    right["a"][at, 0], right["b"][at] = 0, 45
    right["b"][-1] = 100
    assert Survival(right, 100).weakest(1.0) == "a"
    assert Survival(right, 100).weakest(2.0) == "a"


@pytest.mark.parametrize("name", COMPARED)
def test_what_was_measured_ahead(name: str, mnist: Mnist) -> None:
    """A count of the bundled file is what its network reads now, and none is missing."""
    models = {each: open_model(model_folder(each)) for each in COMPARED}
    found = load_survival(models)[name]
    network = load_network(name)
    split = some_test_digits(mnist.test)
    assert found.total == len(split)
    assert list(found.right) == places(network)
    for counts in found.right.values():
        assert counts.shape == (len(STRENGTHS), len(SEEDS))
        assert (counts >= 0).all()
        assert len({*counts[0]}) == 1
    noisy = with_noise(network, STRENGTHS[3], 2, "conv2")
    right = int((noisy.predict(split.images).argmax(axis=1) == split.labels).sum())
    # Another machine may round a digit on the edge the other way.
    assert abs(int(found.right["conv2"][3, 2]) - right) <= 1


def test_other_settings_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was measured with other strengths is not taken for these."""
    models = {each: open_model(model_folder(each)) for each in COMPARED}
    packed = pack_survival(load_survival(models))
    monkeypatch.setattr("cnn_core.store.computed_ahead.COMPUTED_ROOT", tmp_path)
    save_computed("weight_noise", list(models.values()), packed)
    assert load_survival(models)["baseline"].total == 2000
    monkeypatch.setattr(weight_noise, "STRENGTHS", (0.0, 0.5))
    with pytest.raises(ComputedError, match=r"prepare\.weight_noise"):
        load_survival(models)
