"""Dropout while training: some values become 0, the others grow, the mean stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_core.network.dropout import drop_out


def test_values_are_silenced_or_scaled() -> None:
    """Nothing else happens to a value, and the same seed gives the same step."""
    values = np.linspace(1, 2, 1000, dtype=np.float32)
    dropped = drop_out(values, 0.2, seed=1)

    kept = dropped != 0
    np.testing.assert_array_equal(dropped[kept], (values / np.float32(0.8))[kept])
    assert 0.15 < 1 - kept.mean() < 0.25
    np.testing.assert_array_equal(dropped, drop_out(values, 0.2, seed=1))
    assert (drop_out(values, 0.2, seed=2) != dropped).any()


def test_the_mean_stays() -> None:
    """Over many values the expected sum is the one without dropout."""
    values = np.ones(200_000, np.float32)
    assert drop_out(values, 0.5, seed=0).mean() == pytest.approx(1, abs=0.01)


def test_scales_like_keras(keras: Any) -> None:
    """Keras, too, divides what it keeps by 1 − rate."""
    values = np.ones((1, 100), np.float32)
    theirs = np.asarray(keras.layers.Dropout(0.2)(values, training=True))
    assert {float(v) for v in np.unique(theirs)} == {
        float(v) for v in np.unique(drop_out(values[0], 0.2, seed=0))
    }


@pytest.mark.parametrize("rate", [-0.1, 1, 2])
def test_impossible_rates(rate: float) -> None:
    """All values cannot be dropped, nor a negative share of them."""
    with pytest.raises(ValueError, match="rate"):
        drop_out(np.ones(3, np.float32), rate, seed=0)


def test_rate_zero_changes_nothing() -> None:
    """No dropout, no change."""
    values = np.arange(5, dtype=np.float32)
    np.testing.assert_array_equal(drop_out(values, 0, seed=0), values)
