"""What a training left behind, as curves: per epoch or per group of steps, smoothed on request."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cnn_core.store.history import History

Measure = Literal["loss", "accuracy", "error"]
Per = Literal["epoch", "step"]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """One line of a chart.

    at: epochs, or steps since the training began, rising.
    values: loss in nats, or a share from 0 to 1.
    """

    at: Values
    values: Values


@dataclass(frozen=True)
class Minimum:
    """Where validation loss was least, and what it was there and at the end; losses in nats."""

    epoch: int
    loss: float
    last_epoch: int
    last_loss: float

    @property
    def rises_after(self) -> bool:
        """Whether training went on to make it worse."""
        return self.epoch < self.last_epoch and self.last_loss > self.loss


def training_curve(history: History, measure: Measure, per: Per) -> Curve:
    """How the batches went while the network learned from them.

    history: a training that has only begun may have neither epochs nor points within them yet.
    """
    rows = history["epochs"] if per == "epoch" else history["steps"]
    return _curve(rows, per, measure)


def validation_curve(history: History, measure: Measure, per: Per, steps_per_epoch: int) -> Curve:
    """How the held-out images were read at the end of each epoch."""
    curve = _curve(history["epochs"], "epoch", measure, "validation_")
    return curve if per == "epoch" else Curve(curve.at * steps_per_epoch, curve.values)


def learning_rates(history: History) -> Curve:
    """The learning rate at the end of each epoch."""
    rows = history["epochs"]
    return Curve(_column(rows, "epoch"), _column(rows, "learning_rate"))


def smooth(values: Values, weight: float) -> Values:
    """An exponential moving average, corrected for its start at 0: (n,) → (n,).

    weight: how much of the average so far is kept at each value, 0 (nothing changes) to below 1.
    The correction divides by the sum of the weights given so far, as Adam does with its moments
    (Kingma and Ba, 2015) and TensorBoard with its curves. What is not finite stays where it is and
    is left out of the average.
    """
    if not 0 <= weight < 1:
        raise ValueError(f"the weight is 0 or more and below 1, not {weight}")
    smoothed = values.astype(np.float64)
    average, total = 0.0, 0.0
    for position, value in enumerate(values):
        if math.isfinite(value):
            average = weight * average + (1 - weight) * float(value)
            total = weight * total + (1 - weight)
            smoothed[position] = average / total
    return smoothed


def least_validation_loss(history: History) -> Minimum:
    """Where validation loss was least. Raises ValueError where no epoch has a finite one."""
    rows = [row for row in history["epochs"] if math.isfinite(row["validation_loss"])]
    if not rows:
        raise ValueError("no epoch has a finite validation loss")
    least = min(rows, key=lambda row: row["validation_loss"])
    return Minimum(
        int(least["epoch"]),
        least["validation_loss"],
        int(rows[-1]["epoch"]),
        rows[-1]["validation_loss"],
    )


def parting(history: History) -> int | None:
    """The epoch from which on validation loss lies above training loss to the end; None where none is."""
    first = None
    for row in reversed(history["epochs"]):
        if not row["validation_loss"] > row["loss"]:
            break
        first = int(row["epoch"])
    return first


def _curve(
    rows: Sequence[Mapping[str, object]], at: str, measure: Measure, prefix: str = ""
) -> Curve:
    values = _column(rows, prefix + ("loss" if measure == "loss" else "accuracy"))
    return Curve(_column(rows, at), 1 - values if measure == "error" else values)


def _column(rows: Sequence[Mapping[str, object]], name: str) -> Values:
    return np.array([row[name] for row in rows], np.float64)
