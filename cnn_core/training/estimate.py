"""How long a training will take, judging by one that ran on this machine before, and how much room."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from cnn_core.network.architecture import Architecture
from cnn_core.network.cost import convolution_cost, dense_cost
from cnn_core.recipe.config import HELD_OUT_IMAGES, TrainingConfig
from cnn_core.store.store import StoredModel
from cnn_core.training.records import EARLY_BATCHES, STEPS_PER_POINT, kept_epochs

# Learning from an image is reading it, and computing two more products for each of reading's: one
# for the gradient of the weight, one for that of the value.
READINGS_PER_LEARNING = 3

# Answers to the test set are 10,000 rows of 10; the rest is what files are made of beside numbers.
BYTES_OF_EVERY_RUN = 400_000 + 200_000
BYTES_PER_WEIGHT = 4
# Keras saves each weight with two moments of the optimizer, first in a folder of its own.
WEIGHTS_IN_KERAS_FILES = 2 * 3
BYTES_PER_POINT, BYTES_PER_EPOCH = 110, 250


def multiplications(architecture: Architecture) -> int:
    """Products of two numbers that reading one image takes."""
    total, before = 0, (0, 0, 1)
    shape: tuple[int, ...] = before
    for layer in architecture.layers():
        if layer.kind == "convolution":
            rows, columns, filters = layer.output_shape
            cost = convolution_cost(architecture.kernel_size, shape[-1], (rows, columns, filters))
            total += cost.multiplications
        elif layer.kind == "dense":
            total += dense_cost((prod(shape),), layer.output_shape).multiplications
        shape = layer.output_shape
    return total


def work(config: TrainingConfig, epochs: int | None = None) -> float:
    """Products of two numbers that a training takes, of so many epochs or of all."""
    images = config.training_images * READINGS_PER_LEARNING + HELD_OUT_IMAGES
    return float((epochs or config.epochs) * images * multiplications(config.architecture))


def bytes_needed(config: TrainingConfig) -> int:
    """Bytes of room that saving a training takes at the most, scratch files included."""
    # The weights, those of every kept moment, of which the first is before training, and Keras'.
    moments = 1 + len(EARLY_BATCHES) + len(kept_epochs(config.epochs))
    weights = (1 + moments + WEIGHTS_IN_KERAS_FILES) * config.architecture.parameters
    points = config.epochs * (config.steps_per_epoch // STEPS_PER_POINT)
    history = points * BYTES_PER_POINT + config.epochs * BYTES_PER_EPOCH
    return BYTES_OF_EVERY_RUN + weights * BYTES_PER_WEIGHT + history


def estimated_seconds(config: TrainingConfig, runs: Sequence[StoredModel]) -> float | None:
    """Seconds that a training will take, if it goes as fast as the nearest of earlier ones.

    runs: trainings that ran on this machine, newest first. The nearest is the newest with the same
    architecture, else the newest. None where there is none.
    """
    alike = [run for run in runs if run.config.architecture == config.architecture]
    for run in (*alike, *runs):
        if run.epochs_trained and run.results.get("seconds"):
            rate = float(run.results["seconds"]) / work(run.config, run.epochs_trained)
            return rate * work(config)
    return None
