"""The chart of a training that goes on has its points where the training has them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from cnn_core.findings.curves import Measure, Per
from cnn_core.store.history import History
from tests.support.seen import alone
from ui.look.colors import RUN_COLOURS
from ui.train.live_curves import live_curve

HISTORY: History = {
    "epochs": [
        {
            "epoch": epoch,
            "loss": 2.0 / epoch,
            "accuracy": 0.5 + epoch / 10,
            "validation_loss": 1.5 / epoch,
            "validation_accuracy": 0.6 + epoch / 10,
            "learning_rate": 0.001,
            "seconds": 1.0,
        }
        for epoch in (1, 2)
    ],
    "steps": [
        {"step": 20, "loss": 2.3, "accuracy": 0.1},
        {"step": 40, "loss": 1.25, "accuracy": 0.35},
    ],
}


def shown(measure: Measure, per: Per) -> tuple[list[tuple[str, float, float]], dict[str, Any]]:
    """Every point, as the curve that it is of and where it lies, and the chart around them."""
    app = alone(lambda: live_curve(HISTORY, 45, measure, per, height=300, key="live"))
    (chart,) = app.get("vega_lite_chart")
    (dataset,) = chart.proto.datasets
    table = convert_arrow_bytes_to_pandas_df(dataset.data.data)
    points = list(zip(table["of"], table["at"], table["value"], strict=True))
    return points, json.loads(chart.proto.spec)


@pytest.mark.parametrize(
    ("measure", "per", "points"),
    [
        (
            "loss",
            "step",
            [("training", 20, 2.3), ("training", 40, 1.25), ("validation", 45, 1.5),
             ("validation", 90, 0.75)],
        ),
        (
            "accuracy",
            "epoch",
            [("training", 1, 0.6), ("training", 2, 0.7), ("validation", 1, 0.7),
             ("validation", 2, 0.8)],
        ),
        (
            "error",
            "step",
            [("training", 20, 0.9), ("training", 40, 0.65), ("validation", 45, 0.3),
             ("validation", 90, 0.2)],
        ),
    ],
)  # fmt: skip
def test_points(measure: Measure, per: Per, points: list[tuple[str, float, float]]) -> None:
    """Of training by steps or epochs, of validation at the end of each epoch."""
    found, _ = shown(measure, per)
    assert [of for of, _, _ in found] == [of for of, _, _ in points]
    for (_, at, value), (_, there, expected) in zip(found, points, strict=True):
        assert (at, value) == pytest.approx((there, expected))


def test_lines_and_axes() -> None:
    """Training is solid, validation dashed; what is across and what is up."""
    _, chart = shown("loss", "step")
    line, dots = chart["layer"]
    kinds = line["encoding"]["strokeDash"]["scale"]
    dashes = dict(zip(kinds["domain"], kinds["range"], strict=True))
    assert dashes["training"][1] == 0  # No gap.
    assert dashes["validation"][1] > 0
    assert line["mark"]["color"] == dots["mark"]["color"] == RUN_COLOURS[0]
    across, up = chart["encoding"]["x"], chart["encoding"]["y"]
    assert (across["field"], up["field"]) == ("at", "value")
    assert across["title"] == "Step (batches since the beginning)"
    assert up["title"] == "Loss in nats"
    assert up["scale"]["zero"] is True
    _, chart = shown("accuracy", "epoch")
    across, up = chart["encoding"]["x"], chart["encoding"]["y"]
    assert (across["title"], up["title"]) == ("Epoch", "Share read right")
    assert up["axis"]["format"] == "~%"
    assert shown("error", "epoch")[1]["encoding"]["y"]["title"] == "Share misread"
    tips = {tip["field"]: tip for tip in chart["encoding"]["tooltip"]}
    assert (tips["at"]["title"], tips["value"]["format"]) == ("Epoch", ".2%")
