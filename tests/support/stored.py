"""A small run for the store, with the files that a training writes."""

from __future__ import annotations

import json
from dataclasses import replace

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


def history_of(config: TrainingConfig) -> History:
    """The history of a training that came to its end."""
    has_point = config.epochs * config.steps_per_epoch >= 20
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
            for epoch in range(1, config.epochs + 1)
        ],
        "steps": [{"step": 20, "loss": 1.5, "accuracy": 0.6}] if has_point else [],
    }


HISTORY = history_of(CONFIG)
ONE_EPOCH = json.dumps(history_of(replace(CONFIG, epochs=1))).encode()


def files_of(config: TrainingConfig = CONFIG) -> dict[str, bytes]:
    """The files of a model, as a training run writes them; its weights come from its seed."""
    checkpoints: dict[str, Array] = {}
    for place, (epoch, batch) in enumerate(MOMENTS):
        if epoch > config.epochs or batch > config.steps_per_epoch:
            continue
        weights = random_network(config.architecture, seed=place).weights
        checkpoints |= pack_weights(weights, f"{epoch}/{batch}/")
    return {
        "config.json": json.dumps(config.to_dict()).encode(),
        "model.keras": KERAS_FILE,
        "weights.npz": npz_bytes(
            pack_weights(random_network(config.architecture, config.seed).weights)
        ),
        "history.json": json.dumps(history_of(config)).encode(),
        "checkpoints.npz": npz_bytes(checkpoints),
        "test_probabilities.npy": npy_bytes(PROBABILITIES),
        "results.json": json.dumps({"test_accuracy": 0.9}).encode(),
    }
