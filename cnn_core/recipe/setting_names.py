"""What sets trainings apart: the settings in which their configs differ, named for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnn_core.recipe.config import TrainingConfig

# Every setting, by its path in the config, in the order in which people ask for them.
SETTING_NAMES = {
    "architecture.filters": "Filters",
    "architecture.kernel_size": "Kernel size",
    "architecture.padding": "Padding",
    "architecture.dense_units": "Hidden units",
    "architecture.dropout": "Dropout",
    "training_images": "Training images",
    "epochs": "Epochs",
    "batch_size": "Batch size",
    "optimizer": "Optimizer",
    "learning_rate": "Learning rate",
    "schedule": "Schedule",
    "weight_decay": "Weight decay",
    "label_smoothing": "Label smoothing",
    "augmentation.shift": "Shift, pixels",
    "augmentation.rotation": "Rotation, degrees",
    "augmentation.zoom": "Zoom, share",
    "augmentation.shear": "Shear, pixels a row",
    "seed": "Seed",
}


def settings(config: TrainingConfig) -> dict[str, str]:
    """Every setting of a config, by its name for people, as text."""
    flat = flatten(config.to_dict())
    return {name: _text(flat[path]) for path, name in SETTING_NAMES.items()}


def differences(configs: Sequence[TrainingConfig]) -> dict[str, list[str]]:
    """The settings that are not the same in all configs: by name, one text a config, in order."""
    every = [settings(config) for config in configs]
    columns = {name: [each[name] for each in every] for name in SETTING_NAMES.values()}
    return {name: values for name, values in columns.items() if len(set(values)) > 1}


def flatten(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Settings within settings by their path, `augmentation.shift`."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "-".join(map(str, value))
    if isinstance(value, str):
        return value
    # Fifteen digits tell any two settings apart that people type in, and 1e-05 is hard to read.
    return f"{value:,.15f}".rstrip("0").rstrip(".")
