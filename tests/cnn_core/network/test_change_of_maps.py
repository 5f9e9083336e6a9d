"""Moving a digit, and measuring what that changes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE
from cnn_core.network.arithmetic import max_pool
from cnn_core.network.change_of_maps import cells_changed, layer_change, moved, relative_change
from tests.support.networks import random_network


@pytest.mark.parametrize(("down", "right"), [(0, 1), (0, -1), (1, 0), (-1, 0), (2, -3), (0, 0)])
def test_every_pixel_moves_and_black_comes_in(down: int, right: int) -> None:
    """A pixel is found where it was moved to; what enters at the edge is 0."""
    image = np.random.default_rng(1).integers(1, 256, (28, 28)).astype(np.uint8)
    result = moved(image, down, right)

    for row in range(28):
        for column in range(28):
            source = (row - down, column - right)
            inside = all(0 <= position < 28 for position in source)
            assert result[row, column] == (image[source] if inside else 0)


def test_moves_many_images_as_it_moves_one(mnist: Mnist) -> None:
    """A stack of images is moved image by image."""
    images = mnist.test.images[:3]

    np.testing.assert_array_equal(moved(images, 1, -2)[2], moved(images[2], 1, -2))


def test_relative_change() -> None:
    """Half of the sum has changed; nothing has; or there was nothing to compare with."""
    before = np.array([1, 3], np.float32)

    assert relative_change(before, np.array([2, 2], np.float32)) == 0.5
    assert relative_change(before, before) == 0
    assert relative_change(before * 0, before * 0) == 0
    assert math.isnan(relative_change(before * 0, before))


def test_cells_changed() -> None:
    """Only cells with another value count."""
    assert cells_changed(np.array([1, 2, 3.0], np.float32), np.array([1, 5, 3.0], np.float32)) == 1


def test_layer_change_is_measured_on_the_layer_itself(mnist: Mnist) -> None:
    """Before the pool it is the change of the feature maps, after it that of the pooled maps."""
    network, images = random_network(BASELINE), mnist.test.images[:5]
    before, after = layer_change(network, "conv1", images, (0, 1), 2, 2, "max")

    maps = [network.activations(some)["conv1"] for some in (images, moved(images, 0, 1))]
    assert before == relative_change(*maps)
    assert after == relative_change(*(max_pool(some) for some in maps))
