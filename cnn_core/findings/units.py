"""What each feature map and hidden unit answers to, counted over all of MNIST.

The response of a feature map to a digit is its largest value, wherever in the map that is; the response of
a dense unit is its value. Both are 0 or more: ReLU comes before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.network.architecture import Architecture, Layer
from cnn_core.network.arithmetic import Array, relu
from cnn_core.network.network import BATCH_SIZE, Network, as_maps
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# So many digits are kept for each unit: those to which it responds most.
STRONGEST = 9
# So many training digits, the first, show at each moment of a training which units respond.
DIGITS_FOLLOWED = 10_000
# A unit answers to a class if its mean response is at least this share of that to its best class.
ANSWERING = 0.5
# What rounding alone sets apart counts as equally strong: even ink gives thousands of digits one sum.
_ROUNDING = 1e-5

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class UnitsOfLayer:
    """What the n units of one layer answer to. Classes are labels; responses are those to training digits.

    strongest: positions in the training set of the digits with the largest responses, falling, int32
        (n, STRONGEST); −1 where fewer digits get any.
    cells: row and column of the map where that is, uint8 (n, STRONGEST, 2); 0 for dense units.
    responses: float32 (n, STRONGEST).
    as_strong: how many training digits get the largest response, but for rounding, int32 (n,).
    mean, low, high, largest: by class, the mean response, its 10th and 90th percentile, and the largest:
        float32 (n, 10).
    responding: how many training digits of each class get a response above 0, int32 (n, 10).
    responding_test: the same of the test digits.
    percentiles: the 0th to 100th percentile of all responses, float32 (n, 101).
    alive: at each kept moment of the training, how many of the first DIGITS_FOLLOWED training digits get
        a response, int32 (moments, n).
    largest_sums: at each moment, the largest sum before ReLU for any of these, float32 (moments, n).
    """

    strongest: NDArray[np.int32]
    cells: NDArray[np.uint8]
    responses: Array
    as_strong: NDArray[np.int32]
    mean: Array
    low: Array
    high: Array
    largest: Array
    responding: NDArray[np.int32]
    responding_test: NDArray[np.int32]
    percentiles: Array
    alive: NDArray[np.int32]
    largest_sums: Array

    @property
    def dead(self) -> NDArray[np.int64]:
        """Numbers of the units that respond to none of the 70,000 digits."""
        responding = self.responding.sum(axis=1) + self.responding_test.sum(axis=1)
        return np.flatnonzero(responding == 0)

    @property
    def answers(self) -> NDArray[np.bool_]:
        """Which classes each unit answers to, by ANSWERING: bool (n, 10); none where it is dead."""
        best = self.mean.max(axis=1, keepdims=True)
        return np.asarray((self.mean >= ANSWERING * best) & (best > 0))

    @property
    def classes_of_live_units(self) -> Counts:
        """To how many classes each unit that ever responds answers, int64 (units that do,)."""
        counts: Counts = np.delete(self.answers.sum(axis=1), self.dead)
        return counts

    def silent_from(self, unit: int) -> int | None:
        """The first moment from which on a unit responds to none; None where it does at the end."""
        lively = np.flatnonzero(self.alive[:, unit])
        first = int(lively[-1]) + 1 if len(lively) else 0
        return first if first < len(self.alive) else None

    def share_below(self, unit: int, response: float) -> float:
        """About what share of the training digits gets a smaller response, 0 to 1."""
        return float((self.percentiles[unit, 1:] <= response).mean()) if response > 0 else 0.0


class Since(NamedTuple):
    """What became of a unit's weights and bias between two moments.

    parameters: how many it has.  moved: how many of them differ.
    factor: the one factor by which all of them changed, as weight decay alone does it; None where none
        fits to within a thousandth.
    """

    parameters: int
    moved: int
    factor: float | None


def since(before: Network, after: Network, layer: str, unit: int) -> Since:
    """Compare a unit's weights and bias at two moments of one training."""
    one, two = (
        np.append(weights.kernel[..., unit].astype(np.float64), weights.bias[unit])
        for weights in (before.weights[layer], after.weights[layer])
    )
    factor = float(one @ two / (one @ one)) if one.any() else 0.0
    fits = np.linalg.norm(two - factor * one) <= 1e-3 * np.linalg.norm(two)
    return Since(len(one), int((one != two).sum()), factor if fits else None)


@dataclass(frozen=True)
class Peaks:
    """The largest sum of every unit of a layer for each of some digits, before ReLU.

    sums: float32 (digits, n).  cells: which cell of the map has it, counted column by column,
    uint16 (digits, n); 0 for dense units.  rows: of the map, 1 for dense units.
    """

    sums: Array
    cells: NDArray[np.uint16]
    rows: int


def layers_with_units(architecture: Architecture) -> tuple[Layer, ...]:
    """The layers whose units have a ReLU: the convolutions and the hidden dense layer."""
    return tuple(
        layer
        for layer in architecture.layers()
        if layer.kind in ("convolution", "dense") and layer.name != "output"
    )


def _peaks(sums: Array) -> Peaks:
    if sums.ndim == 2:
        return Peaks(sums, np.zeros(sums.shape, np.uint16), 1)
    n, rows, columns, units = sums.shape
    # As they lie in memory, without a copy.
    flat = sums.reshape(n, rows * columns, units, order="F")
    most = flat.max(axis=1, keepdims=True)
    # A first one of equal ones, whatever rounding does to them.
    equal = flat >= most - np.float32(_ROUNDING) * np.abs(most)
    return Peaks(most[:, 0], equal.argmax(axis=1).astype(np.uint16), rows)


