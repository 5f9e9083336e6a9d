"""Whether a digit's neighbours explain its answer: what the nearest to each misread digit are labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.neighbours import features, nearest
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

NEAREST = 20


@dataclass(frozen=True)
class Votes:
    """The labels of the training digits that are nearest to each test digit that is misread.

    misread: positions in the test set, int64 (m,), in order.
    counts: how many of the NEAREST have each label, uint8 (m, 10).
    """

    misread: NDArray[np.int64]
    counts: NDArray[np.uint8]

    @property
    def commonest(self) -> NDArray[np.int64]:
        """The label that more of them have than any other, int64 (m,); −1 where two share that place."""
        most = self.counts == self.counts.max(axis=1, keepdims=True)
        return np.where(most.sum(axis=1) == 1, most.argmax(axis=1), -1)


def count_votes(
    network: Network,
    learned: Array,
    labels: NDArray[np.uint8],
    images: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """How many of the NEAREST digits have each label, for each image: uint8 (m, 10).

    learned, labels: the features of the digits to search, float32 (n, units), and their labels (n,).
    images: uint8 (m, 28, 28).
    """
    found = [nearest(learned, features(network, each[np.newaxis])[0], NEAREST) for each in images]
    counts = [np.bincount(labels[each.positions], minlength=CLASSES) for each in found]
    return np.array(counts, np.uint8).reshape(len(images), CLASSES)


def load_votes(models: Mapping[str, StoredModel]) -> dict[str, Votes]:
    """What `python -m prepare.votes` counted, by id of the model, for all of COMPARED.

    models: the store's models, by id. Raises ComputedError, saying what to do, where the file is
    missing, damaged or of other weights.
    """
    arrays = load_computed("votes", [models[name] for name in COMPARED])
    return {name: Votes(arrays[f"{name}/misread"], arrays[f"{name}/counts"]) for name in COMPARED}
