"""What a training run writes down while it learns: its history, moments, and events for whoever watches."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Split
from cnn_core.errors import TrainingDiverged
from cnn_core.network.network import Network, Weights
from cnn_core.recipe.config import HELD_OUT_IMAGES, TrainingConfig
from cnn_core.store.arrays import pack_weights
from cnn_core.store.history import EpochRow, StepPoint
from cnn_core.store.moment import Moment
from cnn_core.training.events import Batch, Epoch, Look, Report

Ask = Callable[[], bool]

# Kernels change fastest at the very beginning, so a few moments of epoch 1 are kept as well.
EARLY_BATCHES = (10, 50, 200)
STEPS_PER_POINT = 20
SECONDS_BETWEEN_BATCH_EVENTS = 0.25
SECONDS_BETWEEN_LOOKS = 0.5


def kept_epochs(epochs: int) -> list[int]:
    """After which epochs weights are kept: all of ten, else ever further apart, and the last."""
    if epochs <= 10:
        return list(range(1, epochs + 1))
    kept, following = [1, 2], 3
    while following < epochs:
        kept.append(following)
        following = kept[-1] + kept[-2]
    return [*kept, epochs]


def keras_weights(model: Any) -> dict[str, Weights]:
    """The weights of a Keras model, by layer name, as NumPy arrays."""
    return {
        layer.name: Weights(*(np.asarray(array) for array in layer.get_weights()))
        for layer in model.layers
        if layer.weights
    }


def sample_digits(train: Split) -> Split:
    """The first held-out digit of each class: ten images, from a 0 to a 9."""
    first = len(train) - HELD_OUT_IMAGES
    held_out = train.labels[first:]
    positions = [first + int(np.flatnonzero(held_out == label)[0]) for label in range(CLASSES)]
    return Split(train.images[positions], train.labels[positions])


class _Sums(NamedTuple):
    """Of the steps of an epoch that are in points already: how many, and their losses and shares."""

    done: int
    loss: float
    accuracy: float


class Records:
    """The history, the moments and the best epoch of a run, filled in as Keras calls.

    samples: the digits that are read at every look, to watch the network learn.
    report: called with each Look, Batch and Epoch.
    epochs, steps: rows of the history, as the store keeps them.
    checkpoints: the weights of each kept moment, as the store keeps them.
    kept_epoch: after which epoch the model has the weights that it is to be saved with.
    """

    def __init__(self, config: TrainingConfig, model: Any, samples: Split, report: Report) -> None:
        self.epochs: list[EpochRow] = []
        self.steps: list[StepPoint] = []
        self.checkpoints: dict[str, NDArray[np.float32]] = {}
        self.kept_epoch = 0
        self._config, self._model, self._report = config, model, report
        self._samples = samples
        self._kept_epochs = set(kept_epochs(config.epochs))
        self._best: tuple[float, float] = (-1.0, 0.0)
        self._best_weights: Any = None
        self._epoch = 0
        self._untold: list[StepPoint] = []
        self._started = self._last_event = self._last_look = time.monotonic()

    def begin(self) -> None:
        """Training begins: the random weights are the first moment."""
        self._started = time.monotonic()
        self._last_event = -math.inf
        self._keep(Moment(0, 0))
        self._look(0, 0)

    def begin_epoch(self, epoch: int) -> None:
        """Epoch `epoch`, from 1, begins."""
        self._epoch = epoch
        self._seen = _Sums(0, 0.0, 0.0)

    def end_batch(self, done: int, loss: float, accuracy: float) -> None:
        """Batch `done`, from 1, of the epoch was learned from; the means are of the epoch so far.

        Raises TrainingDiverged where the loss is no number any more.
        """
        if not math.isfinite(loss):
            raise TrainingDiverged(
                f"In epoch {self._epoch} the loss became too large to be a number: every step "
                "overshot further. Nothing was saved. Take a smaller learning rate."
            )
        if self._epoch == 1 and done in EARLY_BATCHES:
            self._keep(Moment(1, done))
        if done % STEPS_PER_POINT == 0:
            self._add_point(done, loss, accuracy)
        now = time.monotonic()
        if now - self._last_event >= SECONDS_BETWEEN_BATCH_EVENTS:
            self._last_event = now
            self._report(
                Batch(
                    epoch=self._epoch,
                    batch=done,
                    loss=loss,
                    accuracy=accuracy,
                    seconds=round(now - self._started, 2),
                    points=self.untold_points(),
                )
            )
        if now - self._last_look >= SECONDS_BETWEEN_LOOKS:
            self._look(self._epoch, done)

    def end_epoch(
        self,
        *,
        loss: float,
        accuracy: float,
        validation_loss: float,
        validation_accuracy: float,
        learning_rate: float,
    ) -> None:
        """The epoch is at its end, and the held-out images have been read."""
        epoch = Epoch(
            epoch=self._epoch,
            loss=loss,
            accuracy=accuracy,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            learning_rate=learning_rate,
            seconds=round(time.monotonic() - self._started, 2),
        )
        self.epochs.append(epoch.row)
        self.kept_epoch = self._epoch
        if self._epoch in self._kept_epochs:
            self._keep(Moment(self._epoch, 0))
        # Of two epochs that read as many right, the one that was surer of them is better.
        reached = (validation_accuracy, -validation_loss)
        if self._best_weights is None or reached > self._best:
            self._best, self._best_epoch = reached, self._epoch
            self._best_weights = self._model.get_weights()
        self._report(epoch)

    def end(self) -> None:
        """The model has the weights that it is to be saved with: what they make of the samples."""
        self._look(self.kept_epoch, self._config.steps_per_epoch)

    def untold_points(self) -> list[StepPoint]:
        """Points of the history that no event had yet."""
        untold, self._untold = self._untold, []
        return untold

    def return_to_best(self) -> None:
        """Give the model the weights of its best epoch by validation accuracy.

        Moments after that epoch are dropped, so that the last one is the model that is saved.
        """
        self._model.set_weights(self._best_weights)
        self.kept_epoch = self._best_epoch
        self.checkpoints = {
            name: array
            for name, array in self.checkpoints.items()
            if int(name.split("/")[0]) <= self.kept_epoch
        }
        if self.kept_epoch not in self._kept_epochs:
            self._keep(Moment(self.kept_epoch, 0))

    def _keep(self, moment: Moment) -> None:
        prefix = f"{moment.epoch}/{moment.batch}/"
        self.checkpoints |= pack_weights(keras_weights(self._model), prefix)

    def _add_point(self, done: int, loss: float, accuracy: float) -> None:
        """Keras reports means since the epoch began; a point is the mean of its own steps."""
        steps = done - self._seen.done
        point = StepPoint(
            step=(self._epoch - 1) * self._config.steps_per_epoch + done,
            loss=(loss * done - self._seen.loss) / steps,
            accuracy=(accuracy * done - self._seen.accuracy) / steps,
        )
        self._seen = _Sums(done, loss * done, accuracy * done)
        self.steps.append(point)
        self._untold.append(point)

    def _look(self, epoch: int, batch: int) -> None:
        """Report the kernels of the first layer, and how the samples are read now."""
        self._last_look = time.monotonic()
        weights = keras_weights(self._model)
        network = Network(self._config.architecture, weights)
        kernels = weights["conv1"].kernel[:, :, 0].transpose(2, 0, 1)
        self._report(
            Look(
                epoch=epoch,
                batch=batch,
                kernel_size=self._config.architecture.kernel_size,
                kernels=kernels,
                probabilities=network.predict(self._samples.images),
            )
        )


def record(records: Records, should_stop: Ask, should_finish: Ask) -> Any:
    """The Keras callback that fills in the records.

    should_stop, should_finish: asked after every batch. Its `cancelled` and `finished_early` say
    afterwards which of them ended the run; before epoch 1 is at its end nothing finishes early.
    """
    import keras

    class RecordsCallback(keras.callbacks.Callback):  # type: ignore[misc]
        cancelled = finished_early = False

        def on_train_begin(self, logs: Any = None) -> None:
            records.begin()

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            records.begin_epoch(epoch + 1)

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            records.end_batch(batch + 1, float(logs["loss"]), float(logs["accuracy"]))
            self.cancelled = should_stop()
            is_last = batch + 1 == self.params["steps"]
            self.finished_early = bool(records.epochs) and not is_last and should_finish()
            self.model.stop_training = self.cancelled or self.finished_early

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            if self.cancelled or self.finished_early:
                return  # Only a part of this epoch was learned from.
            records.end_epoch(
                loss=float(logs["loss"]),
                accuracy=float(logs["accuracy"]),
                validation_loss=float(logs["val_loss"]),
                validation_accuracy=float(logs["val_accuracy"]),
                learning_rate=float(self.model.optimizer.learning_rate),
            )
            self.cancelled = should_stop()
            self.finished_early = epoch + 1 < self.params["epochs"] and should_finish()
            self.model.stop_training = self.cancelled or self.finished_early

    return RecordsCallback()
