"""What a dropout layer does while a network trains, and only then."""

from __future__ import annotations

import numpy as np

from cnn_core.network.arithmetic import Array


def drop_out(values: Array, rate: float, seed: int) -> Array:
    """One random step of dropout: float32 (units,) → float32 (units,).

    Each value becomes 0 with probability `rate`, 0 ≤ rate < 1; the others are divided by
    1 − rate, so that the expected sum stays what it is without dropout (Srivastava et al.,
    Dropout, 2014; dividing while training, as Keras does it, is known as inverted dropout).
    """
    if not 0 <= rate < 1:
        raise ValueError(f"the rate is from 0 to less than 1, not {rate}")
    kept = np.random.default_rng(seed).random(values.shape) >= rate
    return np.where(kept, values / np.float32(1 - rate), np.float32(0))
