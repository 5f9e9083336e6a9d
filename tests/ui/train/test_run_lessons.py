"""The lessons tell the losses and accuracies of the right training, at the right epoch."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cnn_core.findings.dead_network import Vitals
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.store.moment import Moment
from tests.support.seen import alone, charts, plain, words
from ui.train import run_lessons
from ui.train.history_chart import RunHistory
from ui.train.run_lessons import FATES, learning_rate_lesson, overfitting_lesson


def row(
    epoch: int, loss: float, accuracy: float, other_loss: float, other: float
) -> dict[str, float]:
    """An epoch of a history."""
    return {
        "epoch": epoch,
        "loss": loss,
        "accuracy": accuracy,
        "validation_loss": other_loss,
        "validation_accuracy": other,
        "learning_rate": 0.001,
    }


def training(title: str, rows: list[dict[str, float]], **config: Any) -> Any:
    """A training with such a history."""
    return SimpleNamespace(
        title=title,
        config=replace(BUNDLED_TRAININGS["overfit-held-back"].config, **config),
        rows=rows,
    )


def told(
    monkeypatch: pytest.MonkeyPatch,
    runs: dict[str, Any],
    lesson: Any,
    state: dict[str, Any] | None = None,
) -> Any:
    """A lesson about such trainings."""
    monkeypatch.setattr(run_lessons, "model", runs.get)
    monkeypatch.setattr(
        run_lessons,
        "histories_of",
        lambda models: [
            RunHistory(each.title, {"epochs": each.rows, "steps": []}, 25) for each in models
        ],
    )
    return alone(lesson, state)


def test_overfitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where validation loss is least, what becomes of both losses from there, and what it costs."""
    plain_rows = [
        row(1, 1.5, 0.5, 1.4, 0.61),
        row(2, 0.8, 0.8, 0.9, 0.85),
        row(3, 0.3, 0.9, 0.7, 0.89),
        row(4, 0.1, 0.97, 0.95, 0.87),
        row(5, 0.02, 0.995, 1.25, 0.88),
    ]
    held_rows = [
        row(1, 1.9, 0.4, 1.6, 0.55),
        row(2, 1.2, 0.6, 0.6, 0.81),
        row(3, 1.1, 0.83, 0.5, 0.82),
        row(4, 1.0, 0.9, 0.45, 0.88),
        row(5, 0.9, 0.95, 0.48, 0.9),
    ]
    runs = {
        "overfit-plain": training("Plain", plain_rows, training_images=600),
        "overfit-held-back": training("Held", held_rows),
    }

    app = told(monkeypatch, runs, overfitting_lesson)

    said = words(app)
    assert (
        "From epoch 2 on the validation loss of Plain lies above its training loss: 0.900 against "
        "0.800."
    ) in said
    assert (
        "Its validation loss is least after epoch 3: 0.700. By then the training loss is 0.300, and it "
        "reads 90.0 % of its own images right. From there on it rises, to 1.250 after epoch 5, while "
        "the training loss goes on falling, to 0.0200."
    ) in said
    # From 89 to 88 %: a fall of more than half a point.
    assert "Validation accuracy falls from 89.0 % to 88.0 %." in said
    assert (
        "Held back, the validation loss is 0.480 at the end (least after epoch 4: 0.450), and 90.0 % of "
        "the validation images are read right."
    ) in said
    assert "In 2 of 5 epochs the network that is held back did worse" in said
    assert "Without that, it was so in 2 epochs: in the end Plain reads 99.5 % of its own" in said
    assert "right and 88.0 % of the others." in said
    assert "the same 600 images" in said
    (chart,) = charts(app)
    (line,) = chart["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (3, 3)
    names = [trace.get("name") for trace in chart["data"]]
    assert names.index("Plain, training") < names.index("Held, training")
    assert chart["layout"]["yaxis"]["type"] == "log"


def test_learning_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """First and last validation loss of each, what is to be thought of them, and what died."""
    guessing = math.log(10)
    runs = {
        name: training(title, [row(1, 2, 0.1, begun, 0.2), row(2, 2, 0.1, ended, accuracy)],
                       learning_rate=rate)
        for name, title, rate, begun, ended, accuracy in (
            ("rate-too-small", "Small", 0.00001, 2.25, 1.75, 0.61),
            ("rate-right", "Right", 0.001, 0.4, 0.125, 0.97),
            ("rate-too-large", "Large", 0.1, 2.5, guessing + 0.04, 0.0982),
        )
    }  # fmt: skip
    for name, run in runs.items():
        run.id = name
    moments = (Moment(0, 0), Moment(1, 10), Moment(1, 0), Moment(2, 0))
    monkeypatch.setattr(
        run_lessons, "checkpoints", {"rate-too-large": dict.fromkeys(moments)}.__getitem__
    )
    found = Vitals(
        responding={
            "conv1": np.array([3, 2, 1, 1]),
            "conv2": np.array([4, 0, 0, 0]),
            "dense": np.array([6, 5, 0, 0]),
        },
        units={"conv1": 3, "conv2": 4, "dense": 6},
        answers=np.array([100, 1, 1, 1]),
        moving=np.array([900, 800, 10, 0]),
        moving_output_biases=np.array([10, 10, 10, 0]),
    )
    monkeypatch.setattr(run_lessons, "vitals_of", lambda run: {"rate-too-large": found}[run.id])
    other = runs["rate-too-large"].config.architecture.parameters - 10

    app = told(monkeypatch, runs, learning_rate_lesson)
    assert "validation loss" not in words(app)
    assert not app.get("plotly_chart")
    app.button(key="rates-show").click().run()

    said = words(app)
    assert (
        "- **Small, 0.00001:** validation loss 2.250 after the first epoch, 1.750 after the last; "
        "61.0 % of the validation images right. It is on its way, and far from done."
    ) in said
    assert (
        "- **Right, 0.001:** validation loss 0.400 after the first epoch, 0.125 after the last; "
        "97.0 % of the validation images right. It falls fast and settles."
    ) in said
    assert "9.8 % of the validation images right. It has learned nothing" in said
    assert "has a loss of ln 10 = 2.303." in said
    assert (
        "**Why Large learned nothing.** Its first steps switched it off for good: after 10 batches none "
        "of the 4 maps of `conv2`, after epoch 1 none of the 6 units of `dense` responds any more. After "
        "10 batches, and from then on, all digits get the very same ten probabilities."
    ) in said
    assert f"after epoch 1 not one of the other {other:,} parameters moved again" in said
    table = app.table[0].value
    assert list(table.columns) == [
        "Moment", "conv1, of 3", "conv2, of 4", "dense, of 6", "Different answers",
    ]  # fmt: skip
    assert table.iloc[1].tolist() == ["after 10 batches", 2, 0, 5, 1]
    assert plain(app.get("plotly_chart")[0].proto.alt).endswith(
        "with learning rates of 0.00001, 0.001, 0.1"
    )
    runs["rate-right"].rows[1]["validation_loss"] = 0.45
    app = told(monkeypatch, runs, learning_rate_lesson, {"rates-guess": FATES[2]})
    assert "It falls fast, then rises." in words(app)
    assert app.success[0].value.startswith("Yes.")
