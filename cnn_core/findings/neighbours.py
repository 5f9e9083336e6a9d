"""Digits that a network finds alike: near each other in the values before its last layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.network import BATCH_SIZE, Network, as_maps

_ROWS_AT_ONCE = 4096


# Rounding to float16 moves a distance by less than a thousandth: among so many candidates are the
# few that are nearest.
_CANDIDATES = 64

Float = TypeVar("Float", np.float16, np.float32)


class Neighbours(NamedTuple):
    """The nearest digits, in rising distance.

    positions: int64 (count,), in the split that was searched.
    distances: float32 (count,), Euclidean, in units of the activations.
    """

    positions: NDArray[np.int64]
    distances: Array


def features(network: Network, images: NDArray[np.uint8]) -> Array:
    """The penultimate activations, which the last layer reads: uint8 (n, 28, 28) → float32 (n, units).

    All images go through at once; for many there is `all_features`.
    """
    values = as_maps(images)
    for layer in network.architecture.layers()[:-1]:
        values = network.layer_output(layer, values)
    return values


@overload
def all_features(
    network: Network, images: NDArray[np.uint8]
) -> Iterator[tuple[int, Array | None]]: ...


@overload
def all_features(
    network: Network, images: NDArray[np.uint8], dtype: type[Float]
) -> Iterator[tuple[int, NDArray[Float] | None]]: ...


def all_features(
    network: Network, images: NDArray[np.uint8], dtype: type[np.floating] = np.float32
) -> Iterator[tuple[int, NDArray[np.floating] | None]]:
    """The features of many images, batch by batch, in bounded memory.

    dtype: np.float16 halves the memory, and is enough to find candidates for `nearest_images`.
    Yields how many are done, and with the last batch all features, (n, units) of that type.
    """
    found = np.empty((len(images), network.architecture.dense_units), dtype)
    for start in range(0, len(images), BATCH_SIZE):
        end = min(start + BATCH_SIZE, len(images))
        found[start:end] = features(network, images[start:end])
        yield end, found if end == len(images) else None


def nearest(every: NDArray[np.floating], one: Array, count: int) -> Neighbours:
    """The `count` rows of `every`, (n, units), nearest to `one`, float32 (units,).

    Equal distances keep their order.
    """
    distances = np.empty(len(every), np.float32)
    # Part by part: the differences of all rows at once would take as much memory again.
    for start in range(0, len(every), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        distances[rows] = np.sqrt(np.square(every[rows] - one).sum(axis=1))
    order = np.argsort(distances, kind="stable")[:count]
    return Neighbours(order, distances[order])


def nearest_images(
    network: Network,
    images: NDArray[np.uint8],
    rounded: NDArray[np.float16],
    image: NDArray[np.uint8],
    count: int,
) -> Neighbours:
    """The `count` of `images`, uint8 (n, 28, 28), that the network finds most alike to one image.

    rounded: their features, float16 (n, units), which find 64 candidates; the network reads these
    once more, so that order and distances are exact. count: at most 32.
    """
    one = features(network, image[np.newaxis])[0]
    # In their own order, which decides between equal distances.
    candidates = np.sort(nearest(rounded, one, _CANDIDATES).positions)
    found = nearest(features(network, images[candidates]), one, count)
    return Neighbours(candidates[found.positions], found.distances)
