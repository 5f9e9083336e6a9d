"""The training run itself, in Keras. It knows of no terminal and no page: it reports events."""

from __future__ import annotations

import io
import json
import platform
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.augmentation import augment
from cnn_core.config import HELD_OUT_IMAGES, TrainingConfig
from cnn_core.dataset import CLASSES, Split, load_mnist
from cnn_core.errors import StoreError
from cnn_core.evaluation import accuracy, cross_entropy
from cnn_core.network import Network, Weights
from cnn_core.store import Moment, StoredModel, npy_bytes, npz_bytes, pack_weights, save_model

Event = dict[str, Any]
Report = Callable[[Event], None]

# Kernels change fastest at the very beginning, so a few moments of epoch 1 are kept as well.
EARLY_BATCHES = (10, 50, 200)
STEPS_PER_POINT = 20
SECONDS_BETWEEN_BATCH_EVENTS = 0.25


class TrainingStopped(Exception):
    """The run was asked to stop before its end; nothing was saved."""


def kept_epochs(epochs: int) -> list[int]:
    """After which epochs weights are kept: all of ten, else ever further apart, and the last."""
    if epochs <= 10:
        return list(range(1, epochs + 1))
    kept, following = [1, 2], 3
    while following < epochs:
        kept.append(following)
        following = kept[-1] + kept[-2]
    return [*kept, epochs]


def train(
    config: TrainingConfig, folder: Path, report: Report, should_stop: Callable[[], bool]
) -> StoredModel:
    """Train a network and save it in a folder of the store.

    report: called with each event: `start`, `batch` (at most four a second), `epoch`, `done`.
    should_stop: asked after every batch.

    Raises TrainingStopped where it said yes, StoreError where the model could not be saved.
    """
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(config.seed)
    tf.config.experimental.enable_op_determinism()
    mnist = load_mnist()
    model = config.architecture.to_keras()
    model.compile(
        optimizer=_optimizer(config),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=config.label_smoothing),
        metrics=["accuracy"],
        jit_compile=False,  # Compiling for XLA makes training on a CPU three times slower.
    )
    recorder = _recorder(config, model, report, should_stop)
    report(
        {
            "event": "start",
            "run": config.run_id,
            "parameters": config.architecture.parameters,
            "epochs": config.epochs,
            "steps": config.steps_per_epoch,
        }
    )
    started = time.monotonic()
    model.fit(
        _training_batches(config, mnist.train),
        epochs=config.epochs,
        validation_data=_validation_batches(mnist.train),
        shuffle=False,  # The batches come shuffled.
        verbose=0,
        callbacks=[recorder],
    )
    if recorder.stopped:
        raise TrainingStopped
    seconds = time.monotonic() - started
    network = Network(config.architecture, keras_weights(model))
    probabilities = network.predict(mnist.test.images)
    results = {
        "test_accuracy": accuracy(probabilities, mnist.test.labels),
        "test_loss": cross_entropy(probabilities, mnist.test.labels),
        "seconds": round(seconds, 1),
        "python": platform.python_version(),
        "keras": version("keras"),
        "tensorflow": tf.__version__,
    }
    saved = save_model(
        folder,
        {
            "config.json": _json_bytes(config.to_dict()),
            "model.keras": _keras_bytes(model),
            "weights.npz": npz_bytes(pack_weights(network.weights)),
            "history.json": _json_bytes({"epochs": recorder.epochs, "steps": recorder.steps}),
            "checkpoints.npz": npz_bytes(recorder.checkpoints),
            "test_probabilities.npy": npy_bytes(probabilities),
            "results.json": _json_bytes(results),
        },
    )
    report(
        {"event": "done", "run": config.run_id, "folder": str(folder), "cached": False} | results
    )
    return saved


def keras_weights(model: Any) -> dict[str, Weights]:
    """The weights of a Keras model, by layer name, as NumPy arrays."""
    return {
        layer.name: Weights(*(np.asarray(array) for array in layer.get_weights()))
        for layer in model.layers
        if layer.weights
    }


def _optimizer(config: TrainingConfig) -> Any:
    import keras

    rate: Any = config.learning_rate
    if config.schedule == "cosine":
        steps = config.epochs * config.steps_per_epoch
        rate = keras.optimizers.schedules.CosineDecay(config.learning_rate, steps)
    return keras.optimizers.Adam(rate, weight_decay=config.weight_decay or None)


