"""What the widgets are filled with is what they say, each setting its own."""

from __future__ import annotations

import math

import numpy as np
import pytest
import streamlit as st

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import PRESETS, Augmentation, TrainingConfig
from cnn_core.store.store import load_network
from tests.support.seen import alone, words
from ui.train.training_settings import config, fill_in
from ui.train.training_words import explain_training

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


def test_the_loss_of_the_current_digit(mnist: Mnist) -> None:
    """Minus the logarithm of the probability that its label got, whatever the answer is."""
    digit = mnist_digit(mnist, "test", 8)
    share = float(
        load_network("baseline").predict(digit.image[np.newaxis])[0, int(digit.label or 0)]
    )
    said = words(alone(explain_training, {"digit": digit, "model": "baseline"}))
    assert (
        f"Test digit 8 was written as a {digit.label}, and Baseline gives the {digit.label} a "
        f"probability of {share:.6f}: its loss is −ln {share:.6f} = **{-math.log(share):.6f}**."
    ) in said
    drawing = drawn_digit(digit.image)
    said = words(alone(explain_training, {"digit": drawing, "model": "baseline"}))
    assert "A drawing has no label" in said
