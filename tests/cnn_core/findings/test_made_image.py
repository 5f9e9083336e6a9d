"""Images made for a unit: uphill along its sum, the same every time, and held back as it is said."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.made_image import (
    FREE,
    GREY,
    SMOOTH,
    STEPS,
    MadeImage,
    Restraint,
    make_image,
)
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.store.store import load_network
from tests.support.networks import random_network


def sum_of(network: Network, image: np.ndarray, layer: str, place: tuple[int, ...]) -> float:
    """A unit's sum before ReLU for an image, straight from the layers."""
    layers = network.architecture.layers()
    names = [each.name for each in layers]
    before = network.activations(image[np.newaxis])[names[names.index(layer) - 1]]
    return float(network.sums(layers[names.index(layer)], before)[(0, *place)])


@pytest.mark.parametrize(
    ("layer", "unit", "cell"), [("conv2", 5, (3, 8)), ("conv3", 30, (1, 2)), ("dense", 26, (0, 0))]
)
def test_it_climbs(layer: str, unit: int, cell: tuple[int, int]) -> None:
    """From below to far above, and the last sum is that of the image as the network reads it."""
    network = load_network("baseline")
    place = (unit,) if layer == "dense" else (*cell, unit)
    free, smooth = (make_image(network, layer, unit, cell, each) for each in (FREE, SMOOTH))
    for made in (free, smooth):
        assert made.image.dtype == np.uint8
        assert len(made.sums) == STEPS + 1
        assert made.height == pytest.approx(sum_of(network, made.image, layer, place), abs=1e-4)
        assert made.height > made.sums[0] + 0.5
    # Whoever is held back does not come as high.
    assert free.height > smooth.height
    assert free.sums[0] == smooth.sums[0]


def test_the_best_patch_of_a_kernel_is_known() -> None:
    """White under each positive weight and black under each negative one, at the cell that was asked for."""
    network = load_network("improved")
    kernel = network.weights["conv1"].kernel[..., 0, 3]
    made = make_image(network, "conv1", 3, (9, 20), FREE)
    patch = made.image[8:11, 19:22]
    clear = np.abs(kernel) > 0.05
    assert clear.sum() > 6
    np.testing.assert_array_equal(patch[clear], np.where(kernel > 0, 255, 0)[clear])
    # All that the cell cannot see stays the grey noise that it was.
    rest = made.image.astype(float)
    rest[8:11, 19:22] = 255 * GREY
    assert np.abs(rest - 255 * GREY).max() < 80


def test_the_same_every_time() -> None:
    """It is seeded: the same image for everybody."""
    network = load_network("improved")
    one, two = (make_image(network, "dense", 7, (0, 0), SMOOTH) for _ in range(2))
    np.testing.assert_array_equal(one.image, two.image)


def roughness(made: MadeImage) -> float:
    return float(np.abs(np.diff(made.image.astype(float), axis=0)).mean())


def test_restraints() -> None:
    """Fading makes it darker, blur makes it smoother."""
    network = load_network("improved")
    free, faded, blurred = (
        make_image(network, "dense", 7, (0, 0), each)
        for each in (FREE, Restraint(fading=0.05), Restraint(blur=0.3))
    )
    assert faded.image.mean() < 0.6 * free.image.mean()
    assert roughness(blurred) < 0.6 * roughness(free)


def test_without_a_slope_only_the_restraints_act() -> None:
    """Pixels fade by their share each time, or even out; left alone they stay."""
    network = random_network(Architecture(filters=(1,), kernel_size=1, dense_units=1))
    flat = Weights(np.zeros((1, 1, 1, 1), np.float32), np.zeros(1, np.float32))
    network = Network(network.architecture, network.weights | {"conv1": flat})
    start = make_image(network, "conv1", 0, (0, 0), FREE).image / 255
    assert np.abs(start - GREY).max() < 0.3
    faded = make_image(network, "conv1", 0, (0, 0), Restraint(fading=0.01)).image / 255
    np.testing.assert_allclose(faded, start * 0.99**STEPS, atol=0.005)
    blurred = make_image(network, "conv1", 0, (0, 0), Restraint(blur=1.0)).image / 255
    assert blurred.mean() == pytest.approx(start.mean(), abs=0.02)
    assert blurred.std() < 0.4 * start.std()


def test_what_is_not_there() -> None:
    """A layer without weights, a unit and a cell that there are not."""
    network = random_network(BASELINE)
    with pytest.raises(KeyError):
        make_image(network, "pool1", 0, (0, 0), FREE)
    with pytest.raises(IndexError):
        make_image(network, "conv1", 16, (0, 0), FREE)
    with pytest.raises(IndexError):
        make_image(network, "conv3", 0, (3, 0), FREE)
