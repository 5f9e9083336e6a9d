"""Going down the loss of a batch is what Keras does when it trains on that batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_core.network.architecture import Architecture
from cnn_core.network.descent import Descent
from cnn_core.network.optimizer import STEP_RULES, StepRule
from cnn_core.network.weight_gradient import forwards_and_backwards
from cnn_core.network.weight_place import WeightPlace, weight_at
from tests.support.networks import random_network
from tests.support.references import keras_model

SMALL = Architecture(filters=(3, 4), dense_units=6, dropout=0.0)
NETWORK = random_network(SMALL, seed=5)
IMAGES = np.random.default_rng(5).integers(0, 256, (8, 28, 28), np.uint8)
LABELS = np.arange(8)
WATCHED = WeightPlace("conv2", "kernel", (1, 2, 0, 3))


def descent(rule: StepRule = "sgd", rate: float = 0.05, *, is_alone: bool = False) -> Descent:
    return Descent(NETWORK, IMAGES, LABELS, WATCHED, rule=rule, rate=rate, is_alone=is_alone)


@pytest.mark.parametrize("rule", STEP_RULES)
def test_all_weights_as_keras_trains_them(keras: Any, rule: StepRule) -> None:
    """Four steps on the same batch, loss and every weight."""
    optimizers = {"sgd": keras.optimizers.SGD(0.05), "adam": keras.optimizers.Adam(0.003)}
    model = keras_model(NETWORK)
    model.compile(optimizer=optimizers[rule], loss="sparse_categorical_crossentropy")
    ours = descent(rule, 0.05 if rule == "sgd" else 0.003)
    for _ in range(4):
        loss = model.train_on_batch(IMAGES[..., np.newaxis].astype(np.float32), LABELS)
        assert ours.points[-1].loss == pytest.approx(float(loss), rel=1e-4)
        ours.step()
    assert len(ours.points) == 5
    for name, weights in ours.network.weights.items():
        kernel, bias = model.get_layer(name).get_weights()
        np.testing.assert_allclose(weights.kernel, kernel, rtol=1e-3, atol=2e-5)
        np.testing.assert_allclose(weights.bias, bias, rtol=1e-3, atol=2e-5)


@pytest.mark.parametrize("rule", STEP_RULES)
def test_one_weight_alone(rule: StepRule) -> None:
    """It goes where its own gradient sends it; no other weight moves."""
    ours = descent(rule, is_alone=True)
    begun = ours.points[0]
    assert begun.weight == weight_at(NETWORK, WATCHED)
    assert begun.gradient != 0
    ours.step()
    ended = ours.points[1]
    move = 0.05 * (begun.gradient if rule == "sgd" else np.sign(begun.gradient))
    assert ended.weight == pytest.approx(begun.weight - move, rel=1e-3)
    assert ended.loss == forwards_and_backwards(ours.network, IMAGES, LABELS).loss
    ours.step()
    for name, weights in ours.network.weights.items():
        different = (weights.kernel != NETWORK.weights[name].kernel).sum()
        assert different == (name == "conv2")
        np.testing.assert_array_equal(weights.bias, NETWORK.weights[name].bias)
    if rule == "adam":
        mean, square = ours.memory()
        first, second = begun.gradient, ended.gradient
        assert mean == pytest.approx(0.09 * first + 0.1 * second, rel=1e-4)
        assert square == pytest.approx(0.000999 * first**2 + 0.001 * second**2, rel=1e-3)


def test_before_the_first_step_adam_remembers_nothing() -> None:
    """Both running means begin at 0."""
    assert descent("adam").memory() == (0, 0)


def test_steps_beyond_all_numbers() -> None:
    """A descent that is lost says so, without a warning, and stays where it is."""
    ours = descent(rate=1e30)
    for _ in range(5):
        ours.step()
    assert ours.is_lost
    points = len(ours.points)
    ours.step()
    assert len(ours.points) == points
