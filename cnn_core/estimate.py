"""How long a training will take, judging by one that ran on this machine before."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from cnn_core.architecture import Architecture
from cnn_core.config import HELD_OUT_IMAGES, TrainingConfig
from cnn_core.cost import convolution_cost, dense_cost
from cnn_core.store import StoredModel

# Learning from an image is reading it, and computing two more products for each of reading's: one
# for the gradient of the weight, one for that of the value.
READINGS_PER_LEARNING = 3


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
