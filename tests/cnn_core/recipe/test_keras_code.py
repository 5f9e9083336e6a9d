"""The script that is shown to be copied: it runs as it stands, and makes the same network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from cnn_core.network.variant import Variant
from cnn_core.recipe.config import PRESETS, Augmentation, TrainingConfig
from cnn_core.recipe.keras_code import keras_code

SMALL = TrainingConfig(
    architecture=Architecture(filters=(2, 3), kernel_size=5, padding="same", dense_units=4),
    epochs=1,
    batch_size=20,
    training_images=40,
)
MOVED = replace(
    SMALL,
    optimizer="sgd",
    learning_rate=0.02,
    schedule="cosine",
    weight_decay=0.01,
    label_smoothing=0.1,
    augmentation=Augmentation(shift=2, rotation=10, zoom=0.1, shear=0.1),
)

VARIED = replace(
    SMALL,
    architecture=Variant(
        filters=(2, 3), padding="same", dense_units=4, activation="linear", pooling="average"
    ),
)


@pytest.mark.parametrize("config", [SMALL, MOVED, VARIED], ids=["plain", "everything", "variant"])
def test_runs_as_it_stands(
    keras: Any, mnist: Mnist, monkeypatch: pytest.MonkeyPatch, config: TrainingConfig
) -> None:
    """Run as a script, it trains the network of the config with the optimizer of the config."""
    # The script downloads MNIST; here it is handed what comes with the project, and fewer to test.
    splits = (
        (mnist.train.images, mnist.train.labels),
        (mnist.test.images[:100], mnist.test.labels[:100]),
    )
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: splits)
    script: dict[str, Any] = {"__name__": "__main__"}

    exec(compile(keras_code(config), "script.py", "exec"), script)

    model, optimizer = script["model"], script["model"].optimizer
    expected = config.architecture.to_keras()
    for layer, its in zip(model.layers, expected.layers, strict=True):
        assert (layer.name, type(layer)) == (its.name, type(its))
        assert getattr(layer, "activation", None) == getattr(its, "activation", None)
    assert model.count_params() == config.architecture.parameters
    assert model.get_layer("conv1").padding == "same"
    assert type(optimizer).__name__.lower() == config.optimizer
    assert float(optimizer.iterations) == config.steps_per_epoch
    assert (optimizer.weight_decay or 0) == config.weight_decay
    assert model.loss.label_smoothing == config.label_smoothing
    rates = {"constant": config.learning_rate, "cosine": 0}
    assert float(optimizer.learning_rate) == pytest.approx(rates[config.schedule])
    assert set(script["history"].history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert len(script["validation"][0]) == 6_000
    np.testing.assert_array_equal(script["labels"][:40], mnist.train.labels[:40])


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_are_scripts(preset: str) -> None:
    """What a preset gives can be compiled, and no line is cut off on a screen."""
    code = keras_code(PRESETS[preset])

    compile(code, "script.py", "exec")
    assert max(map(len, code.splitlines())) <= 110
