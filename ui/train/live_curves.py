"""The curves of a training on the page that trains, growing in place and staying at its end.

Streamlit makes a Plotly chart anew whenever its points change, so that it flickers and what the
pointer shows is gone; a Vega-Lite chart is only handed the new points.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from cnn_core.findings.curves import Measure, Per, training_curve, validation_curve
from cnn_core.store.history import History
from ui.look.colors import RUN_COLOURS

_TITLES = {"loss": "Loss in nats", "accuracy": "Share read right", "error": "Share misread"}


def live_curve(
    history: History, steps_per_epoch: int, measure: Measure, per: Per, *, height: int, key: str
) -> None:
    """Show training (solid) and validation (dashed) so far, with exact values under the pointer."""
    at = "Step" if per == "step" else "Epoch"
    points = _points(history, steps_per_epoch, measure, per)
    st.vega_lite_chart(
        # As a dataset with a name the points are there when the chart is made. Given beside the
        # chart they come after it, and Vega warns that a chart without points has no extent.
        _specification(at, measure) | {"datasets": {"points": points}},
        height=height,
        key=key,
        alt=f"{measure.capitalize()} on training and on held-out images",
    )


def _points(history: History, steps_per_epoch: int, measure: Measure, per: Per) -> pd.DataFrame:
    """A row for each point: `at` (step or epoch), `value`, `of` (training or validation)."""
    curves = {
        "training": training_curve(history, measure, per),
        "validation": validation_curve(history, measure, per, steps_per_epoch),
    }
    return pd.concat(
        pd.DataFrame({"at": curve.at, "value": curve.values, "of": name})
        for name, curve in curves.items()
    )


def _specification(at: str, measure: Measure) -> dict[str, Any]:
    """The chart without its points: the same as long as the training goes on."""
    exact = ".4~f" if measure == "loss" else ".2%"
    kinds = {"domain": ["training", "validation"], "range": [[1, 0], [6, 4]]}
    axes: dict[str, Any] = {
        "x": {
            "field": "at",
            "type": "quantitative",
            "title": f"{at} (batches since the beginning)" if at == "Step" else at,
            "axis": {"tickMinStep": 1, "grid": False},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": _TITLES[measure],
            "scale": {"zero": measure == "loss"},
            "axis": {} if measure == "loss" else {"format": "~%"},
        },
        "tooltip": [
            {"field": "at", "type": "quantitative", "title": at},
            {"field": "of", "type": "nominal", "title": "Measured in"},
            {"field": "value", "type": "quantitative", "title": _TITLES[measure], "format": exact},
        ],
    }
    legend = {"title": None, "orient": "top", "symbolType": "stroke", "symbolSize": 500}
    dash = {"field": "of", "type": "nominal", "scale": kinds, "legend": legend}
    look = {"color": RUN_COLOURS[0]}
    return {
        "data": {"name": "points"},
        "encoding": axes,
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2} | look,
                "encoding": {"strokeDash": dash},
            },
            {"mark": {"type": "point", "filled": True, "size": 30} | look},
        ],
    }
