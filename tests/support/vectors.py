"""What NumPy computes, for everything that computes the same: Keras above it, JavaScript below it.

Networks of every kind that can be set up on /training, each with images and the output of every layer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import load_mnist
from cnn_core.errors import ArchitectureError
from cnn_core.network.architecture import (
    LARGEST_KERNEL,
    MOST_BLOCKS,
    MOST_FILTERS,
    MOST_UNITS,
    Architecture,
    PaddingName,
)
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.store import BUNDLED, load_network
from tests.support.networks import random_network

PADDINGS: tuple[PaddingName, ...] = ("valid", "same")
# Some seconds for all of them together; a network may take this many multiplications an image.
MOST_MULTIPLICATIONS = 4_000_000
IMAGES = 2


class Vector(NamedTuple):
    """A network, images uint8 (n, 28, 28), and each layer's output for them."""

    name: str
    network: Network
    images: NDArray[np.uint8]
    outputs: dict[str, Array]


@cache
def vectors() -> tuple[Vector, ...]:
    """Every bundled network, and random ones: each kernel size with each padding and more."""
    rng = np.random.default_rng(14)
    digits = load_mnist().test.images
    networks = [(name, load_network(name)) for name in BUNDLED]
    networks += [(str(odd), random_network(odd, seed)) for seed, odd in enumerate(_odd(rng))]
    return tuple(
        Vector(name, network, images, network.activations(images))
        for name, network in networks
        for images in [digits[rng.choice(len(digits), IMAGES)]]
    )


def _odd(rng: np.random.Generator) -> Iterator[Architecture]:
    """Architectures from one filter and unit to as many as are allowed, of any number of blocks."""
    for kernel_size, padding in product(range(1, LARGEST_KERNEL + 1), PADDINGS):
        for _ in range(2):
            yield _drawn(rng, kernel_size, padding)
    yield Architecture(filters=(1, 1, 1, 1), kernel_size=1, dense_units=1)


def _drawn(rng: np.random.Generator, kernel_size: int, padding: PaddingName) -> Architecture:
    while True:
        blocks = rng.integers(1, MOST_BLOCKS, endpoint=True)
        # As many small numbers as large ones, and few that are a multiple of anything.
        filters = np.exp(rng.uniform(0, np.log(MOST_FILTERS + 1), blocks)).astype(int)
        units = int(np.exp(rng.uniform(0, np.log(MOST_UNITS + 1))))
        try:
            drawn = Architecture(tuple(map(int, filters)), kernel_size, padding, units)
        except ArchitectureError:
            continue
        if multiplications(drawn) <= MOST_MULTIPLICATIONS:
            return drawn


def multiplications(architecture: Architecture) -> int:
    """How many products an image takes, about: every parameter is used at every place."""
    return sum(
        layer.parameters * math.prod(layer.output_shape[:-1]) for layer in architecture.layers()
    )
