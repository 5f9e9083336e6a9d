"""What the drawing canvas reports is taken for what it is only where a canvas can have reported it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from cnn_core.images.canvas_picture import MOST_BYTES
from ui.write.canvas_report import PICTURE_PREFIX, is_report

STROKE = {"type": "Path", "left": 12.5, "path": [["M", 1, 2], ["Q", 1.5, 2, 3, 4.25]], "fill": None}
DRAWING = {"version": "6.7.1", "objects": [STROKE], "background": "#000000"}
PICTURE = PICTURE_PREFIX + "AAAA"
NESTED = json.loads("[" * 500 + "]" * 500)


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"drawing": None, "backgroundFit": None},
        {"drawing": {"raw": {"objects": []}, "data": None}, "backgroundFit": None},
        {"drawing": {"raw": DRAWING, "data": PICTURE}, "backgroundFit": None},
    ],
)
def test_a_report(report: Any) -> None:
    """A canvas that was not touched yet, and a drawing with its picture."""
    assert is_report(report)


@pytest.mark.parametrize("report", [None, 5, "x", [], {"backgroundFit": {}}, {"backgroundFit": 5}])
def test_no_report(report: Any) -> None:
    """Another type, or a background that our canvas does not have."""
    assert not is_report(report)


@pytest.mark.parametrize("drawing", [5, True, "x", [], {}, {"raw": None}, {"data": PICTURE}])
def test_no_drawing(drawing: Any) -> None:
    """Another type, or nothing that was drawn."""
    assert not is_report({"drawing": drawing})


@pytest.mark.parametrize(
    "raw",
    [
        5,
        NESTED,
        {"objects": 5},
        {"objects": {"0": STROKE}},
        {"objects": [STROKE, 5]},
        {"objects": [STROKE | {"left": math.nan}]},
        {"objects": [STROKE | {"path": [["M", math.inf, 0]]}]},
        {"objects": [{"path": NESTED}]},
        {"objects": [], "clipPath": {"objects": NESTED}},
    ],
)
def test_no_objects(raw: Any) -> None:
    """Objects of another type, numbers that are none, and JSON deeper than a drawing."""
    assert not is_report({"drawing": {"raw": raw, "data": PICTURE}})


@pytest.mark.parametrize(
    "data", [5, ["x"], "x", "data:image/gif;base64,AAAA", PICTURE_PREFIX + "A" * (2 * MOST_BYTES)]
)
def test_no_picture(data: Any) -> None:
    """Another type, another format, or more than any picture of the canvas takes."""
    assert not is_report({"drawing": {"raw": DRAWING, "data": data}})
