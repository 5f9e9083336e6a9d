"""A map of the test digits in two dimensions, in which digits that a network finds alike lie close.

t-SNE (van der Maaten and Hinton 2008) lays out the penultimate activations of all test digits so
that neighbours stay neighbours. It takes a minute, so `python -m prepare.projection` does it ahead.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.findings.neighbours import nearest
from cnn_core.network.arithmetic import Array
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# How many test digits say where a digit belongs that t-SNE never saw.
GUIDES = 10


class Projection(NamedTuple):
    """The map of a model.

    points: float32 (10000, 2), −1 to 1, where each test digit lies; the axes mean nothing.
    features: float16 (10000, units), the activations that were laid out, rounded.
    """

    points: Array
    features: NDArray[np.float16]

    def locate(self, features: Array) -> Array:
        """Where a digit belongs that is not of the test set: float32 (units,) → float32 (2,).

        The mean of the points of the GUIDES test digits with the nearest activations, each
        weighted by one over its distance (Shepard 1968).
        """
        guides = nearest(self.features, features, GUIDES)
        weights = 1 / np.maximum(guides.distances, np.finfo(np.float32).tiny ** 0.5)
        mean: Array = np.average(self.points[guides.positions], axis=0, weights=weights)
        return mean.astype(np.float32)

    def alike(self, point: Array, count: int) -> NDArray[np.int64]:
        """Positions of the `count` test digits whose points are nearest to a point of the map."""
        return nearest(self.points, point, count).positions


def load_projection(model: StoredModel) -> Projection:
    """The map of one of COMPARED. Raises ComputedError where it is missing or of other weights."""
    arrays = load_computed("projection", [model])
    return Projection(arrays[f"{model.id}/points"], arrays[f"{model.id}/features"])
