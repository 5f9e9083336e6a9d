"""What the widgets are filled with is what they say, each setting its own."""

from __future__ import annotations

import pytest
import streamlit as st

from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import PRESETS, Augmentation, TrainingConfig
from ui.train.training_settings import config, fill_in

DIFFERENT = TrainingConfig(
    architecture=Architecture(
        filters=(5, 7), kernel_size=4, padding="same", dense_units=33, dropout=0.15
    ),
    epochs=3,
    batch_size=256,
    optimizer="sgd",
    learning_rate=0.03,
    schedule="cosine",
    weight_decay=0.005,
    label_smoothing=0.05,
    augmentation=Augmentation(1.5, 10.0, 0.2, 0.35),
    training_images=7_000,
    seed=9,
)


@pytest.mark.parametrize("settings", [DIFFERENT, *PRESETS.values()])
def test_there_and_back(monkeypatch: pytest.MonkeyPatch, settings: TrainingConfig) -> None:
    """No setting is taken for another one."""
    monkeypatch.setattr(st, "session_state", {})
    fill_in(settings)
    assert config() == settings
