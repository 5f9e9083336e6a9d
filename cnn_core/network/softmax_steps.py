"""Softmax written out term by term, and what a temperature would do to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array

LEAST_TEMPERATURE = 0.1


@dataclass(frozen=True)
class SoftmaxSteps:
    """Everything between logits and probabilities, float64 (n,) each.

    scaled: the logits over the temperature.
    powers: e to the power of each.
    total: the sum of all powers.
    probabilities: powers over total.
    """

    scaled: NDArray[np.float64]
    powers: NDArray[np.float64]
    total: float
    probabilities: NDArray[np.float64]


def softmax_steps(logits: Array, temperature: float = 1.0) -> SoftmaxSteps:
    """Softmax of logits (n,) with every step; at temperature 1 it is the network's own.

    A temperature above 1 evens the probabilities out, one below 1 sharpens them; their order stays
    (Guo et al., On Calibration of Modern Neural Networks, 2017). Raises ValueError below 0.1, and
    where a power would be too large for a float64 (logits over temperature beyond about 700).
    """
    if not temperature >= LEAST_TEMPERATURE:
        raise ValueError(f"the temperature is at least {LEAST_TEMPERATURE}, not {temperature}")
    scaled = logits.astype(np.float64) / temperature
    with np.errstate(over="ignore"):
        powers = np.exp(scaled)
    total = float(powers.sum())
    if not np.isfinite(total):
        raise ValueError("e to the power of such a logit is too large to be written out")
    return SoftmaxSteps(scaled, powers, total, powers / total)
