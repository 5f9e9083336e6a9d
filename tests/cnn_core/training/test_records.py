"""What a training writes down: points of their own steps, and which epoch was best."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import TrainingConfig
from cnn_core.training.records import Records, sample_digits
from tests.support.networks import random_network

CONFIG = TrainingConfig(
    architecture=Architecture(filters=(3,), dense_units=4),
    epochs=12,
    batch_size=10,
    training_images=500,
)


class Model:
    """Weights that are replaced, and no Keras."""

    def __init__(self) -> None:
        self.become(0)

    def become(self, seed: int) -> None:
        """Take the weights of a random network."""
        self.weights = random_network(CONFIG.architecture, seed).weights

    @property
    def layers(self) -> list[Any]:
        """The layers that have weights."""
        return [
            SimpleNamespace(
                name=name,
                weights=True,
                get_weights=lambda each=each: [each.kernel, each.bias],
            )
            for name, each in self.weights.items()
        ]

    def get_weights(self) -> Any:
        """All weights, to be kept."""
        return self.weights

    def set_weights(self, weights: Any) -> None:
        """Those that were kept."""
        self.weights = weights


def recorded(
    mnist: Mnist, validations: list[tuple[float, float]]
) -> tuple[Records, Model, list[Any]]:
    """A training whose epochs had these validation accuracies and losses; epoch n has weights n."""
    events: list[Any] = []
    model = Model()
    records = Records(CONFIG, model, sample_digits(mnist.train), events.append)
    records.begin()
    for epoch, (accuracy, loss) in enumerate(validations, start=1):
        records.begin_epoch(epoch)
        model.become(epoch)
        records.end_epoch(
            loss=1.0,
            accuracy=0.5,
            validation_loss=loss,
            validation_accuracy=accuracy,
            learning_rate=0.001,
        )
    return records, model, events


@pytest.mark.parametrize(
    ("validations", "best"),
    [
        ([(0.9, 0.4), (0.95, 0.5), (0.93, 0.2)], 2),
        ([(0.9, 0.4), (0.95, 0.5), (0.95, 0.3), (0.95, 0.4)], 3),
        ([(0.95, 0.3), (0.95, 0.3), (0.94, 0.3)], 1),
    ],
    ids=["accuracy", "of equal ones the surest", "of the very same the first"],
)
def test_the_best_epoch(mnist: Mnist, validations: list[tuple[float, float]], best: int) -> None:
    """By validation accuracy, then by validation loss, then the earlier one; its weights come back."""
    records, model, _ = recorded(mnist, validations)
    assert records.kept_epoch == len(validations)

    records.return_to_best()

    assert records.kept_epoch == best
    kernel = random_network(CONFIG.architecture, best).weights["conv1"].kernel
    np.testing.assert_array_equal(model.weights["conv1"].kernel, kernel)
    epochs = {int(name.split("/")[0]) for name in records.checkpoints}
    assert max(epochs) == best
    last = next(
        array
        for name, array in records.checkpoints.items()
        if name.startswith(f"{best}/0/") and array.shape == kernel.shape
    )
    np.testing.assert_array_equal(last, kernel)


def test_a_point_is_the_mean_of_its_own_steps(mnist: Mnist) -> None:
    """Keras tells means since the epoch began; steps are counted through all epochs."""
    records, _, _ = recorded(mnist, [])
    for epoch, means in (
        (1, {20: (2.0, 0.1), 40: (1.5, 0.2)}),
        (2, {20: (0.5, 0.8), 40: (0.4, 0.9)}),
    ):
        records.begin_epoch(epoch)
        for done, (loss, accuracy) in means.items():
            records.end_batch(done, loss, accuracy)
    # In the first twenty steps of epoch 1 the mean was 2; of all forty it was 1.5, so then it was 1.
    assert [point["step"] for point in records.steps] == [20, 40, 70, 90]
    assert [point["loss"] for point in records.steps] == pytest.approx([2.0, 1.0, 0.5, 0.3])
    assert [point["accuracy"] for point in records.steps] == pytest.approx([0.1, 0.3, 0.8, 1.0])


def test_a_look_shows_the_kernels_and_the_answers_of_now(mnist: Mnist) -> None:
    """Filter by filter, each row by row; ten held-out digits from 0 to 9."""
    records, model, events = recorded(mnist, [])
    model.become(5)
    records.end()
    look = events[-1]
    kernel = model.weights["conv1"].kernel
    for unit in range(3):
        np.testing.assert_array_equal(look.kernels[unit], kernel[:, :, 0, unit])
    samples = sample_digits(mnist.train)
    assert samples.labels.tolist() == list(range(10))
    for label in range(10):
        position = 54_000 + int(np.flatnonzero(mnist.train.labels[54_000:] == label)[0])
        np.testing.assert_array_equal(samples.images[label], mnist.train.images[position])
    answers = random_network(CONFIG.architecture, 5).predict(samples.images)
    np.testing.assert_allclose(look.probabilities, answers, atol=1e-6)
