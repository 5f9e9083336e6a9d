"""Feature maps switched off, to see what the network needs them for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Split
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import BATCH_SIZE, Network, Weights

# So many digits are read before somebody may ask to stop: a fraction of a second.
BATCH = 2 * BATCH_SIZE


def without_maps(network: Network, off: Mapping[str, Collection[int]]) -> Network:
    """The network with some feature maps at 0 for every image.

    off: numbers of maps, by name of their convolution. A filter whose weights and bias are 0 has a
    map of 0, so nothing else has to change. Raises ValueError for a map that is not there.
    """
    weights = dict(network.weights)
    for layer, maps in off.items():
        learned = weights.get(layer)
        if learned is None or learned.kernel.ndim != 4:
            raise ValueError(f"{layer!r} is no convolution of this network")
        silent = np.zeros(len(learned.bias), np.bool_)
        for number in maps:
            if number not in range(len(silent)):
                raise ValueError(f"{layer} has no map {number}")
            silent[number] = True
        weights[layer] = Weights(
            np.where(silent, np.float32(0), learned.kernel),
            np.where(silent, np.float32(0), learned.bias),
        )
    return Network(network.architecture, weights)


def answers_without(
    network: Network, maps: Array, layer: str, order: Sequence[int]
) -> NDArray[np.int64]:
    """What a network answers while the maps of a convolution go off, one after the other.

    maps: the layer's output for one digit, float32 (rows, columns, filters). order: numbers of its
    maps. Returns int64 (len(order) + 1,): the answer with none of them off, with the first, with the
    first two, and so on.
    """
    layers = network.architecture.layers()
    after = layers[[row.name for row in layers].index(layer) + 1 :]
    values = np.repeat(maps[np.newaxis], len(order) + 1, axis=0)
    for place, number in enumerate(order, start=1):
        values[place:, ..., number] = 0
    for row in after:
        values = network.layer_output(row, values)
    found: NDArray[np.int64] = values.argmax(axis=1)
    return found


@dataclass(frozen=True)
class Tally:
    """How many digits of each class were read, and how many of them correctly: int64 (10,) both."""

    read: NDArray[np.int64]
    correct: NDArray[np.int64]

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Share of correct answers per class, float64 (10,); not a number where none was read."""
        with np.errstate(invalid="ignore"):
            return self.correct / self.read

    @property
    def overall(self) -> float:
        """Share of correct answers over all classes."""
        return float(self.correct.sum() / self.read.sum())


def tally(answers: NDArray[np.integer], labels: NDArray[np.integer]) -> Tally:
    """Count answers (n,), 0 to 9, against labels (n,)."""
    return Tally(
        np.bincount(labels, minlength=CLASSES),
        np.bincount(labels[answers == labels], minlength=CLASSES),
    )


def read_all(network: Network, split: Split) -> Iterator[Tally]:
    """Read a split batch by batch; each tally counts everything read so far."""
    answers = np.empty(len(split), np.uint8)
    for start in range(0, len(split), BATCH):
        end = min(start + BATCH, len(split))
        answers[start:end] = network.predict(split.images[start:end]).argmax(axis=1)
        yield tally(answers[:end], split.labels[:end])
