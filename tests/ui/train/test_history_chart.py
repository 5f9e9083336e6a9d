"""A chart of trainings shows the values of their histories, raw ones always among them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from cnn_core.findings.curves import Measure, Per, smooth
from cnn_core.store.store import model_folder, open_model
from ui.look.colors import RUN_COLOURS
from ui.train.history_chart import RunHistory, history_figure, learning_rate_figure


@pytest.fixture(scope="module")
def runs() -> list[RunHistory]:
    """The two networks of the story."""
    models = [open_model(model_folder(name)) for name in ("baseline", "improved")]
    return [RunHistory(m.title, m.history(), m.config.steps_per_epoch) for m in models]


def test_raw_curves_stay_behind_the_smoothed(runs: list[RunHistory]) -> None:
    """Every recorded value is still there, fainter; the exact value is what hovering tells."""
    figure = history_figure(runs, measure="loss", per="step", smoothing=0.9)
    raw, smoothed = figure.data[0], figure.data[1]
    histories = np.array([point["loss"] for point in runs[0].history["steps"]])
    np.testing.assert_array_equal(raw.y, histories)
    np.testing.assert_array_equal(smoothed.y, smooth(histories, 0.9))
    assert 0 < raw.opacity < 1
    assert raw.hovertemplate.startswith("%{y")
    assert smoothed.hoverinfo == "skip"
    alone = history_figure(runs, measure="loss", per="step")
    assert [trace.name for trace in alone.data].count("Baseline, training") == 1
    assert alone.data[0].opacity == 1


def test_runs_and_parts_are_told_apart(runs: list[RunHistory]) -> None:
    """Runs by colour and symbol, training and validation by the line."""
    figure = history_figure(runs * 4, measure="accuracy", per="epoch")
    named = {trace.name: trace for trace in figure.data}
    training, validation = named["Baseline, training"], named["Baseline, validation"]
    assert training.line.color == validation.line.color
    assert (training.line.dash, validation.line.dash) == ("solid", "dash")
    looks = {(trace.line.color, trace.marker.symbol) for trace in figure.data[:-2]}
    assert len(looks) == 8
    assert {colour for colour, _ in looks} == set(RUN_COLOURS)


def test_axes_and_what_a_new_point_leaves_alone(runs: list[RunHistory]) -> None:
    """Linear or logarithmic, each; a zoom outlives new points, not another measure."""
    figure = history_figure(runs, measure="error", per="epoch", log_up=True)
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("linear", "log")
    assert figure.layout.hovermode == "x unified"
    shorter = RunHistory("Baseline", {"epochs": runs[0].history["epochs"][:2], "steps": []}, 844)
    again = history_figure([shorter], measure="error", per="epoch", log_up=True)
    assert again.layout.uirevision == figure.layout.uirevision
    other = history_figure(runs, measure="loss", per="epoch", log_up=True)
    assert other.layout.uirevision != figure.layout.uirevision


def test_a_training_that_has_only_begun() -> None:
    """No epoch yet, a loss past all numbers: still a chart, and JSON."""
    begun = RunHistory(
        "New", {"epochs": [], "steps": [{"step": 20, "loss": float("inf"), "accuracy": 0.1}]}, 40
    )
    for per in ("epoch", "step"):
        json.loads(history_figure([begun], measure="loss", per=per, smoothing=0.5).to_json())
    assert len(learning_rate_figure([begun]).data[0].x) == 0


def test_every_value_lies_at_its_step_or_epoch(runs: list[RunHistory]) -> None:
    """Of training and of validation, of the right run, in the right measure."""
    history = runs[1].history
    first: Any = history["epochs"][0]
    pairs: list[tuple[Measure, Per]] = [("accuracy", "epoch"), ("error", "step"), ("loss", "step")]
    for measure, per in pairs:
        figure = history_figure(runs, measure=measure, per=per)
        named = {trace.name: trace for trace in figure.data}
        training, validation = named["Improved, training"], named["Improved, validation"]
        rows: list[Any] = [*(history["epochs"] if per == "epoch" else history["steps"])]
        name = "loss" if measure == "loss" else "accuracy"

        def as_measured(share: float, measure: str = measure) -> float:
            return 1 - share if measure == "error" else share

        assert list(training.x) == [row[per] for row in rows]
        assert list(training.y) == pytest.approx([as_measured(row[name]) for row in rows])
        steps = 1 if per == "epoch" else runs[1].steps_per_epoch
        assert list(validation.x) == [row["epoch"] * steps for row in history["epochs"]]
        assert validation.y[0] == pytest.approx(as_measured(first[f"validation_{name}"]))
        assert len(validation.y) == len(history["epochs"])


def test_axes_are_named_after_what_they_show(runs: list[RunHistory]) -> None:
    """Per epoch or per step, in nats or as a share."""
    figure = history_figure(runs, measure="loss", per="step", log_across=True)
    assert figure.layout.xaxis.title.text == "Step (batches since the beginning)"
    assert figure.layout.yaxis.title.text == "Loss in nats"
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "linear")
    assert figure.layout.yaxis.tickformat is None
    named = {trace.name: trace for trace in figure.data}
    assert named["Baseline, validation"].hovertemplate == "%{y:.4r} at step %{x:,}"
    assert named["Baseline, training"].hovertemplate == "%{y:.4r}"
    assert (named["training"].line.dash, named["validation"].line.dash) == ("solid", "dash")
    figure = history_figure(runs[:1], measure="error", per="epoch")
    assert figure.layout.xaxis.title.text == "Epoch"
    assert figure.layout.yaxis.title.text == "Share misread"
    assert figure.layout.yaxis.tickformat == ".3~%"
    assert figure.layout.xaxis.dtick == 1
    assert history_figure(runs, measure="error", per="epoch").layout.xaxis.dtick is None
    figure = history_figure(runs, measure="accuracy", per="epoch")
    assert figure.layout.yaxis.title.text == "Share read right"


def test_learning_rates(runs: list[RunHistory]) -> None:
    """At the end of each epoch, in the colours of the curves."""
    rates = learning_rate_figure(runs)
    curves = history_figure(runs, measure="loss", per="epoch")
    colours = {trace.name: trace.line.color for trace in curves.data}
    for run, trace in zip(runs, rates.data, strict=True):
        assert trace.name == run.title
        assert list(trace.x) == [row["epoch"] for row in run.history["epochs"]]
        assert list(trace.y) == [row["learning_rate"] for row in run.history["epochs"]]
        assert trace.line.color == colours[run.title]
    assert rates.data[1].y[0] > rates.data[1].y[-1]
    assert rates.layout.yaxis.title.text == "Learning rate"
