"""The way from baseline to improved: what each improvement changes, and whether its seeds prove anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, Literal

from cnn_core.recipe.bundled_trainings import IMPROVEMENTS, SEEDS, seed_results
from cnn_core.recipe.config import TrainingConfig
from cnn_core.recipe.setting_names import flatten

Verdict = Literal["better", "worse", "overlap", "unknown"]


@dataclass(frozen=True)
class Setting:
    """A setting that two trainings do not share, with what it is in each."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Improvement:
    """What is known of an improvement on the way from baseline to improved.

    before: the improvement before it of which results are kept; None for the first.
    accuracies: share of the 10,000 test digits that each seed read right, in order of seeds.
    """

    name: str
    before: str | None
    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the seeds, 0 to 1."""
        return sum(self.accuracies) / len(self.accuracies)

    @property
    def is_complete(self) -> bool:
        """Whether every seed has been trained."""
        return len(self.accuracies) == len(SEEDS)


def known_improvements(
    results: Mapping[str, Mapping[int, Mapping[str, float]]] | None = None,
) -> list[Improvement]:
    """The improvements of which results are kept, in order.

    results: as `bundled_trainings.seed_results` returns them, which is where they come from if not given.
    """
    found = seed_results() if results is None else results
    improvements: list[Improvement] = []
    for name in IMPROVEMENTS:
        if seeds := found.get(name):
            accuracies = tuple(seeds[seed]["test_accuracy"] for seed in sorted(seeds))
            improvements.append(
                Improvement(name, improvements[-1].name if improvements else None, accuracies)
            )
    return improvements


def verdict(before: Sequence[float], after: Sequence[float]) -> Verdict:
    """Whether every seed after is better than every seed before, or worse, or neither.

    `unknown` with fewer than all seeds on either side. Ranges that overlap prove no change, and no
    absence of one.
    """
    if min(len(before), len(after)) < len(SEEDS):
        return "unknown"
    if min(after) > max(before):
        return "better"
    if max(after) < min(before):
        return "worse"
    return "overlap"


def chance_of_a_gap(before: int, after: int) -> float:
    """How likely the ranges of so many seeds each lie apart if the improvement changes nothing, 0 to 1.

    All orders of the results are then equally likely, and two of the ways to choose which places
    are `after` are the top ones and the bottom ones (the exact permutation test, Fisher 1935).
    """
    return 2 / comb(before + after, before)


def settings_changed(before: TrainingConfig, after: TrainingConfig) -> list[Setting]:
    """The settings in which two trainings differ, the seed aside."""
    old, new = flatten(before.to_dict()), flatten(after.to_dict())
    return [
        Setting(_in_words(path), old[path], new[path])
        for path in old
        if old[path] != new[path] and path != "seed"
    ]


def _in_words(path: str) -> str:
    """`augmentation shift`; `architecture` goes without saying, its settings name themselves."""
    return path.removeprefix("architecture.").replace("_", " ").replace(".", " ")
