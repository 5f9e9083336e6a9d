"""A chart of trainings shows the values of their histories, raw ones always among them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from cnn_core.findings.curves import smooth
from cnn_core.store.store import model_folder, open_model
from ui.look.colors import RUN_COLOURS
from ui.train.history_chart import Recording, history_figure, learning_rate_figure


@pytest.fixture(scope="module")
def runs() -> list[Recording]:
    """The two networks of the story."""
    models = [open_model(model_folder(name)) for name in ("baseline", "improved")]
    return [Recording(m.title, m.history(), m.config.steps_per_epoch) for m in models]


def test_raw_curves_stay_behind_the_smoothed(runs: list[Recording]) -> None:
    """Every recorded value is still there, fainter; the exact value is what hovering tells."""
    figure = history_figure(runs, measure="loss", per="step", smoothing=0.9)
    raw, smoothed = figure.data[0], figure.data[1]
    recorded = np.array([point["loss"] for point in runs[0].history["steps"]])
    np.testing.assert_array_equal(raw.y, recorded)
    np.testing.assert_array_equal(smoothed.y, smooth(recorded, 0.9))
    assert 0 < raw.opacity < 1
    assert raw.hovertemplate.startswith("%{y")
    assert smoothed.hoverinfo == "skip"
    alone = history_figure(runs, measure="loss", per="step")
    assert [trace.name for trace in alone.data].count("Baseline, training") == 1
    assert alone.data[0].opacity == 1


def test_runs_and_parts_are_told_apart(runs: list[Recording]) -> None:
    """Runs by colour and symbol, training and validation by the line."""
    figure = history_figure(runs * 4, measure="accuracy", per="epoch")
    named = {trace.name: trace for trace in figure.data}
    training, validation = named["Baseline, training"], named["Baseline, validation"]
    assert training.line.color == validation.line.color
    assert (training.line.dash, validation.line.dash) == ("solid", "dash")
    looks = {(trace.line.color, trace.marker.symbol) for trace in figure.data[:-2]}
    assert len(looks) == 8
    assert {colour for colour, _ in looks} == set(RUN_COLOURS)


def test_axes_and_what_a_new_point_leaves_alone(runs: list[Recording]) -> None:
    """Linear or logarithmic, each; a zoom outlives new points, not another measure."""
    figure = history_figure(runs, measure="error", per="epoch", log_up=True)
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("linear", "log")
    assert figure.layout.hovermode == "x unified"
    shorter = Recording("Baseline", {"epochs": runs[0].history["epochs"][:2], "steps": []}, 844)
    again = history_figure([shorter], measure="error", per="epoch", log_up=True)
    assert again.layout.uirevision == figure.layout.uirevision
    other = history_figure(runs, measure="loss", per="epoch", log_up=True)
    assert other.layout.uirevision != figure.layout.uirevision


def test_a_training_that_has_only_begun() -> None:
    """No epoch yet, a loss past all numbers: still a chart, and JSON."""
    begun = Recording(
        "New", {"epochs": [], "steps": [{"step": 20, "loss": float("inf"), "accuracy": 0.1}]}, 40
    )
    for per in ("epoch", "step"):
        json.loads(history_figure([begun], measure="loss", per=per, smoothing=0.5).to_json())
    assert len(learning_rate_figure([begun]).data[0].x) == 0
