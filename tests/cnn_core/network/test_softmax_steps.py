"""Softmax step by step ends where the network's softmax ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.network.arithmetic import softmax
from cnn_core.network.softmax_steps import softmax_steps

LOGITS = st.lists(st.floats(-30, 30, width=32), min_size=2, max_size=10)


@given(logits=LOGITS)
def test_temperature_one_is_the_networks_own(logits: list[float]) -> None:
    """Each step follows from the one before, and the last is softmax."""
    values = np.array(logits, np.float32)
    steps = softmax_steps(values)

    np.testing.assert_array_equal(steps.scaled, values.astype(np.float64))
    np.testing.assert_allclose(steps.powers, np.exp(steps.scaled))
    assert steps.total == pytest.approx(steps.powers.sum())
    np.testing.assert_allclose(steps.probabilities, softmax(values), rtol=1e-4, atol=1e-7)


@given(logits=LOGITS, temperature=st.floats(0.25, 10))
def test_any_temperature_keeps_the_order(logits: list[float], temperature: float) -> None:
    """Probabilities add up to 1, and a larger logit never has the smaller probability."""
    values = np.array(logits, np.float32)
    probabilities = softmax_steps(values, temperature).probabilities

    assert probabilities.sum() == pytest.approx(1)
    assert (np.diff(probabilities[np.argsort(values, kind="stable")]) >= 0).all()


def test_heat_evens_out_and_cold_sharpens() -> None:
    """The largest probability falls with the temperature."""
    values = np.array([3, 1, 0], np.float32)
    largest = [softmax_steps(values, t).probabilities[0] for t in (0.25, 1, 10)]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] > 0.999
    assert largest[-1] < 0.42


@pytest.mark.parametrize(
    ("logit", "temperature"), [(1, 0), (1, -1), (1, 0.05), (1, float("nan")), (1000, 1)]
)
def test_what_cannot_be_written_out(logit: float, temperature: float) -> None:
    """No temperature below the least one, and no power that a float64 cannot hold."""
    with pytest.raises(ValueError, match=r"temperature|too large"):
        softmax_steps(np.array([logit, 0], np.float32), temperature)
