"""The training run itself, below its command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.moment import Moment
from cnn_core.store.store import StoredModel, save_model
from cnn_core.training.engine import TrainingStopped, train
from cnn_core.training.events import Done, Event
from cnn_core.training.records import kept_epochs, keras_weights
from tests.support.stored import files_of

# One epoch of 60 steps: long enough for points of history and for moments within it.
CONFIG = TrainingConfig(
    architecture=Architecture(filters=(2,), dense_units=4),
    epochs=1,
    batch_size=10,
    training_images=595,
    label_smoothing=0.1,
    weight_decay=0.01,
)


@pytest.fixture(scope="module")
def trained(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> StoredModel:
    """A run that nobody stopped and nobody watched."""
    folder = tmp_path_factory.mktemp("store") / "model"
    return train(CONFIG, folder, report=lambda _: None, should_stop=lambda: False)


class TestKeptEpochs:
    @pytest.mark.parametrize(
        ("epochs", "kept"),
        [
            (1, [1]),
            (10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            (11, [1, 2, 3, 5, 8, 11]),
            (50, [1, 2, 3, 5, 8, 13, 21, 34, 50]),
        ],
    )
    def test_examples(self, epochs: int, kept: list[int]) -> None:
        """All of ten are kept, of more ever fewer."""
        assert kept_epochs(epochs) == kept

    @given(epochs=st.integers(1, 500))
    def test_first_and_last_are_kept(self, epochs: int) -> None:
        """Whatever the length, beginning and end are there, in order, and few between."""
        kept = kept_epochs(epochs)

        assert kept == sorted(set(kept))
        assert (kept[0], kept[-1]) == (1, epochs)
        assert len(kept) <= 15


class TestTrain:
    def test_moments(self, trained: StoredModel) -> None:
        """Weights are kept before training, early in epoch 1, and after it."""
        assert list(trained.checkpoints()) == [
            Moment(0, 0),
            Moment(1, 10),
            Moment(1, 50),
            Moment(1, 0),
        ]

    def test_points_within_an_epoch(self, trained: StoredModel) -> None:
        """Every twenty steps make a point; together they are the epoch that is reported."""
        history = trained.history()
        (epoch,) = history["epochs"]
        points = history["steps"]

        assert [point["step"] for point in points] == [20, 40, 60]
        # The last of the sixty batches has five images instead of ten.
        shares = np.array([200, 200, 195]) / 595
        for name in ("loss", "accuracy"):
            mean = np.dot(shares, [point[name] for point in points])
            assert mean == pytest.approx(epoch[name], rel=0.01)

    def test_held_out_images_are_not_trained_on(
        self, keras: Any, trained: StoredModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Other held-out images give other validation figures and the very same weights."""
        from cnn_core.data.dataset import load_mnist
        from cnn_core.training import engine as training

        mnist = load_mnist()
        images = mnist.train.images.copy()
        images[-6_000:] = 0
        mnist.train = replace(mnist.train, images=images)
        monkeypatch.setattr(training, "load_mnist", lambda: mnist)

        other = train(CONFIG, tmp_path / "model", lambda _: None, lambda: False)

        for name, weights in trained.network().weights.items():
            np.testing.assert_array_equal(other.network().weights[name].kernel, weights.kernel)
        losses = [model.history()["epochs"][0]["validation_loss"] for model in (trained, other)]
        assert losses[0] != losses[1]

    def test_stops_when_asked(self, keras: Any, tmp_path: Path) -> None:
        """A run that is asked to stop does so after the batch, and saves nothing."""
        asked: list[bool] = []

        def stop_at_the_fifth() -> bool:
            asked.append(True)
            return len(asked) >= 5

        with pytest.raises(TrainingStopped):
            train(CONFIG, tmp_path / "model", lambda _: None, stop_at_the_fifth)

        assert len(asked) == 5
        assert list(tmp_path.iterdir()) == []


class TestSavedMeanwhile:
    def test_is_kept(self, keras: Any, tmp_path: Path) -> None:
        """A model that another process has saved of the same config since is not replaced."""
        other = save_model(tmp_path / "other", files_of(CONFIG))
        events: list[Event] = []

        model = train(
            CONFIG, tmp_path / "mine", events.append, lambda: False, found_meanwhile=lambda: other
        )

        assert model is other
        assert not (tmp_path / "mine").exists()
        done = events[-1]
        assert isinstance(done, Done)
        assert (done.run, done.cached) == ("other", True)
        assert done.test_accuracy == other.results["test_accuracy"]


def test_keras_weights(keras: Any) -> None:
    """The weights of every layer that has some come out with Keras' own values."""
    architecture = Architecture(filters=(2,), dense_units=4)
    model = architecture.to_keras()
    weights = keras_weights(model)

    assert {
        name: (layer.kernel.shape, layer.bias.shape) for name, layer in weights.items()
    } == architecture.weight_shapes()
    np.testing.assert_array_equal(weights["conv1"].kernel, model.get_layer("conv1").kernel)