def survey(
    network: Network, moments: Sequence[Network], mnist: Mnist
) -> Iterator[tuple[int, dict[str, UnitsOfLayer] | None]]:
    """Look at every unit of a network, and of the same network at the moments of its training.

    Yields how many of these readings are done, of len(moments) + 2, and with the last what was found, by
    layer name.
    """
    followed: dict[str, list[Peaks]] = {}
    for done, moment in enumerate(moments, start=1):
        for name, found in _read_all(moment, mnist.train.images[:DIGITS_FOLLOWED]).items():
            followed.setdefault(name, []).append(found)
        yield done, None
    train = _read_all(network, mnist.train.images)
    yield len(moments) + 1, None
    test = _read_all(network, mnist.test.images)
    yield (
        len(moments) + 2,
        {
            name: _units(
                found,
                mnist.train.labels,
                by_class(test[name].sums > 0, mnist.test.labels),
                np.stack([(each.sums > 0).sum(axis=0) for each in followed[name]]),
                np.stack([each.sums.max(axis=0) for each in followed[name]]),
            )
            for name, found in train.items()
        },
    )


def _read_all(network: Network, images: NDArray[np.uint8]) -> dict[str, Peaks]:
    """Read images, uint8 (m, 28, 28), batch by batch, up to the hidden dense layer: by layer name."""
    layers = network.architecture.layers()
    watched = layers_with_units(network.architecture)
    found: dict[str, list[Peaks]] = {layer.name: [] for layer in watched}
    for start in range(0, len(images), BATCH_SIZE):
        values = as_maps(images[start : start + BATCH_SIZE])
        for layer in layers[: layers.index(watched[-1]) + 1]:
            if layer in watched:
                sums = network.sums(layer, values)
                found[layer.name].append(_peaks(sums))
                values = relu(sums)
            else:
                values = network.layer_output(layer, values)
    return {
        name: Peaks(
            np.concatenate([each.sums for each in batches]),
            np.concatenate([each.cells for each in batches]),
            batches[0].rows,
        )
        for name, batches in found.items()
    }


def by_class(holds: NDArray[np.bool_], labels: NDArray[np.uint8]) -> NDArray[np.int32]:
    """For how many digits of each class something holds: bool (m, n), labels (m,) → int32 (n, 10)."""
    counts = [holds[labels == digit].sum(axis=0) for digit in range(CLASSES)]
    return np.stack(counts, axis=1).astype(np.int32)


def _units(
    found: Peaks,
    labels: NDArray[np.uint8],
    responding_test: NDArray[np.int32],
    alive: NDArray[np.integer],
    largest_sums: Array,
) -> UnitsOfLayer:
    responses = np.maximum(found.sums, np.float32(0))
    largest = responses.max(axis=0)
    equal = responses >= largest * np.float32(1 - _ROUNDING)
    # Digits that only rounding sets apart come in the order of the training set.
    order = np.argsort(-np.where(equal, largest, responses), axis=0, kind="stable")[:STRONGEST]
    kept = np.take_along_axis(responses, order, axis=0)
    cells = np.take_along_axis(found.cells, order, axis=0)
    classes = [responses[labels == digit] for digit in range(CLASSES)]
    low, high = (
        np.stack([np.percentile(each, at, axis=0) for each in classes], axis=1) for at in (10, 90)
    )
    return UnitsOfLayer(
        np.where(kept > 0, order, -1).T.astype(np.int32),
        np.stack([cells.T % found.rows, cells.T // found.rows], axis=-1).astype(np.uint8),
        kept.T.copy(),
        np.where(largest > 0, equal.sum(axis=0), 0).astype(np.int32),
        np.stack([each.mean(axis=0, dtype=np.float64) for each in classes], axis=1).astype(
            np.float32
        ),
        low.astype(np.float32),
        high.astype(np.float32),
        np.stack([each.max(axis=0) for each in classes], axis=1),
        by_class(responses > 0, labels),
        responding_test,
        np.percentile(responses, np.arange(101), axis=0).T.astype(np.float32),
        alive.astype(np.int32),
        largest_sums,
    )


def pack_units(found: Mapping[str, Mapping[str, UnitsOfLayer]]) -> dict[str, NDArray[np.generic]]:
    """What was found of each model, layer by layer, as arrays for `load_units`."""
    return {
        f"{model}/{layer}/{part.name}": getattr(units, part.name)
        for model, layers in found.items()
        for layer, units in layers.items()
        for part in fields(UnitsOfLayer)
    }


def load_units(models: Mapping[str, StoredModel]) -> dict[str, dict[str, UnitsOfLayer]]:
    """What `python -m prepare.units` found, by id of the model and layer name, for all of COMPARED.

    models: the store's models, by id. Raises ComputedError, saying what to do, where the file is
    missing, damaged or of other weights.
    """
    arrays = load_computed("units", [models[name] for name in COMPARED])
    return {
        name: {
            layer.name: UnitsOfLayer(
                *(arrays[f"{name}/{layer.name}/{part.name}"] for part in fields(UnitsOfLayer))
            )
            for layer in layers_with_units(models[name].config.architecture)
        }
        for name in COMPARED
    }
