"""How well a network reads digits that are changed: one change at a time, from little to much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from cnn_core.data.dataset import Split
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import wilson_interval
from cnn_core.images.changes import Change
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# Pixels in each direction, 17 × 17 shifts.
FARTHEST_SHIFT = 8
SHIFTS = range(-FARTHEST_SHIFT, FARTHEST_SHIFT + 1)
# The shifts are many, so they are measured on every fifth test digit: the first 2,000 would be
# easier ones than the rest.
SHIFT_STRIDE = 5

_BATCH = 500


@dataclass(frozen=True)
class Dial:
    """One kind of change that can be turned up.

    values: the settings that are measured, in ascending order, evenly spaced.
    unchanged: the setting among them that leaves a digit as it is.
    change: what a setting does.
    """

    name: str
    values: tuple[float, ...]
    unchanged: float
    change: Callable[[float], Change]


def _steps(first: float, last: float, step: float) -> tuple[float, ...]:
    count = round((last - first) / step) + 1
    return tuple(round(first + index * step, 6) for index in range(count))


DIALS = {
    dial.name: dial
    for dial in (
        Dial("rotate", _steps(-180, 180, 10), 0, lambda value: Change(rotate=value)),
        Dial("scale", _steps(0.3, 1.8, 0.1), 1, lambda value: Change(scale=value)),
        Dial("thicken", _steps(-2, 3, 1), 0, lambda value: Change(thicken=round(value))),
        Dial("noise", _steps(0, 160, 16), 0, lambda value: Change(noise=value)),
        Dial("contrast", _steps(0.1, 2, 0.1), 1, lambda value: Change(contrast=value)),
        Dial("invert", _steps(0, 1, 0.1), 0, lambda value: Change(invert=value)),
    )
}


@dataclass(frozen=True)
class Score:
    """How a network read digits that were all changed alike.

    right: how many of `total` it read right.
    confidence: the mean of its largest probabilities, 0 to 1, right or wrong.
    """

    right: int
    total: int
    confidence: float

    @property
    def accuracy(self) -> float:
        """The share that was read right, 0 to 1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the accuracy on digits drawn like these, see `wilson_interval`."""
        return wilson_interval(self.right, self.total)


@dataclass(frozen=True)
class Robustness:
    """Everything that is measured of one model.

    dials: a score for each value of each dial, by its name.
    shifts: scores of SHIFTS down (outer) by SHIFTS right (inner).
    """

    dials: Mapping[str, tuple[Score, ...]]
    shifts: tuple[tuple[Score, ...], ...]

    def shifted(self, down: int, right: int) -> Score:
        """The score at a shift, in pixels."""
        return self.shifts[down + FARTHEST_SHIFT][right + FARTHEST_SHIFT]


def read_changed(network: Network, split: Split, change: Change) -> Score:
    """Change every digit of a split and let the network read it.

    Noise falls differently on each digit, and the same each time.
    """
    right, confidence = 0, 0.0
    for start in range(0, len(split), _BATCH):
        batch = slice(start, start + _BATCH)
        changed = replace(change, seed=change.seed + start).apply(split.images[batch])
        probabilities = network.predict(changed)
        right += int((probabilities.argmax(axis=1) == split.labels[batch]).sum())
        confidence += float(probabilities.max(axis=1).sum(dtype=np.float64))
    return Score(right, len(split), confidence / len(split))


def every_fifth(split: Split) -> Split:
    """The digits that the shifts are measured on."""
    return Split(split.images[::SHIFT_STRIDE], split.labels[::SHIFT_STRIDE])


def load_robustness(models: Mapping[str, StoredModel]) -> dict[str, Robustness]:
    """What `python -m prepare.robustness` measured, by id of the model, for all of COMPARED.

    models: the store's models, by id. Raises ComputedError, saying what to do, where the file is
    missing, damaged, of other weights or of other settings.
    """
    arrays = load_computed("robustness", [models[name] for name in COMPARED], _settings())
    return {
        name: Robustness(
            {dial: tuple(_unpack(arrays, f"{name}/{dial}")) for dial in DIALS},
            tuple(_rows(_unpack(arrays, f"{name}/shift"), len(SHIFTS))),
        )
        for name in COMPARED
    }


def pack_robustness(found: Mapping[str, Robustness]) -> dict[str, Array]:
    """What was measured of each model as arrays, for `load_robustness`."""
    arrays = dict(_settings())
    for model, measured in found.items():
        every = dict(measured.dials) | {"shift": tuple(sum(measured.shifts, ()))}
        for name, scores in every.items():
            arrays[f"{model}/{name}"] = np.array(
                [(each.right, each.total, each.confidence) for each in scores], np.float32
            )
    return arrays


def _settings() -> Iterator[tuple[str, Array]]:
    for name, dial in DIALS.items():
        yield f"values/{name}", np.array(dial.values, np.float32)
    yield "values/shift", np.array(SHIFTS, np.float32)


def _unpack(arrays: Mapping[str, Array], key: str) -> list[Score]:
    return [Score(int(right), int(total), float(mean)) for right, total, mean in arrays[key]]


def _rows(scores: list[Score], length: int) -> list[tuple[Score, ...]]:
    return [tuple(scores[at : at + length]) for at in range(0, len(scores), length)]
