"""What a training writes down of itself: rows of numbers, as they stand in history.json."""

from __future__ import annotations

from typing import TypedDict


class _Epoch(TypedDict):
    epoch: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float


class EpochRow(_Epoch, total=False):
    """One epoch, from 1.

    loss, accuracy: means over the epoch, in nats and from 0 to 1, of the images learned from.
    validation_loss, validation_accuracy: of the held-out images, at its end.
    learning_rate: at its end.
    seconds: since the first batch of the training; a file of history may leave it out.
    """

    seconds: float


class StepPoint(TypedDict):
    """Some steps (batches) within an epoch.

    step: the last of them, counted from 1 since training began.
    loss, accuracy: means over them, in nats and from 0 to 1.
    """

    step: int
    loss: float
    accuracy: float


class History(TypedDict):
    """All epochs of a training, and points within them, both in order of time.

    Where an epoch has fewer steps than a point takes, there are no points.
    """

    epochs: list[EpochRow]
    steps: list[StepPoint]
