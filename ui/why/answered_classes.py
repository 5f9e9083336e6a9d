"""To which digits a unit answers: a guess at it, and how many it is in each layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.units import ANSWERING, UnitsOfLayer
from ui.look.colors import ACCENT, NEUTRAL
from ui.look.wording import number, percent

ROW_HEIGHT = 100


def digits_field(key: str) -> list[int] | None:
    """Any of the ten digits, or none yet."""
    # Whoever sends messages of his own may choose what is no digit; and to ask again empties it.
    if key in st.session_state and not _are_digits(st.session_state[key]):
        st.session_state[key] = []
    chosen = st.pills(
        "Your answer",
        range(CLASSES),
        selection_mode="multi",
        format_func=str,
        key=key,
        wrap=True,
    )
    return sorted(chosen) or None


def _are_digits(value: object) -> bool:
    return isinstance(value, list) and all(each in range(CLASSES) for each in value)


def judge_digits(guessed: Sequence[int] | None, answered: Sequence[int]) -> None:
    """Say to which digits a unit answers, none where it is dead, and how many of them were guessed."""
    truth = (
        f"It answers to {_listed(answered)}"
        if answered
        else "It answers to none: it never responds to any digit"
    )
    if guessed is None:
        st.info(f"{truth}.")
    elif list(guessed) == list(answered):
        st.success(f"Yes. {truth}.", icon=":material/check:")
    else:
        found = len(set(guessed) & set(answered))
        wrong = len(guessed) - found
        beside = f" You named {found} of {len(answered)}" if answered else ""
        if answered and wrong:
            beside += f", and {wrong} to which it does not answer"
        st.error(f"{truth}.{beside and f'{beside}.'}", icon=":material/close:")


def _listed(digits: Sequence[int]) -> str:
    if len(digits) == CLASSES:
        return "all ten digits"
    *rest, last = map(str, digits)
    return f"the {', '.join(rest)} and {last}" if rest else f"the {last} alone"


def classes_figure(layers: Mapping[str, UnitsOfLayer]) -> go.Figure:
    """A row for each layer: which share of its live units answers to 1, 2 … 10 digits."""
    figure = make_subplots(
        rows=len(layers), cols=1, shared_xaxes=True, vertical_spacing=0.07, subplot_titles=[*layers]
    )
    for row, found in enumerate(layers.values(), start=1):
        counts = np.bincount(found.classes_of_live_units, minlength=CLASSES + 1)[1:]
        figure.add_bar(
            x=list(range(1, CLASSES + 1)),
            y=counts / max(int(counts.sum()), 1),
            marker={"color": NEUTRAL},
            customdata=counts,
            hovertemplate=f"%{{customdata}} of {counts.sum()} answer to %{{x}}<extra></extra>",
            row=row,
            col=1,
        )
        if counts.any():
            figure.add_vline(
                x=float(np.median(found.classes_of_live_units)),
                line={"color": ACCENT, "width": 2},
                row=row,
                col=1,
            )
    figure.update_yaxes(range=[0, 1], tickformat=".0%", nticks=3)
    figure.update_xaxes(tickvals=list(range(1, CLASSES + 1)), range=[0.4, CLASSES + 0.6])
    figure.update_xaxes(title="Digits to which it answers", row=len(layers), col=1)
    figure.update_annotations(x=0, xanchor="left", font={"size": 14})
    figure.update_layout(
        height=ROW_HEIGHT * len(layers) + 60,
        margin={"l": 0, "r": 0, "t": 24, "b": 0},
        showlegend=False,
        bargap=0.25,
    )
    return figure


def classes_in_words(layers: Mapping[str, UnitsOfLayer]) -> str:
    """What the figure says, layer by layer, as Markdown."""
    lines = []
    for name, found in layers.items():
        classes = found.classes_of_live_units
        single = int((classes == 1).sum())
        if len(classes):
            median = _shown(float(np.median(classes)))
            lines.append(
                f"- **{name}**: {median} of {CLASSES} digits; to one digit alone answer "
                f"{single} of {len(classes)} ({percent(single / len(classes), 0)})."
            )
        else:
            lines.append(f"- **{name}**: none of its {len(found.mean)} ever responds.")
    return "\n".join(lines)


def definition_in_words() -> str:
    """When a unit is said to answer to a digit."""
    return (
        "A unit **answers** to a digit if its mean response to the training digits with that label is "
        f"at least {percent(ANSWERING, 0)} of that to its best one"
    )


def medians_in_words(layers: Mapping[str, UnitsOfLayer]) -> str:
    """What the medians do from layer to layer, in one sentence."""
    medians = [
        float(np.median(found.classes_of_live_units))
        for found in layers.values()
        if len(found.classes_of_live_units)
    ]
    first, last = (_shown(medians[place]) for place in (0, -1))
    if medians == sorted(medians, reverse=True) and medians[0] > medians[-1]:
        return (
            f"So from layer to layer the median never rises, and from {first} it falls to {last}."
        )
    return f"The median begins at {first} and ends at {last}; it does not fall from layer to layer."


def _shown(median: float) -> str:
    return number(median, 0 if median.is_integer() else 1)
