"""Steps say what they change and no more than their seeds show."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from cnn_core.recipe.bundled_trainings import IMPROVEMENTS, SEEDS, seed_results
from cnn_core.recipe.config import PRESETS
from cnn_core.recipe.improvements import (
    chance_of_a_gap,
    known_improvements,
    settings_changed,
    verdict,
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((0.985, 0.987, 0.986), (0.990, 0.988, 0.989), "better"),
        ((0.985, 0.987, 0.986), (0.984, 0.983, 0.982), "worse"),
        ((0.985, 0.987, 0.986), (0.990, 0.987, 0.989), "overlap"),
        ((0.985, 0.987, 0.986), (0.990, 0.999), "unknown"),
    ],
)
def test_verdict(before: tuple[float, ...], after: tuple[float, ...], expected: str) -> None:
    """Only ranges that lie apart count, and only when every seed is there; equal is no gap."""
    assert verdict(before, after) == expected


def test_the_chance_of_a_gap_is_counted() -> None:
    """Of all ways to choose which three of six results are the later ones, two lie apart."""
    apart = [
        chosen
        for chosen in combinations(range(6), 3)
        if verdict([rank for rank in range(6) if rank not in chosen], chosen) in ("better", "worse")
    ]
    every = list(combinations(range(6), 3))
    assert chance_of_a_gap(3, 3) == len(apart) / len(every)


def test_every_step_changes_something() -> None:
    """And the settings that it names are all that differ from the step before."""
    configs = [training.config for training in IMPROVEMENTS.values()]
    for before, after in pairwise(configs):
        assert settings_changed(before, after)
    (padding,) = settings_changed(configs[0], configs[1])
    assert (padding.name, padding.before, padding.after) == ("padding", "valid", "same")
    baseline = PRESETS["baseline"]
    assert settings_changed(baseline, replace(baseline, seed=1)) == []


def test_known_steps_are_those_with_results() -> None:
    """In order, each after the last one that is known, whatever is still missing in between."""
    reached = {"test_accuracy": 0.99, "test_loss": 0.03}
    improvements = known_improvements(
        {"improved": {1: reached | {"test_accuracy": 0.98}, 0: reached}, "baseline": {0: reached}}
    )
    assert [(improvement.name, improvement.before) for improvement in improvements] == [
        ("baseline", None),
        ("improved", "baseline"),
    ]
    assert improvements[1].accuracies == (0.99, 0.98)
    assert improvements[1].mean == pytest.approx(0.985)
    assert not improvements[1].is_complete


def test_results_that_are_kept() -> None:
    """Baseline and improved have all their seeds, and what the page says of them is there."""
    improvements = {improvement.name: improvement for improvement in known_improvements()}
    for name in ("baseline", "improved"):
        assert improvements[name].is_complete
        kept = seed_results()[name]
        assert improvements[name].accuracies == tuple(kept[seed]["test_accuracy"] for seed in SEEDS)
