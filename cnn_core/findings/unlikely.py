"""How little a picture looks like a digit to a network: four published measures, one in use.

A network has ten answers and no eleventh: whatever it is shown, ten probabilities sum to 1. What lies
further away from what it learned than nearly every digit of MNIST does is none that it knows.

In use is the distance to the nearest of some training digits in the normalised penultimate activations
(Sun, Ming, Zhu and Li 2022, "Out-of-distribution detection with deep nearest neighbors", with k = 1). The
others are there to be compared with; `python -m prepare.unlikely` does that, chooses the threshold, and
measures how often it is wrong. In every measure, more is less like a digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.findings.compared import COMPARED
from cnn_core.network.arithmetic import Array
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# The share of real digits that the threshold may take for something else; it is set on the held-out ones.
FALSE_ALARMS = 0.01
# What was tried: pictures that are no digits, and real digits that were drawn in the same way.
KINDS = ("letters", "scribbles", "halves", "overlaid", "shuffled")
OWN_DIGITS = "own digits"
METHODS = {
    "neighbour": "Distance to the nearest training digit (Sun et al. 2022)",
    "energy": "Energy (Liu et al. 2020)",
    "probability": "Largest probability (Hendrycks and Gimpel 2017)",
    "mahalanobis": "Mahalanobis distance (Lee et al. 2018)",
}


@dataclass(frozen=True)
class Unlikely:
    """The measure of one network, with what it was found to be worth.

    bank: float32 (n, units), features of training digits, each of length 1.
    positions: int64 (n,), of these digits in the training set.
    threshold: beyond this distance, 0 to 2, a picture does not look like a digit.
    test: float32 (10000,), distances of the test digits.
    others: distances of pictures of each kind of KINDS, and of OWN_DIGITS.
    detected: share noticed, by method of METHODS and by kind, on the pictures that the method was
        chosen by, each at FALSE_ALARMS.
    """

    bank: Array
    positions: NDArray[np.int64]
    threshold: float
    test: Array
    others: Mapping[str, Array]
    detected: Mapping[str, Mapping[str, float]]

    def distance(self, features: Array) -> float:
        """How far a picture, its features float32 (units,), is from the nearest digit of the bank."""
        return float(nearest_distance(features[np.newaxis], self.bank)[0])

    def alarms(self, distances: Array) -> int:
        """How many of these distances are beyond the threshold."""
        return int((distances > self.threshold).sum())


def load_unlikely(model: StoredModel) -> Unlikely | None:
    """The measure of a network, None for one that was never measured.

    Raises ComputedError where what is stored is damaged, or of other weights.
    """
    if model.id not in COMPARED:
        return None
    stored = load_computed("unlikely", [model])
    of_model = {
        name.removeprefix(f"{model.id}/"): array
        for name, array in stored.items()
        if name.startswith(f"{model.id}/")
    }
    return Unlikely(
        bank=of_model["bank"].astype(np.float32),
        positions=of_model["positions"].astype(np.int64),
        threshold=float(of_model["threshold"]),
        test=of_model["test"],
        others={kind: of_model[kind] for kind in (*KINDS, OWN_DIGITS)},
        detected={
            method: dict(zip((*KINDS, OWN_DIGITS), map(float, row), strict=True))
            for method, row in zip(METHODS, of_model["detected"], strict=True)
        },
    )


def normalised(features: Array) -> Array:
    """Features (n, units), each row divided by its length; a row of zeros stays."""
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    unit: Array = features / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def nearest_distance(features: Array, bank: Array) -> Array:
    """From each row of features (n, units) to its nearest of `bank`, all of length 1: float32 (n,).

    Of two vectors of length 1, the squared distance is 2 − 2 × their product.
    """
    products = (normalised(features) @ bank.T).max(axis=1)
    distances: Array = np.sqrt(np.maximum(2 - 2 * products, 0))
    return distances


def energy(logits: Array) -> Array:
    """−ln of the summed e^z of the ten logits: (n, 10) → (n,)."""
    largest = logits.max(axis=1)
    summed = np.exp(logits - largest[:, np.newaxis]).sum(axis=1)
    return np.asarray(-(largest + np.log(summed)))


def improbability(logits: Array) -> Array:
    """1 minus the largest of the ten probabilities: (n, 10) → (n,)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(1 - 1 / powers.sum(axis=1))


def mahalanobis(features: Array, means: Array, precision: Array) -> Array:
    """The squared Mahalanobis distance to the nearest class mean: (n, units) → (n,).

    means: (10, units); precision: (units, units), the inverse of the covariance within the classes.
    """
    nearest = np.full(len(features), np.inf)
    for mean in means:
        apart = features - mean
        nearest = np.minimum(nearest, np.einsum("ij,ij->i", apart @ precision, apart))
    return nearest
