"""The lessons tell the losses and accuracies of the right training, at the right epoch."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from tests.support.seen import alone, charts, plain, words
from ui.train import run_lessons
from ui.train.history_chart import RunHistory
from ui.train.run_lessons import learning_rate_lesson, overfitting_lesson


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


def training(title: str, accuracy: float, rows: list[dict[str, float]], **config: Any) -> Any:
    """A training with such a history."""
    return SimpleNamespace(
        title=title,
        config=replace(BUNDLED_TRAININGS["overfit-held-back"].config, **config),
        results={"test_accuracy": accuracy},
        rows=rows,
    )


def told(monkeypatch: pytest.MonkeyPatch, runs: dict[str, Any], lesson: Any) -> Any:
    """A lesson about such trainings."""
    monkeypatch.setattr(run_lessons, "model", runs.get)
    monkeypatch.setattr(
        run_lessons,
        "histories_of",
        lambda models: [
            RunHistory(each.title, {"epochs": each.rows, "steps": []}, 25) for each in models
        ],
    )
    return alone(lesson)


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
        "overfit-plain": training("Plain", 0.8712, plain_rows, training_images=600),
        "overfit-held-back": training("Held", 0.9123, held_rows),
    }

    app = told(monkeypatch, runs, overfitting_lesson)

    said = words(app)
    assert (
        "Up to epoch 3 the validation loss of Plain falls to 0.700. Then it rises, to 1.250 after "
        "epoch 5, while the training loss goes on falling, from 0.300 to 0.0200."
    ) in said
    # From 89 to 88 %: a fall of more than half a point.
    assert "Validation accuracy falls from 89.0 % to 88.0 %." in said
    assert (
        "Held back, the validation loss is 0.480 at the end (least after epoch 4: 0.450)." in said
    )
    assert "Plain reads 87.12 % right, Held 91.23 %." in said
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
    """First and last validation loss of each, and what is to be thought of them."""
    guessing = math.log(10)
    runs = {
        name: training(title, accuracy, [row(1, 2, 0.1, begun, 0.2), row(2, 2, 0.1, ended, 0.3)],
                       learning_rate=rate)
        for name, title, rate, begun, ended, accuracy in (
            ("rate-too-small", "Small", 0.00001, 2.25, 1.75, 0.61),
            ("rate-right", "Right", 0.001, 0.4, 0.125, 0.97),
            ("rate-too-large", "Large", 0.1, 2.5, guessing + 0.04, 0.0982),
        )
    }  # fmt: skip

    app = told(monkeypatch, runs, learning_rate_lesson)

    said = words(app)
    assert (
        "- **Small, 0.00001:** validation loss 2.250 after the first epoch, 1.750 after the last; "
        "61.00 % of the test digits right. It is on its way, and far from done."
    ) in said
    assert (
        "- **Right, 0.001:** validation loss 0.400 after the first epoch, 0.125 after the last; "
        "97.00 % of the test digits right. It falls fast and settles."
    ) in said
    assert "9.82 % of the test digits right. It has learned nothing" in said
    assert "has a loss of ln 10 = 2.303." in said
    assert plain(app.get("plotly_chart")[0].proto.alt).endswith(
        "with learning rates of 0.00001, 0.001, 0.1"
    )
    runs["rate-right"].rows[1]["validation_loss"] = 0.45
    assert "It falls fast, then rises." in words(told(monkeypatch, runs, learning_rate_lesson))
