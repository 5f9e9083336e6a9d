"""The way from baseline to improved: what each step changes, and whether its seeds prove anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, Literal

from cnn_core.recipe.bundled_trainings import SEEDS, STEPS, seed_results
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
class Step:
    """What is known of a step from baseline to improved.

    before: the step before it of which results are kept; None for the first.
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


def known_steps(
    results: Mapping[str, Mapping[int, Mapping[str, float]]] | None = None,
) -> list[Step]:
    """The steps of which results are kept, in order.

    results: as `recorded.seed_results` returns them, which is where they come from if not given.
    """
    found = seed_results() if results is None else results
    steps: list[Step] = []
    for name in STEPS:
        if seeds := found.get(name):
            accuracies = tuple(seeds[seed]["test_accuracy"] for seed in sorted(seeds))
            steps.append(Step(name, steps[-1].name if steps else None, accuracies))
    return steps


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
    """How likely the ranges of so many seeds each lie apart if the step changes nothing, 0 to 1.

    All orders of the results are then equally likely, and two of the ways to choose which places
    are `after` are the top ones and the bottom ones (the exact permutation test, Fisher 1935).
    """
    return 2 / comb(before + after, before)


def settings_changed(before: TrainingConfig, after: TrainingConfig) -> list[Setting]:
    """The settings in which two trainings differ, the seed aside."""
    old, new = flatten(before.to_dict()), flatten(after.to_dict())
    return [
        Setting(_in_words(place), old[place], new[place])
        for place in old
        if old[place] != new[place] and place != "seed"
    ]


def _in_words(place: str) -> str:
    """`augmentation shift`; `architecture` goes without saying, its settings name themselves."""
    return place.removeprefix("architecture.").replace("_", " ").replace(".", " ")
