"""The variants on charts: every seed a dot beside the range of the reference, errors label by label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.variant_results import Measured, mean
from cnn_core.recipe.variants import REFERENCE, VARIANTS
from ui.check.seeds import axis_of_rows, height_of_dot
from ui.look.chart_style import BAR_BELOW
from ui.look.colors import ACCENT, ACTIVATION_SCALE, NEUTRAL, plotly_scale
from ui.look.wording import percent

_ROW = 40
_TICKS = (0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1)


def accuracies(found: Measured, *, is_moved: bool) -> tuple[float, ...]:
    """The share of test digits that each seed reads right, as they are or moved, 0 to 1."""
    return found.moved_accuracies if is_moved else found.accuracies


def seeds_figure(variants: Sequence[Measured], *, is_moved: bool) -> go.Figure:
    """The share that each seed of each variant reads right, from top to bottom in their order.

    A band spans the seeds of the reference.
    """
    figure = go.Figure()
    reference = next((each for each in variants if each.name == REFERENCE), None)
    if reference is not None:
        ends = accuracies(reference, is_moved=is_moved)
        figure.add_vrect(
            x0=min(ends), x1=max(ends), fillcolor=ACCENT, opacity=0.25, line={"width": 1}
        )
    figure.add_scatter(
        x=[mean(accuracies(each, is_moved=is_moved)) for each in variants],
        y=list(range(len(variants))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": ACCENT}},
        name="Mean",
        customdata=[
            [title_of(each), percent(mean(accuracies(each, is_moved=is_moved)), 2)]
            for each in variants
        ],
        hovertemplate="%{customdata[0]}, mean: %{customdata[1]}<extra></extra>",
    )
    dots = [
        (share, height_of_dot(row, place, len(each.seeds)), title_of(each), seed)
        for row, each in enumerate(variants)
        for place, (seed, share) in enumerate(
            zip(each.seeds, accuracies(each, is_moved=is_moved), strict=True)
        )
    ]
    figure.add_scatter(
        x=[share for share, _, _, _ in dots],
        y=[height for _, height, _, _ in dots],
        mode="markers",
        marker={"symbol": "circle", "size": 10, "color": NEUTRAL, "opacity": 0.85},
        name="One seed",
        customdata=[[title, seed, percent(share, 2)] for share, _, title, seed in dots],
        hovertemplate="%{customdata[0]}, seed %{customdata[1]}: %{customdata[2]}<extra></extra>",
    )
    figure.update_layout(
        height=90 + _ROW * len(variants),
        margin={"l": 0, "r": 16, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        xaxis={"title": "Read right", "tickformat": ".1%", "nticks": 6},
        yaxis=axis_of_rows([title_of(each) for each in variants]),
    )
    return figure


def labels_figure(variants: Sequence[Measured], *, is_moved: bool) -> go.Figure:
    """The share of each label's digits that each variant misreads: a row a variant, a column a label.

    One scale for all, from 0 to the largest share; colours go by the square root, so that small
    shares are told apart beside large ones.
    """
    shares = np.stack([each.misread_shares(is_moved=is_moved) for each in variants])
    digits = [str(digit) for digit in range(CLASSES)]
    figure = go.Figure(
        go.Heatmap(
            x=digits,
            y=list(range(len(variants))),
            z=np.sqrt(shares),
            zmin=0,
            zmax=float(np.sqrt(shares.max())),
            xgap=1,
            ygap=1,
            colorscale=plotly_scale(ACTIVATION_SCALE),
            colorbar={
                **BAR_BELOW,
                "tickvals": [float(np.sqrt(tick)) for tick in _TICKS],
                "ticktext": [percent(tick, 0) for tick in _TICKS],
            },
            text=[[f"{100 * share:.{int(share < 0.0995)}f}" for share in row] for row in shares],
            texttemplate="%{text}",
            customdata=[
                [[title_of(each), percent(share, 2)] for share in row]
                for each, row in zip(variants, shares, strict=True)
            ],
            hovertemplate="%{customdata[0]} misreads %{customdata[1]} of the %{x}s<extra></extra>",
        )
    )
    figure.update_layout(
        height=150 + _ROW * len(variants),
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        xaxis={"type": "category", "title": "Written as", "side": "top"},
        yaxis={
            "range": [len(variants) - 0.5, -0.5],
            "tickvals": list(range(len(variants))),
            "ticktext": [title_of(each) for each in variants],
            "zeroline": False,
            "showgrid": False,
        },
    )
    return figure


def title_of(found: Measured) -> str:
    """A variant's name for people."""
    return VARIANTS[found.name].title
