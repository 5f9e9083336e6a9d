"""A training of which nothing but the weights at its end is kept: no store, no moments, no history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnn_core.data.dataset import Split
from cnn_core.network.network import Weights
from cnn_core.recipe.config import TrainingConfig
from cnn_core.training.engine import fit, seeded_model
from cnn_core.training.records import keras_weights


def train_weights(
    config: TrainingConfig, split: Split, report: Callable[[int, float], None]
) -> tuple[dict[str, Weights], float]:
    """Train as `engine.train` does, on other images or another kind of architecture if need be.

    split: the training images, of which those that are held out are the last.
    report: called after every epoch with its number, from 1, and the validation accuracy, 0 to 1.
    Returns the weights by layer name, and the validation accuracy that they have.
    """
    import keras

    reached = [0.0]

    def end_epoch(epoch: int, logs: Any) -> None:
        reached.append(float(logs["val_accuracy"]))
        report(epoch + 1, reached[-1])

    model = seeded_model(config)
    fit(model, config, split, keras.callbacks.LambdaCallback(on_epoch_end=end_epoch))
    return keras_weights(model), reached[-1]
