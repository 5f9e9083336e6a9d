"""The training run itself, in Keras. It knows of no terminal and no page: it reports events."""

from __future__ import annotations

import io
import json
import platform
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from cnn_core.data.dataset import CLASSES, Split, load_mnist
from cnn_core.errors import StoreError
from cnn_core.findings.evaluation import accuracy, cross_entropy
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network, Weights
from cnn_core.recipe.augmentation import augment
from cnn_core.recipe.config import HELD_OUT_IMAGES, SGD_MOMENTUM, TrainingConfig
from cnn_core.store.arrays import npy_bytes, npz_bytes, pack_weights
from cnn_core.store.store import StoredModel, save_model
from cnn_core.training.events import Done, Report, Start, Trained
from cnn_core.training.records import Ask, Records, keras_weights, record, sample_digits


class TrainingStopped(Exception):
    """The run was asked to stop before its end; nothing was saved."""


def import_libraries() -> None:
    """Import Keras and TensorFlow ahead of `train`: it takes seconds, and TensorFlow greets."""
    import keras  # noqa: F401
    import tensorflow  # noqa: F401


def train(
    config: TrainingConfig,
    folder: Path,
    report: Report,
    should_stop: Ask,
    should_finish: Ask = lambda: False,
    found_meanwhile: Callable[[], StoredModel | None] = lambda: None,
    name_stopped: bool = False,
) -> StoredModel:
    """Train a network and save it in a folder of the store.

    report: called with each event of cnn_core.training.events: a Start, then every Look, Batch and
        Epoch, Trained and Done.
    should_stop: asked after every batch; where it says yes, nothing is saved.
    should_finish: asked after every batch from epoch 2 on, and after epoch 1; where it says yes,
        the run ends, and the weights of its best epoch by validation accuracy are saved.
    found_meanwhile: asked before saving: the model that another process has saved of this very
        config since, if any. It is kept, because somebody may use it by now, and returned.
    name_stopped: whether a run that ended early is saved beside the folder, under a name with the
        number of its epochs at its end, so that it is never taken for the complete one.

    Raises TrainingStopped where it was asked to stop, TrainingDiverged where the loss became no
    number, MemoryError where memory ran out, StoreError where the model could not be saved.
    """
    mnist = load_mnist()
    model = seeded_model(config)
    samples = sample_digits(mnist.train)
    records = Records(config, model, samples, report)
    callback = record(records, should_stop, should_finish)
    report(
        Start(
            run=config.run_id,
            parameters=config.architecture.parameters,
            epochs=config.epochs,
            steps=config.steps_per_epoch,
            samples=samples.images,
        )
    )
    started = time.monotonic()
    fit(model, config, mnist.train, callback)
    if callback.cancelled:
        raise TrainingStopped
    seconds = time.monotonic() - started
    if callback.finished_early:
        records.return_to_best()
    records.end()
    epochs = {"epochs_trained": len(records.epochs), "kept_epoch": records.kept_epoch}
    report(Trained(**epochs, points=records.untold_points()))
    weights = keras_weights(model)
    probabilities = Network(config.architecture, weights).predict(mnist.test.images)
    results: dict[str, Any] = {
        "test_accuracy": accuracy(probabilities, mnist.test.labels),
        "test_loss": cross_entropy(probabilities, mnist.test.labels),
        "seconds": round(seconds, 1),
        **epochs,
        **_versions(),
    }
    if not callback.finished_early and (other := found_meanwhile()) is not None:
        report(Done(other.id, str(other.folder), cached=True, **other.results))
        return other
    if name_stopped and callback.finished_early:
        folder = folder.with_name(f"{folder.name}-{len(records.epochs)}")
    files = _files(model, weights, records, probabilities)
    notes = {"config.json": _json_bytes(config.to_dict()), "results.json": _json_bytes(results)}
    saved = save_model(folder, files | notes)
    report(Done(saved.id, str(folder), cached=False, **results))
    return saved


def seeded_model(config: TrainingConfig) -> Any:
    """The network to be trained, with its first weights; from here on everything follows the seed."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(config.seed)
    tf.config.experimental.enable_op_determinism()
    model = config.architecture.to_keras()
    model.compile(
        optimizer=_optimizer(config),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=config.label_smoothing),
        metrics=["accuracy"],
        jit_compile=False,  # Compiling for XLA makes training on a CPU three times slower.
    )
    return model


def _files(
    model: Any, weights: Mapping[str, Weights], records: Records, probabilities: Array
) -> dict[str, bytes]:
    """What a trained model leaves, by file; config and results are for whoever trained it to add."""
    return {
        "model.keras": _keras_bytes(model),
        "weights.npz": npz_bytes(pack_weights(weights)),
        "history.json": _json_bytes({"epochs": records.epochs, "steps": records.steps}),
        "checkpoints.npz": npz_bytes(records.checkpoints),
        "test_probabilities.npy": npy_bytes(probabilities),
    }


def fit(model: Any, config: TrainingConfig, split: Split, callback: Any) -> None:
    """Train a model; `callback` watches. Raises MemoryError."""
    import tensorflow as tf

    try:
        model.fit(
            _training_batches(config, split),
            epochs=config.epochs,
            validation_data=_validation_batches(split),
            shuffle=False,  # The batches come shuffled.
            verbose=0,
            callbacks=[callback],
        )
    except tf.errors.ResourceExhaustedError as error:
        raise MemoryError from error


def _versions() -> dict[str, str]:
    """What the run was made with."""
    import tensorflow as tf

    return {
        "python": platform.python_version(),
        "keras": version("keras"),
        "tensorflow": tf.__version__,
    }


def _optimizer(config: TrainingConfig) -> Any:
    import keras

    rate: Any = config.learning_rate
    if config.schedule == "cosine":
        steps = config.epochs * config.steps_per_epoch
        rate = keras.optimizers.schedules.CosineDecay(config.learning_rate, steps)
    decay = config.weight_decay or None
    if config.optimizer == "sgd":
        return keras.optimizers.SGD(rate, momentum=SGD_MOMENTUM, weight_decay=decay)
    if config.optimizer == "rmsprop":
        return keras.optimizers.RMSprop(rate, weight_decay=decay)
    return keras.optimizers.Adam(rate, weight_decay=decay)


def _training_batches(config: TrainingConfig, split: Split) -> Any:
    """The training images in a new order each epoch, each batch moved at random where asked."""
    import tensorflow as tf

    count = config.training_images
    images = tf.constant(split.images[:count, ..., np.newaxis])
    targets = tf.one_hot(split.labels[:count], CLASSES)

    def load(positions: Any, seed: Any) -> tuple[Any, Any]:
        batch = tf.cast(tf.gather(images, positions), tf.float32)
        if config.augmentation:
            batch = augment(batch, tf.cast(seed, tf.int32), config.augmentation)
        return batch, tf.gather(targets, positions)

    positions = (
        tf.data.Dataset.range(count).shuffle(count, seed=config.seed).batch(config.batch_size)
    )
    seeds = tf.data.Dataset.random(seed=config.seed, rerandomize_each_iteration=True).batch(2)
    batches = tf.data.Dataset.zip(positions, seeds).map(load)
    return batches.apply(tf.data.experimental.assert_cardinality(config.steps_per_epoch)).prefetch(
        2
    )


def _validation_batches(split: Split) -> Any:
    import tensorflow as tf

    images = split.images[-HELD_OUT_IMAGES:, ..., np.newaxis].astype(np.float32)
    targets = tf.one_hot(split.labels[-HELD_OUT_IMAGES:], CLASSES)
    return tf.data.Dataset.from_tensor_slices((images, targets)).batch(500)


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
