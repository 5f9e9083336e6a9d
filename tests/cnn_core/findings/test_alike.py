"""How alike two digits are: a measure, both outputs of a layer, and all pairs of many digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnn_core.data.dataset import Mnist
from cnn_core.findings.alike import (
    EVERY,
    LayerOfTwo,
    Pairs,
    Verdict,
    compared_layers,
    cosine_similarity,
    load_pairs,
    measure_pairs,
    parting,
    pixel_likeness,
    side_by_side,
)
from cnn_core.network.architecture import BASELINE, Architecture, Layer
from cnn_core.network.network import Network
from cnn_core.store.store import BUNDLED, BUNDLED_ROOT, load_network, open_model
from tests.support.networks import random_network
from tests.support.strategies import architectures

VALUES = st.floats(0, 2**20, width=32).filter(lambda value: value == 0 or value > 2**-20)
LISTS = hnp.arrays(np.float32, (2, 6), elements=VALUES)


@given(LISTS, st.integers(-20, 20))
def test_similarity(two: np.ndarray, power: int) -> None:
    """Between 0 and 1, the same from either side, 1 with itself, and blind to size."""
    first, second = two
    alike = cosine_similarity(first, second)
    if not (first.any() and second.any()):
        assert np.isnan(alike)
        return
    assert 0 <= alike <= 1
    assert alike == cosine_similarity(second, first)
    assert cosine_similarity(first, first) == 1
    assert cosine_similarity(first * np.float32(2.0**power), second) == pytest.approx(alike)
    angle = np.arccos(alike)
    assert np.cos(angle) * np.linalg.norm(first.astype(float)) * np.linalg.norm(
        second.astype(float)
    ) == pytest.approx(float(first.astype(float) @ second))


def test_similarity_by_hand() -> None:
    """45 degrees, a right angle, and the opposite way; whatever the shape."""
    one = np.array([[1, 0], [0, 0]], np.float32)
    assert cosine_similarity(one, np.array([[1, 1], [0, 0]], np.float32)) == pytest.approx(0.5**0.5)
    assert cosine_similarity(one, np.array([[0, 0], [3, 0]], np.float32)) == 0
    assert cosine_similarity(one, -one) == -1


@given(architectures(), st.integers(0, 5))
def test_two_digits_side_by_side(architecture: Architecture, seed: int) -> None:
    """First less second; the other way round each difference has the other sign, and all else is the same."""
    network = random_network(architecture, seed)
    images = np.random.default_rng(seed).integers(0, 256, (2, 28, 28), np.uint8)
    one, other = (outputs_of(network, image) for image in images)
    layers, back = side_by_side(architecture, one, other), side_by_side(architecture, other, one)
    kinds = {layer.name: layer.kind for layer in architecture.layers()}
    assert [kinds[name] for name in kinds if name not in layers] == [
        kind for kind in kinds.values() if kind in ("flatten", "dropout")
    ]
    for name, two in layers.items():
        np.testing.assert_array_equal(two.first, one[name])
        np.testing.assert_array_equal(two.second, other[name])
        np.testing.assert_array_equal(two.difference, one[name] - other[name])
        np.testing.assert_array_equal(two.difference, -back[name].difference)
        np.testing.assert_equal(two.alike, back[name].alike)
        assert two.strongest == back[name].strongest
        assert two.largest == back[name].largest >= np.abs(two.difference).max()
        assert len(two.shares) == two.layer.output_shape[-1]
        assert two.shares.sum() == pytest.approx(1 if two.difference.any() else 0)
    for two in side_by_side(architecture, one, one).values():
        assert not two.difference.any()
        assert not two.shares.any()
        assert two.alike == 1 or two.largest == 0
        assert two.strongest == list(range(two.layer.output_shape[-1]))


def outputs_of(network: Network, image: np.ndarray) -> dict[str, np.ndarray]:
    """Every layer's output for one image."""
    outputs = network.activations(image[np.newaxis])
    return {name: values[0] for name, values in outputs.items()}


def test_shares_of_the_difference() -> None:
    """Squares, summed for each map and not for each row or column."""
    first = np.zeros((2, 3, 4), np.float32)
    first[:, :, 2] = 1  # Six times 1.
    second = np.zeros_like(first)
    second[1, 0, 3] = 2  # Once 4.
    two = LayerOfTwo(layer("conv1"), first, second)
    np.testing.assert_allclose(two.shares, [0, 0, 0.6, 0.4])
    assert two.strongest == [2, 3, 0, 1]
    assert two.largest == 2
    units = LayerOfTwo(
        layer("dense"), np.array([1, 0, 5], np.float32), np.array([1, 3, 1], np.float32)
    )
    np.testing.assert_allclose(units.shares, [0, 9 / 25, 16 / 25])


def layer(name: str) -> Layer:
    """A layer of the baseline."""
    return next(each for each in BASELINE.layers() if each.name == name)


