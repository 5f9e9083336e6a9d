"""One network at the moments of its training: what it had learned, and how it read a digit then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import Split
from cnn_core.findings.evaluation import confusion_matrix
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.recipe.config import TRAINABLE_IMAGES

# The confusion of every moment is counted on the first of the held-out digits: choosing a moment by the
# test digits would spoil them. A thousand take a sixth of the time that all 6,000 take, and on them an
# accuracy near 98 % is known to about a percentage point.
SAMPLE_SIZE = 1_000


@dataclass(frozen=True)
class Reading:
    """How the network of each moment read one digit.

    maps: every feature map of one convolution, float32 (moments, filters, rows, columns).
    probabilities: float32 (moments, 10).
    """

    maps: Array
    probabilities: Array


def first_kernels(networks: Sequence[Network]) -> Array:
    """The kernels of the first convolution at each moment: float32 (moments, filters, size, size)."""
    return np.stack([network.weights["conv1"].kernel[:, :, 0] for network in networks]).transpose(
        0, 3, 1, 2
    )


def read_at_each(networks: Sequence[Network], layer: str, image: NDArray[np.uint8]) -> Reading:
    """One digit, uint8 (28, 28), as the network of each moment read it.

    layer: the convolution whose feature maps are kept, `conv1` for instance.
    """
    outputs = [network.activations(image[np.newaxis]) for network in networks]
    return Reading(
        np.stack([output[layer][0] for output in outputs]).transpose(0, 3, 1, 2),
        np.concatenate([output["output"] for output in outputs]),
    )


def confusions(
    networks: Sequence[Network], sample: Split
) -> Iterator[tuple[int, NDArray[np.int64] | None]]:
    """Count, moment by moment, which digit of a sample was read as which.

    Yields how many moments are counted and, with the last, int64 (moments, 10, 10): rows are the
    labels, columns the answers.
    """
    counted = []
    for done, network in enumerate(networks, start=1):
        counted.append(confusion_matrix(network.predict(sample.images), sample.labels))
        yield done, np.stack(counted) if done == len(networks) else None


def sample_of(training: Split) -> Split:
    """The first SAMPLE_SIZE of the training digits that are held out of every training."""
    chosen = slice(TRAINABLE_IMAGES, TRAINABLE_IMAGES + SAMPLE_SIZE)
    return Split(training.images[chosen], training.labels[chosen])
