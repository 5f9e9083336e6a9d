"""How many digits of each class there are, as a chart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number


def class_counts(counts: NDArray[np.int64], chosen: int | None = None) -> go.Figure:
    """How many digits each class has, as bars; the chosen class in the accent colour."""
    bars = go.Bar(
        x=[str(digit) for digit in range(len(counts))],
        y=counts,
        text=[number(count) for count in counts],
        textposition="outside",
        cliponaxis=False,
        marker={"color": [ACCENT if digit == chosen else NEUTRAL for digit in range(len(counts))]},
        hovertemplate="%{text} digits are a %{x}<extra></extra>",
    )
    figure = go.Figure(bars)
    figure.update_layout(
        height=300,
        margin={"l": 0, "r": 0, "t": 24, "b": 0},
        xaxis={"title": "Class", "type": "category"},
        yaxis={"title": "Digits"},
    )
    return figure
