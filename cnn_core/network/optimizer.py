"""What an optimizer makes of a gradient: the step that a weight takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnn_core.network.arithmetic import Array

StepRule = Literal["sgd", "adam"]
STEP_RULES: tuple[StepRule, ...] = ("sgd", "adam")

# How much of its running means Adam keeps at each step, and what keeps it from dividing by 0: the
# values of Kingma and Ba (2015), the last one as Keras sets it.
MEAN_KEPT = 0.9
SQUARE_KEPT = 0.999
EPSILON = 1e-7


@dataclass(frozen=True)
class Memory:
    """What Adam remembers of some weights: running means of their gradients, and of the squares.

    Both float32 of the shape of the weights; they begin at 0.
    """

    mean: Array
    square: Array


def no_memory(weights: Array) -> Memory:
    """What Adam remembers before its first step."""
    return Memory(np.zeros_like(weights), np.zeros_like(weights))


def remember(memory: Memory, gradient: Array) -> Memory:
    """The running means after one more gradient of the same shape."""
    return Memory(
        memory.mean + (gradient - memory.mean) * np.float32(1 - MEAN_KEPT),
        memory.square + (gradient * gradient - memory.square) * np.float32(1 - SQUARE_KEPT),
    )


def sgd_move(gradient: Array, rate: float) -> Array:
    """Plain stochastic gradient descent: against the gradient, as far as it is steep."""
    return np.asarray(gradient * np.float32(-rate))


def adam_move(memory: Memory, step: int, rate: float) -> Array:
    """Adam (Kingma and Ba, 2015): the running mean over the root of the running mean square.

    memory: after the gradient of this step.  step: counted from 1.
    The means begin at 0 and are too small at first; the factor makes up for it. In this order, the
    one at the end of the paper's section 2, Keras computes it.
    """
    factor = rate * np.sqrt(1 - SQUARE_KEPT**step) / (1 - MEAN_KEPT**step)
    return np.asarray(memory.mean * np.float32(-factor) / (np.sqrt(memory.square) + EPSILON))
