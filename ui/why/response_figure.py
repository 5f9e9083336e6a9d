"""How a unit responds to each class of digits, with the current digit among them."""

from __future__ import annotations

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.units import ANSWERING, UnitsOfLayer
from ui.look.colors import ACCENT, ACTIVATION_SCALE, NEUTRAL
from ui.look.wording import number, percent

HEIGHT = 380
# Between the ends of the activations' scale: seen on light and on dark.
ANSWERED = ACTIVATION_SCALE[5]


def response_figure(
    found: UnitsOfLayer, unit: int, class_sizes: list[int], current: float
) -> go.Figure:
    """Above the mean response by class, below the share of each class with any response at all.

    class_sizes: how many training digits each class has. current: the response to the current digit.
    """
    classes = list(range(CLASSES))
    mean, low, high = (part[unit].astype(float) for part in (found.mean, found.low, found.high))
    colours = [ANSWERED if answers else NEUTRAL for answers in found.answers[unit]]
    shares = [
        float(responding) / size
        for responding, size in zip(found.responding[unit], class_sizes, strict=True)
    ]
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.66, 0.34], vertical_spacing=0.09
    )
    figure.add_bar(
        x=classes,
        y=mean,
        marker={"color": colours},
        error_y={
            "array": high - mean,
            "arrayminus": mean - low,
            "thickness": 1.5,
            "width": 4,
        },
        customdata=[
            [number(float(value), 2) for value in row]
            for row in zip(mean, low, high, found.largest[unit], strict=True)
        ],
        hovertemplate="Digits labelled %{x}: %{customdata[0]} on average, eight of ten from "
        "%{customdata[1]} to %{customdata[2]}, at most %{customdata[3]}<extra></extra>",
        row=1,
        col=1,
    )
    figure.add_bar(
        x=classes,
        y=shares,
        marker={"color": colours},
        customdata=[percent(share) for share in shares],
        hovertemplate="%{customdata} of the digits labelled %{x} get a response<extra></extra>",
        row=2,
        col=1,
    )
    figure.add_hline(
        y=ANSWERING * float(mean.max()), line={"dash": "dot", "color": NEUTRAL}, row=1, col=1
    )
    figure.add_hline(y=current, line={"color": ACCENT, "width": 2}, row=1, col=1)
    figure.update_yaxes(title="Response", rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title="Responds to", range=[0, 1.02], tickformat=".0%", row=2, col=1)
    figure.update_xaxes(tickvals=classes, ticktext=[str(digit) for digit in classes])
    figure.update_xaxes(title="Label", row=2, col=1)
    figure.update_layout(
        height=HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=False, bargap=0.25
    )
    return figure
