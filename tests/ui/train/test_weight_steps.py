"""Steps by hand: their arithmetic in words, where the curve reaches, and what too large ones leave."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from cnn_core.network.descent import Descent
from cnn_core.network.optimizer import StepRule
from cnn_core.network.weight_place import weight_named
from cnn_core.store.moment import Moment
from cnn_core.store.store import model_folder, open_model
from tests.support.seen import alone, words
from ui.look.wording import significant
from ui.train.descents import (
    Beginning,
    Plan,
    beginning,
    current_descent,
    go_down,
    tries,
    values_along,
)
from ui.train.weight_choice import BatchChoice
from ui.train.weight_figures import Try
from ui.train.weight_steps import take_steps


@pytest.fixture(scope="module")
def start() -> Beginning:
    """Eight images, before the second epoch."""
    return beginning(open_model(model_folder("baseline")), Moment(1, 50), BatchChoice(8, 3))


def descent(start: Beginning, rate: float, rule: StepRule = "sgd", *, is_alone: bool) -> Descent:
    place = weight_named("conv1-kernel-0-2-0-6", start.network.architecture)
    return Descent(
        start.network, start.images, start.labels, place, rule=rule, rate=rate, is_alone=is_alone
    )


@pytest.mark.parametrize("rate", [0.01, 3.0, 30.0])
def test_the_curve_reaches_as_far_as_the_weight_went(start: Beginning, rate: float) -> None:
    """The beginning in its middle, in rising order; a weight thrown very far is not followed."""
    going = descent(start, rate, is_alone=True)
    for _ in range(3):
        going.step()
    values = values_along(start.network, going)
    assert values[20] == pytest.approx(going.points[0].weight)
    assert (np.diff(values) > 0).all()
    assert all(values[0] < point.weight < values[-1] for point in going.points)


def test_a_weight_thrown_away(start: Beginning) -> None:
    """The curve stays within what can be seen."""
    going = descent(start, 1e8, is_alone=True)
    going.step()
    largest = float(np.abs(start.network.weights["conv1"].kernel).max())
    values = values_along(start.network, going)
    assert values[-1] - values[0] == pytest.approx(80 * largest)
    assert abs(going.points[-1].weight) > values[-1]


def shown(start: Beginning, plan: Plan, steps: int) -> tuple[str, Descent]:
    """What the page says after some steps, and the descent."""
    place = weight_named("conv1-kernel-0-2-0-6", start.network.architecture)
    state = {
        "weight-which": "This weight alone" if plan.is_alone else "All weights",
        "weight-rule": plan.rule,
        f"weight-rate-{'alone' if plan.is_alone else 'all'}-{plan.rule}": plan.rate,
        "weight-steps-at-once": steps,
    }
    made: list[Descent] = []

    def show() -> None:
        take_steps(start, place)
        made.append(current_descent(start, place, plan))

    return words(alone(show, state)), made[-1]


def test_a_step_of_sgd_in_words(start: Beginning) -> None:
    """Weight minus rate times gradient, and what the slope promised beside what came."""
    said, going = shown(start, Plan("sgd", 0.3, True), 2)
    before, after = going.points[1:]
    gradient = significant(before.gradient)
    gradient = f"({gradient})" if before.gradient < 0 else gradient
    assert f"**Step 2.** {significant(before.weight, 4)} − 0.3 · {gradient} = " in said
    assert f"**{significant(after.weight, 4)}**." in said
    promised = before.gradient * (after.weight - before.weight)
    assert promised < 0
    assert (
        f"promised a change of {significant(promised)}; it was {significant(after.loss - before.loss)}."
    ) in said


def test_a_step_of_adam_in_words(start: Beginning) -> None:
    """The running means of the gradients so far, made up for their beginning at 0."""
    said, going = shown(start, Plan("adam", 0.03, True), 2)
    first, second = (point.gradient for point in going.points[:2])
    mean = (0.09 * first + 0.1 * second) / 0.19
    root = math.sqrt((0.000999 * first**2 + 0.001 * second**2) / (1 - 0.999**2))
    assert f"The gradient was {significant(second)}." in said
    assert f"Its running mean is {significant(mean)}," in said
    assert f"square {significant(root)} " in said
    after = going.points[1].weight - 0.03 * mean / root
    assert going.points[2].weight == pytest.approx(after, rel=1e-3)


def test_too_large_steps_leave_a_mark(start: Beginning) -> None:
    """How often the loss rose, and how many hidden units were silenced by it."""
    said, going = shown(start, Plan("sgd", 0.3, False), 10)
    losses = [point.loss for point in going.points]
    rises = sum(after > before for before, after in pairwise(losses))
    assert rises > 0
    assert f"In **{rises}** of the steps it rose" in said
    silent = (going.network.activations(start.images)["dense"] == 0).all(axis=0).sum()
    before = (start.batch.activations["dense"] == 0).all(axis=0).sum()
    assert silent > before
    assert (
        f"**{silent}** of the 128 hidden units are silent for every image of the batch now; "
        in said
    )
    assert f"{before} were at the beginning" in said


def test_steps_beyond_all_bounds(start: Beginning) -> None:
    """It is said, what to do as well, and there is a chart of the losses all the same."""
    place = weight_named("conv1-kernel-0-2-0-6", start.network.architecture)

    def show() -> None:
        going = current_descent(start, place, Plan("sgd", 10.0, False))
        going.rate = 1e30  # No widget goes so far.
        take_steps(start, place)

    state = {
        "weight-which": "All weights",
        "weight-rule": "sgd",
        "weight-rate-all-sgd": 10.0,
        "weight-steps-at-once": 3,
    }
    app = alone(show, state)
    assert "Begin again with a smaller learning rate" in app.error[0].value
    assert app.button(key="weight-step").disabled


def test_tries_are_kept_to_be_compared(start: Beginning) -> None:
    """Those that took a step, from the same beginning, the current one last."""
    place = weight_named("conv1-kernel-0-2-0-6", start.network.architecture)
    found: list[Try] = []

    def show() -> None:
        for rate in (0.01, 0.03, 0.1, 0.01):
            current_descent(start, place, Plan("sgd", rate, False))
            if rate != 0.03:
                go_down(2)
            found[:] = tries()

    alone(show)
    assert [one.name for one in found] == ["SGD 0.1, all weights", "SGD 0.01, all weights"]
    assert [len(one.losses) for one in found] == [3, 3]
    assert found[0].losses[0] == found[1].losses[0] == start.batch.loss
