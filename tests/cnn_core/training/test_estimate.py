"""How long a training will take is judged by the right one of those before it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.store import model_folder, open_model
from cnn_core.training.estimate import bytes_needed, estimated_seconds, multiplications, work
from cnn_core.training.records import STEPS_PER_POINT

CONFIG = TrainingConfig(architecture=Architecture(filters=(4,), dense_units=8), epochs=6)
OTHER = replace(CONFIG, architecture=Architecture(filters=(9,), dense_units=8))


def run(config: TrainingConfig, seconds: float | None, epochs: int) -> Any:
    """A training that took so long for so many epochs."""
    results = {} if seconds is None else {"seconds": seconds}
    return SimpleNamespace(config=config, results=results, epochs_trained=epochs)


def test_products_are_those_of_every_layer() -> None:
    """Of baseline: three convolutions, 64 inputs of the hidden layer, 128 of the last."""
    assert multiplications(BASELINE) == (
        26 * 26 * 16 * 9 + 11 * 11 * 32 * 9 * 16 + 3 * 3 * 64 * 9 * 32 + 64 * 128 + 128 * 10
    )
    padded = Architecture(filters=(4, 6), kernel_size=5, padding="same", dense_units=8)
    assert multiplications(padded) == (
        28 * 28 * 4 * 25 + 14 * 14 * 6 * 25 * 4 + 7 * 7 * 6 * 8 + 8 * 10
    )


def test_work_grows_with_epochs_and_images() -> None:
    """Learning from an image is three readings, and the held-out ones are read once."""
    config = replace(CONFIG, training_images=1_000)
    assert work(config) == 6 * (3_000 + 6_000) * multiplications(config.architecture)
    assert work(config, 2) == work(config) / 3


def test_the_nearest_is_the_newest_of_the_same_architecture() -> None:
    """It comes before a newer one of another architecture, and before older ones of its own."""
    runs = [run(OTHER, 700, 6), run(CONFIG, 60, 2), run(CONFIG, 999, 2)]
    assert estimated_seconds(CONFIG, runs) == pytest.approx(180)


def test_else_it_is_the_newest() -> None:
    """Judged by its products."""
    runs = [run(OTHER, 50, 5), run(OTHER, 999, 5)]
    share = multiplications(CONFIG.architecture) / multiplications(OTHER.architecture)
    assert estimated_seconds(CONFIG, runs) == pytest.approx(60 * share)


def test_what_never_said_how_long_it_took_is_passed_over() -> None:
    """A run without its time, or without an epoch, tells nothing."""
    runs = [run(CONFIG, None, 6), run(CONFIG, 5, 0), run(CONFIG, 12, 3)]
    assert estimated_seconds(CONFIG, runs) == pytest.approx(24)
    assert estimated_seconds(CONFIG, runs[:2]) is None


def test_room_for_every_moment_that_is_kept() -> None:
    """The weights of each kept moment, of the end, and three times two in what Keras writes."""
    model = open_model(model_folder("improved"))
    copies = 1 + len(model.checkpoints()) + 2 * 3
    points = model.config.epochs * (model.config.steps_per_epoch // STEPS_PER_POINT)
    history = points * 110 + model.config.epochs * 250
    weights = 4 * copies * model.config.architecture.parameters
    assert bytes_needed(model.config) == 600_000 + weights + history
    assert bytes_needed(model.config) > model.size
