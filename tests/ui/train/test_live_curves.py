"""The curves of a training on the page that trains show the values of its history."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.findings.curves import Measure, Per
from cnn_core.store.history import History

HISTORY: History = {
    "epochs": [
        {
            "epoch": 1,
            "loss": 1.5,
            "accuracy": 0.5,
            "validation_loss": 0.75,
            "validation_accuracy": 0.875,
            "learning_rate": 0.001,
        }
    ],
    "steps": [
        {"step": 20, "loss": 2.0, "accuracy": 0.25},
        {"step": 40, "loss": 1.0, "accuracy": 0.625},
    ],
}


def page(history: object, measure: object, per: object) -> None:
    from ui.train.live_curves import live_curve

    live_curve(history, 42, measure, per, height=300, key="curve")  # type: ignore[arg-type]


def chart(history: History, measure: Measure, per: Per) -> tuple[dict[str, Any], pd.DataFrame]:
    """The specification of the chart, and its points."""
    app = AppTest.from_function(page, args=(history, measure, per)).run()
    assert not app.exception
    (element,) = app.get("vega_lite_chart")
    proto: Any = element.proto
    (dataset,) = proto.datasets
    specification = json.loads(proto.spec)
    assert specification["data"]["name"] == dataset.name
    assert not proto.data.data, "points that come after the chart has been made"
    return specification, pa.ipc.open_stream(io.BytesIO(dataset.data.data)).read_pandas()


@pytest.mark.parametrize(
    ("measure", "per", "points"),
    [
        ("loss", "step", [(20, 2.0), (40, 1.0), (42, 0.75)]),
        ("accuracy", "step", [(20, 0.25), (40, 0.625), (42, 0.875)]),
        ("loss", "epoch", [(1, 1.5), (1, 0.75)]),
        ("error", "epoch", [(1, 0.5), (1, 0.125)]),
    ],
)
def test_points(measure: Measure, per: Per, points: list[tuple[float, float]]) -> None:
    """They come with the chart: those of training, then validation where its epoch ended."""
    shown = chart(HISTORY, measure, per)[1]

    assert list(zip(shown["at"], shown["value"], strict=True)) == points
    assert list(shown["of"]) == ["training"] * (len(points) - 1) + ["validation"]


def test_lines_and_axes() -> None:
    """Training is solid and validation dashed; steps lie across, values up."""
    encoding = chart(HISTORY, "loss", "step")[0]
    line = encoding["layer"][0]
    dashes = line["encoding"]["strokeDash"]

    assert (encoding["encoding"]["x"]["field"], encoding["encoding"]["y"]["field"]) == (
        "at",
        "value",
    )
    assert dashes["field"] == "of"
    assert dict(zip(dashes["scale"]["domain"], dashes["scale"]["range"], strict=True)) == {
        "training": [1, 0],
        "validation": [6, 4],
    }


def test_the_specification_stays_while_points_come() -> None:
    """The browser makes a chart anew whose specification changes."""
    begun: History = {"epochs": [], "steps": HISTORY["steps"][:1]}

    assert chart(begun, "loss", "step")[0] == chart(HISTORY, "loss", "step")[0]
