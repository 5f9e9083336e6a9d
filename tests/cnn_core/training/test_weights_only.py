"""A training of which only the weights are kept is the training of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import TrainingConfig
from cnn_core.training.engine import train
from cnn_core.training.weights_only import train_weights

CONFIG = TrainingConfig(
    Architecture(filters=(2,), dense_units=4), epochs=2, batch_size=20, training_images=60, seed=3
)


def test_gives_the_weights_of_the_engine(keras: Any, mnist: Mnist, tmp_path: Path) -> None:
    """Same config, same weights to the last bit, same validation accuracy, told every epoch."""
    told: list[tuple[int, float]] = []

    weights, validation = train_weights(CONFIG, mnist.train, lambda *each: told.append(each))

    model = train(CONFIG, tmp_path / "model", lambda _: None, lambda: False)
    for name, expected in model.network().weights.items():
        np.testing.assert_array_equal(weights[name].kernel, expected.kernel)
        np.testing.assert_array_equal(weights[name].bias, expected.bias)
    rows = model.history()["epochs"]
    assert [epoch for epoch, _ in told] == [row["epoch"] for row in rows]
    assert [reached for _, reached in told] == [row["validation_accuracy"] for row in rows]
    assert validation == told[-1][1]
