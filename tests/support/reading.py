"""What comes of reading a run: it is whole, it is reported, or something went wrong."""

from __future__ import annotations

import contextlib
import math
import signal
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from cnn_core.errors import StoreError
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.download import archive
from cnn_core.store.store import StoredModel, open_model
from cnn_core.training.estimate import estimated_seconds

MOST_SECONDS = 10
# The files of the small run that is damaged have 0.4 MB.
MOST_MEGABYTES = 64

READERS: tuple[Callable[[StoredModel], object], ...] = (
    StoredModel.network,
    StoredModel.history,
    StoredModel.checkpoints,
    StoredModel.test_probabilities,
    StoredModel.keras_file,
    archive,
    lambda model: estimated_seconds(TrainingConfig(), [model]),
)


class TooLong(BaseException):
    """Reading has not come back."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Whoever takes too long is interrupted; who takes too much memory fails an assertion."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
        assert peak < MOST_MEGABYTES * 1e6, f"reading took {peak / 1e6:.0f} MB"
    finally:
        tracemalloc.stop()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def refusals(folder: Path) -> list[StoreError]:
    """Read everything in a folder; every StoreError that this met. Raises what pages would meet."""
    met = []
    with limited():
        try:
            model = open_model(folder)
        except StoreError as error:
            return [error]
        for read in READERS:
            try:
                read(model)
            except StoreError as error:
                met.append(error)
        if not met:
            assert_sound(model)
    return met


def assert_sound(model: StoredModel) -> None:
    """What is not refused can be shown: numbers are numbers, and shapes those of the config."""
    shapes = model.config.architecture.weight_shapes()
    images = np.full((1, 28, 28), 255, np.uint8)
    checkpoints = model.checkpoints()
    assert checkpoints
    assert sorted(checkpoints, key=lambda at: (at.epoch, at.batch or 10**9)) != []
    for network in (model.network(), *checkpoints.values()):
        for name, weights in network.weights.items():
            assert (weights.kernel.shape, weights.bias.shape) == shapes[name]
            assert weights.kernel.dtype == weights.bias.dtype == np.float32
        with np.errstate(all="ignore"):
            assert np.isfinite(network.predict(images)).all()
    probabilities = model.test_probabilities()
    assert probabilities.dtype == np.float32
    assert probabilities.shape == (10_000, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-3)
    assert (probabilities >= 0).all()
    assert 0 <= model.results["test_accuracy"] <= 1
    assert 1 <= model.kept_epoch <= model.epochs_trained <= model.config.epochs
    history = model.history()
    assert len(history["epochs"]) == model.epochs_trained
    for row in (*history["epochs"], *history["steps"]):
        for value in row.values():
            assert isinstance(value, int | float)
            assert math.isfinite(value)
    assert len(history["steps"]) <= model.config.epochs * model.config.steps_per_epoch
