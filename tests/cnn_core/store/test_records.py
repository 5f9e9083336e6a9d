"""The history of a run has the points of the epochs that it began, and no others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cnn_core.store.files import ContentError
from cnn_core.store.records import read_history
from tests.support.stored import CONFIG, history_of

STEPS = CONFIG.steps_per_epoch
STOPPED_AFTER_ONE = history_of(replace(CONFIG, epochs=1))


def content(step: int) -> bytes:
    """A history of one epoch, with one point at a step."""
    return json.dumps(
        STOPPED_AFTER_ONE | {"steps": [{"step": step, "loss": 1, "accuracy": 0.5}]}
    ).encode()


@pytest.mark.parametrize("step", [1, STEPS, STEPS + 1, 2 * STEPS])
def test_a_stopped_training_has_points_of_the_epoch_that_it_broke_off(step: int) -> None:
    """Of two epochs, one was trained, and the next was under way."""
    assert read_history(content(step), replace(CONFIG, epochs=3), 1)["steps"][0]["step"] == step


@pytest.mark.parametrize(("epochs", "step"), [(3, 2 * STEPS + 1), (1, STEPS + 1), (3, 0)])
def test_no_point_lies_beyond_what_was_begun(epochs: int, step: int) -> None:
    """Neither beyond the epoch after the last, nor beyond the training."""
    with pytest.raises(ContentError, match="step"):
        read_history(content(step), replace(CONFIG, epochs=epochs), 1)
