"""A small run for the store, with the files that a training writes."""

from __future__ import annotations

import json

import numpy as np

from cnn_core.network.architecture import Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.arrays import npy_bytes, npz_bytes, pack_weights
from cnn_core.store.history import History
from cnn_core.store.moment import Moment
from tests.support.networks import random_network

SMALL = Architecture(filters=(2,), dense_units=4)
CONFIG = TrainingConfig(architecture=SMALL, epochs=2)
KERAS_FILE = b"PK\x03\x04 what Keras wrote"
MOMENTS = (Moment(0, 0), Moment(1, 10), Moment(1, 0), Moment(2, 0))
PROBABILITIES = np.full((10_000, 10), 0.1, np.float32)


def history_of(epochs: int, step: int = 20) -> History:
    """Losses that fall, accuracies that stay, of so many epochs, and a point within them."""
    return {
        "epochs": [
            {
                "epoch": epoch,
                "loss": 1.0 / epoch,
                "accuracy": 0.8,
                "validation_loss": 0.9 / epoch,
                "validation_accuracy": 0.85,
                "learning_rate": 0.001,
                "seconds": 2.0 * epoch,
            }
            for epoch in range(1, epochs + 1)
        ],
        "steps": [{"step": step, "loss": 1.5, "accuracy": 0.6}],
    }


HISTORY = history_of(CONFIG.epochs)
ONE_EPOCH = json.dumps(history_of(1)).encode()


def files_of(config: TrainingConfig = CONFIG) -> dict[str, bytes]:
    """The files of a model, as a training run writes them; its weights come from its seed."""
    checkpoints: dict[str, Array] = {}
    steps = config.steps_per_epoch
    moments = [each for each in MOMENTS if each.epoch <= config.epochs and each.batch < steps]
    point = min(20, config.epochs * steps)
    for place, (epoch, batch) in enumerate(moments):
        weights = random_network(config.architecture, seed=place).weights
        checkpoints |= pack_weights(weights, f"{epoch}/{batch}/")
    return {
        "config.json": json.dumps(config.to_dict()).encode(),
        "model.keras": KERAS_FILE,
        "weights.npz": npz_bytes(
            pack_weights(random_network(config.architecture, config.seed).weights)
        ),
        "history.json": json.dumps(history_of(config.epochs, point)).encode(),
        "checkpoints.npz": npz_bytes(checkpoints),
        "test_probabilities.npy": npy_bytes(PROBABILITIES),
        "results.json": json.dumps({"test_accuracy": 0.9}).encode(),
    }
