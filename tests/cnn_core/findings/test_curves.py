"""Curves are what the history holds, and smoothing is what it says it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.findings.curves import (
    learning_rates,
    least_validation_loss,
    parting,
    smooth,
    training_curve,
    validation_curve,
)
from cnn_core.store.history import History

FINITE = st.floats(-1e6, 1e6, allow_subnormal=False)
HISTORY: History = {
    "epochs": [
        {
            "epoch": epoch,
            "loss": 1 / epoch,
            "accuracy": 1 - 0.2 / epoch,
            "validation_loss": loss,
            "validation_accuracy": 0.9,
            "learning_rate": 0.01 / epoch,
        }
        for epoch, loss in ((1, 0.5), (2, 0.25), (3, 0.75))
    ],
    "steps": [{"step": 20, "loss": 2.0, "accuracy": 0.25}],
}


def test_smoothing_by_hand() -> None:
    """Half of what was, half of what is, over the weights given so far: 3/4 at the second value."""
    np.testing.assert_allclose(smooth(np.array([4.0, 1.0, 2.0]), 0.5), [4, 2, 2])


@given(arrays(float, st.integers(1, 40), elements=FINITE), st.floats(0, 0.99))
def test_smoothing_is_that_of_pandas(values: np.ndarray, weight: float) -> None:
    """The library computes the same average as weights that are adjusted at the beginning."""
    expected = pd.Series(values).ewm(alpha=1 - weight, adjust=True).mean().to_numpy()
    np.testing.assert_allclose(smooth(values, weight), expected, rtol=1e-6, atol=1e-5)


def test_a_loss_past_all_numbers_spoils_nothing_else() -> None:
    """It stays in its place, and the average goes on without it."""
    values = np.array([1.0, np.nan, np.inf, 3.0])
    smoothed = smooth(values, 0.5)
    np.testing.assert_array_equal(smoothed[:3], values[:3])
    assert smoothed[3] == pytest.approx((1 * 0.25 + 3 * 0.5) / 0.75)


@pytest.mark.parametrize("weight", [-0.1, 1.0, float("nan")])
def test_a_weight_that_is_none(weight: float) -> None:
    """With a weight of 1 nothing new would ever count."""
    with pytest.raises(ValueError, match="below 1"):
        smooth(np.zeros(1), weight)


def test_curves_of_a_history() -> None:
    """Training per epoch and per step; validation where each epoch ended, in steps too."""
    assert training_curve(HISTORY, "loss", "epoch").values.tolist() == [1, 0.5, 1 / 3]
    assert training_curve(HISTORY, "accuracy", "step").at.tolist() == [20]
    np.testing.assert_allclose(
        training_curve(HISTORY, "error", "epoch").values, [0.2, 0.1, 0.2 / 3]
    )
    validation = validation_curve(HISTORY, "loss", "step", 40)
    assert validation.at.tolist() == [40, 80, 120]
    assert validation.values.tolist() == [0.5, 0.25, 0.75]
    assert learning_rates(HISTORY).values[0] == 0.01
    assert len(training_curve({"epochs": [], "steps": []}, "loss", "step").at) == 0


def test_where_validation_loss_is_least() -> None:
    """The epoch, and whether more training made it worse; a loss that is no number is passed by."""
    least = least_validation_loss(HISTORY)
    assert (least.epoch, least.loss, least.last_loss, least.rises_after) == (2, 0.25, 0.75, True)
    rows = HISTORY["epochs"]
    broken: History = {"epochs": [], "steps": []}
    broken["epochs"] = [row | {"validation_loss": float("nan")} for row in rows]
    with pytest.raises(ValueError, match="finite"):
        least_validation_loss(broken)
    two: History = {"epochs": [*broken["epochs"][:2], rows[2]], "steps": []}
    assert not least_validation_loss(two).rises_after


def test_where_the_curves_part() -> None:
    """From the epoch on that is the first of an unbroken end; nowhere where the end does not part."""
    # Training loss is 1, 1/2 and 1/3; validation loss 0.5, 0.25 and 0.75.
    assert parting(HISTORY) == 3
    rows = HISTORY["epochs"]
    assert parting(HISTORY | {"epochs": rows[:2]}) is None
    above = [
        row | {"validation_loss": loss} for row, loss in zip(rows, (2.0, 0.6, 0.4), strict=True)
    ]
    assert parting(HISTORY | {"epochs": above}) == 1
    equal = [row | {"validation_loss": row["loss"]} for row in rows]
    assert parting(HISTORY | {"epochs": equal}) is None
