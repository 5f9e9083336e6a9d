"""How alike a network finds two digits, layer by layer, and how alike all pairs of one class and of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.architecture import Architecture, Layer
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# Pairs are counted among every so-manyth test digit: all pairs of 2,000, some two million.
EVERY = 5
_AT_ONCE = 1000


@dataclass(frozen=True)
class LayerOfTwo:
    """What one layer makes of two digits.

    first, second: its output for each, float32 of its output shape, no value below 0.
    """

    layer: Layer
    first: Array
    second: Array

    @property
    def difference(self) -> Array:
        """First less second, in the shape of either: above 0 where the first has more."""
        difference: Array = self.first - self.second
        return difference

    @property
    def largest(self) -> float:
        """The largest value of both, 0 or more; no difference is farther from 0."""
        return float(max(self.first.max(), self.second.max()))

    @property
    def alike(self) -> float:
        """Their cosine similarity, 0 to 1: see `cosine_similarity`."""
        return cosine_similarity(self.first, self.second)

    @property
    def shares(self) -> NDArray[np.float64]:
        """What part of the summed squared differences is each map's or unit's: (units,), adding up to 1.

        0 for all of them where nothing differs.
        """
        squares = np.square(self.difference.astype(np.float64))
        by_unit = squares.reshape(-1, squares.shape[-1]).sum(axis=0)
        total = by_unit.sum()
        shares: NDArray[np.float64] = by_unit / total if total else by_unit
        return shares

    @property
    def strongest(self) -> list[int]:
        """All maps or units, those that differ most first; equal ones keep their order."""
        return [int(unit) for unit in np.argsort(-self.shares, kind="stable")]


class Verdict(Enum):
    """What kind of pair a layer takes two digits for."""

    ONE_CLASS = "more alike than nine of ten pairs of two classes"
    TWO_CLASSES = "less alike than nine of ten pairs of one class"
    EITHER = "as alike as many pairs of either kind, or as few"


@dataclass(frozen=True)
class Pairs:
    """How alike a layer finds many pairs of digits, by cosine similarity.

    one_class, two_classes: the 0th to the 100th percentile, float32 (101,), of the pairs that have one label
        and of those that have two; not a number (nan) where no pair has a similarity.
    told_apart: how often a pair of one class is more alike than a pair of two, 0 to 1, where both are drawn
        at random; equal ones count half. 0.5 is what chance would give.
    """

    one_class: Array
    two_classes: Array
    told_apart: float

    def verdict(self, alike: float) -> Verdict:
        """What kind of pair a similarity is typical of, or, where it is rare in both, less rare in."""
        above = alike > self.two_classes[90]
        below = alike < self.one_class[10]
        if above and below:
            less_alike = int((self.one_class <= alike).sum())
            more_alike = int((self.two_classes >= alike).sum())
            above, below = less_alike > more_alike, more_alike > less_alike
        if above:
            return Verdict.ONE_CLASS
        return Verdict.TWO_CLASSES if below else Verdict.EITHER


def cosine_similarity(first: Array, second: Array) -> float:
    """The cosine of the angle between two lists of values: their product over the product of their lengths.

    1 where one is a multiple of the other, 0 where no place has a value in both; −1 is its least, but not of
    values that are 0 or more. Not a number (nan) where either is 0 everywhere.
    """
    one, other = (values.astype(np.float64).ravel() for values in (first, second))
    lengths = np.sqrt(np.square(one).sum() * np.square(other).sum())
    return float(min((one * other).sum() / lengths, 1)) if lengths else float("nan")


def compared_layers(architecture: Architecture) -> tuple[Layer, ...]:
    """The layers that make values of their own: not those that only hand on what they were given."""
    return tuple(
        layer for layer in architecture.layers() if layer.kind not in ("flatten", "dropout")
    )


def side_by_side(
    architecture: Architecture, first: Mapping[str, Array], second: Mapping[str, Array]
) -> dict[str, LayerOfTwo]:
    """Every layer that makes values of its own, with both outputs, by layer name.

    first, second: every layer's output for a digit, float32 of its output shape, by layer name.
    """
    return {
        layer.name: LayerOfTwo(layer, first[layer.name], second[layer.name])
        for layer in compared_layers(architecture)
    }


def parting(
    layers: Mapping[str, LayerOfTwo], pairs: Mapping[str, Pairs]
) -> tuple[str, Verdict] | None:
    """The first layer from which on, to the end, two digits are taken for the same kind of pair, and which.

    None where the last layer takes them for either.
    """
    found: tuple[str, Verdict] | None = None
    for name, two in reversed(list(layers.items())):
        verdict = pairs[name].verdict(two.alike)
        if verdict is Verdict.EITHER or (found is not None and verdict is not found[1]):
            break
        found = name, verdict
    return found


def pixel_likeness(images: NDArray[np.uint8], image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The cosine similarity of each of `images`, uint8 (n, 28, 28), with one image, pixel by pixel: (n,).

    0 for an image without ink, and for all where the one has none.
    """
    one = image.ravel().astype(np.float64)
    found = np.zeros(len(images))
    for start in range(0, len(images), _AT_ONCE):
        rows = images[start : start + _AT_ONCE].reshape(-1, one.size).astype(np.float64)
        lengths = np.sqrt(np.square(rows).sum(axis=1) * np.square(one).sum())
        np.divide(rows @ one, lengths, out=found[start : start + _AT_ONCE], where=lengths > 0)
    return found