def test_all_pairs_one_by_one(mnist: Mnist) -> None:
    """Percentiles and counts of pairs as a loop over them finds them."""
    images, labels = mnist.test.images[:40], mnist.test.labels[:40]
    network = load_network("baseline")
    outputs = network.activations(images)
    found = measure_pairs(network, images, labels)
    assert list(found) == [each.name for each in compared_layers(network.architecture)]
    for name, pairs in found.items():
        alike: dict[bool, list[float]] = {True: [], False: []}
        for one in range(40):
            for other in range(one):
                alike[labels[one] == labels[other]].append(
                    cosine_similarity(outputs[name][one], outputs[name][other])
                )
        for part, kind in ((pairs.one_class, True), (pairs.two_classes, False)):
            np.testing.assert_allclose(part, np.percentile(alike[kind], np.arange(101)), atol=1e-5)
        wins = np.subtract.outer(alike[True], alike[False])
        told = ((wins > 1e-6).sum() + (np.abs(wins) <= 1e-6).sum() / 2) / wins.size
        assert pairs.told_apart == pytest.approx(told, abs=1e-3)


def test_equal_pairs_count_half() -> None:
    """Four digits that are all one picture are told apart as by chance; a black one has no similarity."""
    network = random_network(BASELINE)
    images = np.full((4, 28, 28), 7, np.uint8)
    labels = np.array([1, 1, 2, 2], np.uint8)
    assert measure_pairs(network, images, labels)["rescaling"].told_apart == 0.5
    black = measure_pairs(network, np.zeros_like(images), labels)["rescaling"]
    assert np.isnan(black.told_apart)
    assert np.isnan(black.one_class).all()


def pairs(one: tuple[float, float], two: tuple[float, float]) -> Pairs:
    """Pairs of one class and of two spread evenly between two ends each."""
    return Pairs(
        np.linspace(*one, 101, dtype=np.float32), np.linspace(*two, 101, dtype=np.float32), 1
    )


def test_verdicts() -> None:
    """Above nine of ten of two classes, below nine of ten of one, or both, or neither."""
    overlapping, apart = pairs((0.4, 0.9), (0.1, 0.6)), pairs((0.8, 1.0), (0, 0.2))
    # Nine of ten: below 0.55, and above 0.45.
    assert [overlapping.verdict(alike) for alike in (0.44, 0.46, 0.54, 0.56)] == [
        Verdict.TWO_CLASSES,
        Verdict.EITHER,
        Verdict.EITHER,
        Verdict.ONE_CLASS,
    ]
    # Between 0.18 and 0.82 a pair is rare in both, and between 0.2 and 0.8 there is none.
    assert [apart.verdict(alike) for alike in (0.1, 0.19, 0.5, 0.81, 0.9)] == [
        Verdict.TWO_CLASSES,
        Verdict.TWO_CLASSES,
        Verdict.EITHER,
        Verdict.ONE_CLASS,
        Verdict.ONE_CLASS,
    ]
    assert apart.verdict(float("nan")) is Verdict.EITHER


@pytest.mark.parametrize(
    ("alike", "expected"),
    [
        ((0.9, 0.9, 0.9), ("conv1", Verdict.ONE_CLASS)),
        ((0.1, 0.9, 0.9), ("conv2", Verdict.ONE_CLASS)),
        ((0.9, 0.9, 0.1), ("conv3", Verdict.TWO_CLASSES)),
        ((0.1, 0.5, 0.1), ("conv3", Verdict.TWO_CLASSES)),
        ((0.9, 0.9, 0.5), None),
    ],
)
def test_where_two_part(alike: tuple[float, ...], expected: tuple[str, Verdict] | None) -> None:
    """The first layer from which on nothing changes any more."""
    first = np.array([1, 0], np.float32)
    layers = {
        name: LayerOfTwo(layer(name), first, np.array([each, (1 - each**2) ** 0.5], np.float32))
        for name, each in zip(("conv1", "conv2", "conv3"), alike, strict=True)
    }
    assert parting(layers, dict.fromkeys(layers, pairs((0.8, 1), (0, 0.2)))) == expected


def test_pixels_that_are_alike(mnist: Mnist) -> None:
    """One by one; what has no ink is like nothing."""
    images = mnist.test.images[:2050].copy()
    images[7] = 0
    found = pixel_likeness(images, images[3])
    for position in (0, 3, 999, 1000, 2049):
        expected = cosine_similarity(
            *(each.astype(np.float32) for each in (images[position], images[3]))
        )
        assert found[position] == pytest.approx(expected)
    assert found[7] == 0
    assert found.argmax() == 3
    assert not pixel_likeness(images, images[7]).any()


def test_what_is_bundled(mnist: Mnist) -> None:
    """Of every bundled network, close to what a quarter of the digits say; improved sorts layer by layer."""
    models = [open_model(BUNDLED_ROOT / name) for name in BUNDLED]
    found = load_pairs(models)
    assert set(found) == set(BUNDLED)
    part = slice(None, None, 4 * EVERY)
    for name in ("baseline", "rate-too-large"):
        few = measure_pairs(load_network(name), mnist.test.images[part], mnist.test.labels[part])
        for layer_name, each in found[name].items():
            np.testing.assert_allclose(each.told_apart, few[layer_name].told_apart, atol=0.02)
            for kind in ("one_class", "two_classes"):
                measured, sampled = getattr(each, kind), getattr(few[layer_name], kind)
                np.testing.assert_allclose(measured[10:91], sampled[10:91], atol=0.06)
    told = [each.told_apart for each in found["improved"].values()]
    assert told == sorted(told)