def _training_batches(config: TrainingConfig, split: Split) -> Any:
    """The training images in a new order each epoch, each batch moved at random where asked."""
    import tensorflow as tf

    count = config.training_images
    images = tf.constant(split.images[:count, ..., np.newaxis])
    targets = tf.one_hot(split.labels[:count], CLASSES)

    def load(places: Any, seed: Any) -> tuple[Any, Any]:
        batch = tf.cast(tf.gather(images, places), tf.float32)
        if config.augmentation:
            batch = augment(batch, tf.cast(seed, tf.int32), config.augmentation)
        return batch, tf.gather(targets, places)

    places = tf.data.Dataset.range(count).shuffle(count, seed=config.seed).batch(config.batch_size)
    seeds = tf.data.Dataset.random(seed=config.seed, rerandomize_each_iteration=True).batch(2)
    batches = tf.data.Dataset.zip(places, seeds).map(load)
    return batches.apply(tf.data.experimental.assert_cardinality(config.steps_per_epoch)).prefetch(
        2
    )


def _validation_batches(split: Split) -> Any:
    import tensorflow as tf

    images = split.images[-HELD_OUT_IMAGES:, ..., np.newaxis].astype(np.float32)
    targets = tf.one_hot(split.labels[-HELD_OUT_IMAGES:], CLASSES)
    return tf.data.Dataset.from_tensor_slices((images, targets)).batch(500)


def _recorder(
    config: TrainingConfig, model: Any, report: Report, should_stop: Callable[[], bool]
) -> Any:
    """A Keras callback that keeps history and checkpoints, reports events, and stops when asked."""
    import keras

    class Recorder(keras.callbacks.Callback):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.epochs: list[dict[str, float]] = []
            self.steps: list[dict[str, float]] = []
            self.checkpoints: dict[str, NDArray[np.float32]] = {}
            self.stopped = False
            self._kept_epochs = set(kept_epochs(config.epochs))
            self._epoch = 0
            self._started = time.monotonic()
            self._last_event = -np.inf

        def on_train_begin(self, logs: Any = None) -> None:
            self._keep(Moment(0, 0))

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self._epoch = epoch + 1
            self._seen = {"steps": 0, "loss": 0.0, "accuracy": 0.0}

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            done = batch + 1
            if self._epoch == 1 and done in EARLY_BATCHES:
                self._keep(Moment(1, done))
            if done % STEPS_PER_POINT == 0:
                self._add_point(done, logs)
            now = time.monotonic()
            if now - self._last_event >= SECONDS_BETWEEN_BATCH_EVENTS:
                self._last_event = now
                report(
                    {
                        "event": "batch",
                        "epoch": self._epoch,
                        "batch": done,
                        "loss": float(logs["loss"]),
                        "accuracy": float(logs["accuracy"]),
                        "seconds": round(now - self._started, 2),
                    }
                )
            if should_stop():
                self.stopped = True
                self.model.stop_training = True

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            if self.stopped:
                return
            row = {
                "epoch": self._epoch,
                "loss": float(logs["loss"]),
                "accuracy": float(logs["accuracy"]),
                "validation_loss": float(logs["val_loss"]),
                "validation_accuracy": float(logs["val_accuracy"]),
                "learning_rate": float(self.model.optimizer.learning_rate),
                "seconds": round(time.monotonic() - self._started, 2),
            }
            self.epochs.append(row)
            if self._epoch in self._kept_epochs:
                self._keep(Moment(self._epoch, 0))
            report({"event": "epoch"} | row)

        def _keep(self, moment: Moment) -> None:
            self.checkpoints |= pack_weights(keras_weights(model), moment.prefix)

        def _add_point(self, done: int, logs: Any) -> None:
            """Keras reports means since the epoch began; a point is the mean of its own steps."""
            point: dict[str, float] = {"step": (self._epoch - 1) * config.steps_per_epoch + done}
            for name in ("loss", "accuracy"):
                total = float(logs[name]) * done
                point[name] = (total - self._seen[name]) / (done - self._seen["steps"])
                self._seen[name] = total
            self._seen["steps"] = done
            self.steps.append(point)

    return Recorder()


def _keras_bytes(model: Any) -> bytes:
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.keras"
            model.save(path)
            return path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"Keras could not write its file in {tempfile.gettempdir()}: "
            f"{error.strerror or error}. Free some space, then train again."
        ) from error


def _json_bytes(values: Any) -> bytes:
    text = io.StringIO()
    json.dump(values, text, indent=1)
    return text.getvalue().encode()
