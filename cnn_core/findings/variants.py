"""What is measured of the trained variants: the digits as they are, moved, or blackened."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Split
from cnn_core.network.arithmetic import Array
from cnn_core.network.change_of_maps import moved
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import unseen
from cnn_core.recipe.variants import REFERENCE, VARIANTS

# Pixels in each of eight directions.
MOVED_BY = 2
DIRECTIONS = tuple(
    (MOVED_BY * down, MOVED_BY * right)
    for down, right in product((-1, 0, 1), repeat=2)
    if (down, right) != (0, 0)
)
# The test set as it is, and moved in every direction: pixels down and right.
MOVES = ((0, 0), *DIRECTIONS)

Images = NDArray[np.uint8]
Counts = NDArray[np.int64]


def unseen_by_reference() -> NDArray[np.bool_]:
    """The pixels that the reference cannot see: bool (28, 28)."""
    return unseen(VARIANTS[REFERENCE].config.architecture, "output")


def as_received(name: str, images: Images) -> Images:
    """Images (..., 28, 28) as a variant is trained on them and tested: blackened, where it says so."""
    if not VARIANTS[name].is_blackened:
        return images
    return np.where(unseen_by_reference(), np.uint8(0), images)


def count_errors(name: str, network: Network, split: Split) -> Counts:
    """How many digits of a split a network misreads, by MOVES and label: int64 (9, 10).

    name: the variant that it is, which says how it receives its images.
    """
    errors = []
    for move in MOVES:
        answers = network.predict(as_received(name, moved(split.images, *move))).argmax(axis=1)
        errors.append(np.bincount(split.labels[answers != split.labels], minlength=CLASSES))
    return np.stack(errors)


def as_one_sum(network: Network) -> tuple[Array, Array]:
    """The one weighted sum that a network makes which has nothing but sums before its softmax.

    Returns its weights, float32 (784, 10), for pixels from 0 to 1, and its bias, float32 (10,): the
    logits of an image are `pixels @ weights + bias`. Of any other network this is not true.
    """
    side = network.architecture.layers()[0].output_shape[0]
    bias = network.logits(np.zeros((1, side, side), np.uint8))[0]
    one_pixel = 255 * np.eye(side * side, dtype=np.uint8).reshape(-1, side, side)
    return network.logits(one_pixel) - bias, bias