def measure_pairs(
    network: Network, images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> dict[str, Pairs]:
    """How alike a network finds all pairs of some digits, by the name of each layer that is compared.

    images: uint8 (n, 28, 28). labels: (n,), of two classes or more, one of them twice or more. Takes
    memory for all layers' outputs and for n² numbers.
    """
    outputs = network.activations(images)
    upper = np.triu_indices(len(images), 1)
    is_one_class = (labels[:, np.newaxis] == labels)[upper]
    return {
        layer.name: _pairs(_all_similarities(outputs[layer.name])[upper], is_one_class)
        for layer in compared_layers(network.architecture)
    }


def _all_similarities(outputs: Array) -> Array:
    """The cosine similarity of each with each: float32 (n, ...) → (n, n)."""
    rows = np.ascontiguousarray(outputs.reshape(len(outputs), -1))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        rows = rows / lengths
    similarities: Array = np.minimum(rows @ rows.T, np.float32(1))
    return similarities


def _pairs(similarities: Array, is_one_class: NDArray[np.bool_]) -> Pairs:
    known = np.isfinite(similarities)
    one, two = (np.sort(similarities[known & which]) for which in (is_one_class, ~is_one_class))
    if not (len(one) and len(two)):
        nothing = np.full(101, np.nan, np.float32)
        return Pairs(nothing, nothing, float("nan"))
    beaten = np.searchsorted(two, one, "left") + np.searchsorted(two, one, "right")
    one_class, two_classes = (
        np.percentile(each, np.arange(101)).astype(np.float32) for each in (one, two)
    )
    return Pairs(one_class, two_classes, float(beaten.mean() / 2 / len(two)))


def pack_pairs(found: Mapping[str, Mapping[str, Pairs]]) -> dict[str, NDArray[np.generic]]:
    """What was measured of each model, by layer name, as arrays for `load_pairs`."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for model, layers in found.items():
        arrays[f"{model}/percentiles"] = np.stack(
            [np.stack([pairs.one_class, pairs.two_classes]) for pairs in layers.values()]
        )
        arrays[f"{model}/told_apart"] = np.array([pairs.told_apart for pairs in layers.values()])
    return arrays


def load_pairs(models: Sequence[StoredModel]) -> dict[str, dict[str, Pairs]]:
    """What `python -m prepare.alike` measured, by id of the model and layer name.

    models: all bundled ones. Raises ComputedError, saying what to do, where the file is missing,
    damaged or of other weights.
    """
    arrays = load_computed("alike", models)
    return {
        model.id: {
            layer.name: Pairs(one_class, two_classes, float(told_apart))
            for layer, (one_class, two_classes), told_apart in zip(
                compared_layers(model.config.architecture),
                arrays[f"{model.id}/percentiles"],
                arrays[f"{model.id}/told_apart"],
                strict=True,
            )
        }
        for model in models
    }
