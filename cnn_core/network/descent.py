"""Gradient descent on one batch, a step at a time, with an eye on one weight."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.network import Network, Weights
from cnn_core.network.optimizer import (
    Memory,
    StepRule,
    adam_move,
    no_memory,
    remember,
    sgd_move,
)
from cnn_core.network.weight_gradient import forwards_and_backwards, weight_gradients
from cnn_core.network.weight_place import PARTS, WeightPlace, weight_at


@dataclass(frozen=True)
class Point:
    """Where a descent stands: the loss of the batch, the weight that is watched, its gradient."""

    loss: float
    weight: float
    gradient: float


class Descent:
    """A network that goes down the loss of one batch.

    images uint8 (n, 28, 28), labels (n,): the batch, the same at every step.
    watched: the weight whose way is recorded.
    is_alone: whether only that weight moves, and all others stay.
    points: where it stood at the beginning and after every step.
    """

    def __init__(
        self,
        network: Network,
        images: NDArray[np.uint8],
        labels: NDArray[np.integer],
        watched: WeightPlace,
        *,
        rule: StepRule,
        rate: float,
        is_alone: bool,
    ) -> None:
        self.network = network
        self.images, self.labels = images, labels
        self.watched = watched
        self.rule, self.rate, self.is_alone = rule, rate, is_alone
        self.points: list[Point] = []
        self._gradients: dict[str, Weights]
        self._memories: dict[tuple[str, str], Memory] = {}
        self._look()

    @property
    def is_lost(self) -> bool:
        """Whether the numbers have grown beyond what can be computed with."""
        return not math.isfinite(self.points[-1].loss)

    def memory(self) -> tuple[float, float]:
        """What Adam remembers of the watched weight: the running means of gradient and square."""
        kept = self._memories.get((self.watched.layer, self.watched.part))
        if kept is None:
            return 0.0, 0.0
        return float(kept.mean[self.watched.index]), float(kept.square[self.watched.index])

    def step(self) -> None:
        """Move the weights once; where it is lost, nothing moves any more."""
        if self.is_lost:
            return
        with np.errstate(over="ignore", invalid="ignore"):
            moved = {
                name: Weights(*(self._moved(name, part) for part in PARTS))
                for name in self.network.weights
            }
        self.network = Network(self.network.architecture, moved)
        self._look()

    def _moved(self, layer: str, part: str) -> np.ndarray:
        """A kernel or bias after the step."""
        place = WeightPlace(layer, "kernel" if part == "kernel" else "bias", ())
        values = place.array(self.network.weights[layer])
        gradient = place.array(self._gradients[layer])
        if self.is_alone:
            # Without a gradient, neither rule moves a weight.
            gradient = _alone(gradient, self.watched, layer, part)
        if self.rule == "sgd":
            return np.asarray(values + sgd_move(gradient, self.rate))
        memory = remember(self._memories.get((layer, part)) or no_memory(values), gradient)
        self._memories[layer, part] = memory
        return np.asarray(values + adam_move(memory, len(self.points), self.rate))

    def _look(self) -> None:
        with np.errstate(over="ignore", invalid="ignore"):
            batch = forwards_and_backwards(self.network, self.images, self.labels)
            self._gradients = weight_gradients(self.network, batch)
        gradient = self.watched.array(self._gradients[self.watched.layer])[self.watched.index]
        self.points.append(
            Point(batch.loss, weight_at(self.network, self.watched), float(gradient))
        )


def _alone(gradient: np.ndarray, watched: WeightPlace, layer: str, part: str) -> np.ndarray:
    """The gradient of the watched weight, and 0 for all others."""
    alone = np.zeros_like(gradient)
    if (layer, part) == (watched.layer, watched.part):
        alone[watched.index] = gradient[watched.index]
    return alone
