"""The settings of the next training, kept in the session under the keys of their widgets."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cnn_core.errors import TrainingConfigError, quoted
from cnn_core.network.architecture import MOST_BLOCKS, Architecture
from cnn_core.recipe.config import PRESETS, Augmentation, TrainingConfig
from ui.visitor.choice import hold_to

FIRST_PRESET = "quick"
OWN = "own"
BLOCKS = range(1, MOST_BLOCKS + 1)
# What a block gets that the preset does not have.
MORE_FILTERS = 64


def key_of(setting: str) -> str:
    """The key of a setting's widget."""
    return f"train-{setting}"


def value_of(setting: str) -> Any:
    """What a setting's widget says."""
    return st.session_state[key_of(setting)]


def begin(followed: TrainingConfig | None) -> None:
    """Fill in the first settings, unless the visitor has been here before.

    followed: the settings of the training whose address was opened.
    """
    if key_of("preset") not in st.session_state:
        fill_in(followed or PRESETS[FIRST_PRESET])
        note_change("preset")


def fill_in(config: TrainingConfig) -> None:
    """Set every widget to a config."""
    architecture, moved = config.architecture, config.augmentation
    filters = list(architecture.filters) + [MORE_FILTERS] * MOST_BLOCKS
    settings: dict[str, Any] = {
        "blocks": len(architecture.filters),
        **{f"filters-{place}": filters[place] for place in range(MOST_BLOCKS)},
        "kernel_size": architecture.kernel_size,
        "padding": architecture.padding,
        "dense_units": architecture.dense_units,
        "dropout": architecture.dropout,
        "epochs": config.epochs,
        "training_images": config.training_images,
        "batch_size": config.batch_size,
        "optimizer": config.optimizer,
        "learning_rate": f"{config.learning_rate:g}",
        "schedule": config.schedule,
        "weight_decay": config.weight_decay,
        "label_smoothing": config.label_smoothing,
        "shift": float(moved.shift),
        "rotation": float(moved.rotation),
        "zoom": float(moved.zoom),
        "shear": float(moved.shear),
        "seed": config.seed,
    }
    for setting, value in settings.items():
        st.session_state[key_of(setting)] = value


def architecture() -> Architecture:
    """The network as it is set up now. Raises ArchitectureError, saying why it cannot be built."""
    return Architecture(
        filters=tuple(value_of(f"filters-{place}") for place in range(value_of("blocks"))),
        kernel_size=value_of("kernel_size"),
        padding=value_of("padding"),
        dense_units=value_of("dense_units"),
        dropout=round(value_of("dropout"), 4),
    )


def learning_rate() -> float:
    """The learning rate as it is typed in. Raises TrainingConfigError for what is none."""
    text = str(value_of("learning_rate")).strip().replace(",", ".")
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1:
        raise TrainingConfigError(
            f"A learning rate is a number above 0 and up to 1, 0.002 for instance, not {quoted(text)}."
        )
    return rate


def config() -> TrainingConfig:
    """Everything as it is set up now. Raises ArchitectureError or TrainingConfigError."""
    return TrainingConfig(
        architecture=architecture(),
        epochs=value_of("epochs"),
        batch_size=value_of("batch_size"),
        optimizer=value_of("optimizer"),
        learning_rate=learning_rate(),
        schedule=value_of("schedule"),
        weight_decay=value_of("weight_decay"),
        label_smoothing=value_of("label_smoothing"),
        # Sliders add up their steps, and 0.1 + 0.05 is not quite 0.15.
        augmentation=Augmentation(
            *(round(value_of(name), 4) for name in ("shift", "rotation", "zoom", "shear"))
        ),
        training_images=value_of("training_images"),
        seed=value_of("seed"),
    )


def choose_seed(seed: int) -> None:
    """Set the seed; for callbacks."""
    st.session_state[key_of("seed")] = seed
    note_change("seed")


def note_change(setting: str) -> None:
    """Remember which setting it was, and whether all of them together are a preset."""
    st.session_state["train-last"] = setting
    hold_to(BLOCKS, key_of("blocks"))
    try:
        now = config()
    except ValueError:
        st.session_state[key_of("preset")] = OWN
        return
    st.session_state[key_of("preset")] = next(
        (name for name, preset in PRESETS.items() if preset == now), OWN
    )
