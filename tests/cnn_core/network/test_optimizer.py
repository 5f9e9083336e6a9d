"""Both rules take the steps of the Keras optimizers of the same name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.network.arithmetic import Array
from cnn_core.network.optimizer import adam_move, no_memory, remember, sgd_move

GRADIENTS = st.lists(
    st.lists(
        st.floats(-50, 50, width=32) | st.just(0.0) | st.sampled_from([1e-6, -1e-8]),
        min_size=4,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)


def by_keras(optimizer: Any, keras: Any, start: Array, gradients: list[list[float]]) -> list[Array]:
    """The weights after each step."""
    variable = keras.Variable(start)
    found = []
    for gradient in gradients:
        optimizer.apply([np.array(gradient, np.float32)], [variable])
        found.append(np.array(variable.numpy()))
    return found


@settings(max_examples=15)
@given(gradients=GRADIENTS, rate=st.sampled_from([1e-3, 0.03, 1.0]))
def test_steps_of_keras(keras: Any, gradients: list[list[float]], rate: float) -> None:
    """Step after step, also where a gradient is 0, or hardly anything."""
    start = np.array([0.5, -2, 0, 1e-3], np.float32)
    adam = by_keras(keras.optimizers.Adam(rate), keras, start, gradients)
    sgd = by_keras(keras.optimizers.SGD(rate), keras, start, gradients)
    by_adam, by_sgd, memory = start, start, no_memory(start)
    for step, gradient in enumerate(np.array(gradients, np.float32), start=1):
        memory = remember(memory, gradient)
        by_adam = by_adam + adam_move(memory, step, rate)
        by_sgd = by_sgd + sgd_move(gradient, rate)
        np.testing.assert_allclose(by_adam, adam[step - 1], rtol=1e-5, atol=1e-4 * rate)
        np.testing.assert_allclose(by_sgd, sgd[step - 1], rtol=1e-5, atol=1e-6)
        assert by_adam.dtype == by_sgd.dtype == np.float32


@pytest.mark.parametrize("gradient", [1e-3, -0.2, 40.0])
def test_the_first_step_of_adam_is_the_rate(gradient: float) -> None:
    """Mean over root of mean square is 1 for a single number, whatever its size."""
    one = np.array([gradient], np.float32)
    move = adam_move(remember(no_memory(one), one), 1, 0.01)
    np.testing.assert_allclose(move, [-0.01 * np.sign(gradient)], rtol=0.005)
