"""What sets trainings apart is told by names for people, and nothing is forgotten."""

from __future__ import annotations

from dataclasses import replace

from cnn_core.recipe.config import PRESETS, TrainingConfig
from cnn_core.recipe.setting_names import SETTING_NAMES, differences, flatten, settings


def test_every_setting_has_a_name() -> None:
    """A setting that is added to the config needs one here too."""
    assert set(flatten(TrainingConfig().to_dict())) == set(SETTING_NAMES)
    assert len(set(SETTING_NAMES.values())) == len(SETTING_NAMES)


def test_only_what_differs() -> None:
    """Nested settings too, each with one text a training."""
    baseline = PRESETS["baseline"]
    other = replace(
        baseline,
        architecture=replace(baseline.architecture, filters=(8, 16)),
        augmentation=replace(baseline.augmentation, zoom=0.15),
        learning_rate=1e-5,
    )
    assert differences([baseline, other, baseline]) == {
        "Filters": ["16-32-64", "8-16", "16-32-64"],
        "Learning rate": ["0.001", "0.00001", "0.001"],
        "Zoom, share": ["0", "0.15", "0"],
    }
    assert differences([baseline, baseline]) == {}
    assert differences([baseline]) == {}


def test_texts_are_for_people() -> None:
    """Thousands separated, no exponent, words as they are."""
    shown = settings(PRESETS["improved"])
    assert shown["Training images"] == "54,000"
    assert shown["Padding"] == "same"
    assert shown["Weight decay"] == "0.01"
