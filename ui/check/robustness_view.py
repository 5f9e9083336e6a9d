"""How well baseline and improved read changed digits, with the current digit changed alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.robustness import (
    DIALS,
    FARTHEST_SHIFT,
    SHIFTS,
    Robustness,
    Score,
    load_robustness,
)
from cnn_core.images.changes import Change
from ui.check.robustness_figures import dial_figure, shift_figure, shift_in_words
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.shared.from_browser import Implausible, chosen_point, real_number
from ui.look.colors import colour_pixels
from ui.look.gloss import prose
from ui.look.pictures import show
from ui.look.wording import a_digit, number, percent, probability_in_words
from ui.shared.resources import models, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit

SHIFT = "shift"
_PLACES = {(down, right) for down in SHIFTS for right in SHIFTS}


class _Words(NamedTuple):
    """A dial for people.

    axis: the title of its axis and of its slider. suffix: behind a setting. about: what it does.
    """

    title: str
    axis: str
    suffix: str
    about: str


WORDS = {
    SHIFT: _Words("Shift", "", "", "The whole digit moves; what leaves the image is lost."),
    "rotate": _Words("Rotation", "Degrees, clockwise", "°", "The digit turns around the middle."),
    "scale": _Words(
        "Scale", "Size, as a factor", " ×", "The digit grows or shrinks about the middle."
    ),
    "thicken": _Words(
        "Stroke thickness",
        "Rings of pixels added to the stroke",
        "",
        "Each ring makes every pixel as bright as the brightest of its four neighbours; a ring "
        "taken away, as dark as the darkest.",
    ),
    "noise": _Words(
        "Noise",
        "Standard deviation, in grey levels",
        "",
        "Gaussian noise is added to every pixel, and cut off at 0 and 255.",
    ),
    "contrast": _Words(
        "Contrast",
        "Contrast, as a factor",
        " ×",
        "Each pixel's distance from the mean grey of its image is multiplied.",
    ),
    "invert": _Words(
        "Inversion",
        "On the way to the negative",
        "",
        "At 0 the digit is as it was, at 0.5 all is one grey, at 1 it is black ink on white.",
    ),
}


@st.cache_resource(show_spinner=False)
def robustness() -> dict[str, Robustness]:
    """What was measured ahead, by id of the model; raises ComputedError."""
    return load_robustness(models())


@st.fragment
def show_robustness() -> None:
    """Choose a change, see what it costs both models, and the current digit under it."""
    kind: str = choose_one(
        "Change",
        list(WORDS),
        default=SHIFT,
        key="robustness-kind",
        persist_state="session",
        format_func=lambda name: WORDS[name].title,
    )
    st.markdown(WORDS[kind].about)
    change, scores, setting = _shift() if kind == SHIFT else _dial(kind)
    _tell(scores, setting)
    _current_digit(change, setting)


def what_was_lost() -> str:
    """The setting of a dial at which improved is farthest behind baseline, in a sentence."""
    before, after = (robustness()[name] for name in COMPARED)
    loss, kind, index = max(
        (old.accuracy - new.accuracy, kind, index)
        for kind in DIALS
        for index, (old, new) in enumerate(zip(before.dials[kind], after.dials[kind], strict=True))
    )
    if loss <= 0:
        return "Under none of the changes that were measured is it worse than before."
    old, new = before.dials[kind][index], after.dials[kind][index]
    words = WORDS[kind]
    return (
        f"With {words.title.lower()} {_setting(DIALS[kind].values[index], words.suffix)} it became "
        f"worse: {percent(new.accuracy)} right instead of {percent(old.accuracy)}, and "
        f"{percent(new.confidence)} confident all the same."
    )


def _dial(kind: str) -> tuple[Change, Mapping[str, Score], str]:
    dial, words = DIALS[kind], WORDS[kind]
    value: float = st.select_slider(
        words.axis,
        dial.values,
        dial.unchanged,
        key=f"robustness-{kind}",
        persist_state="session",
        format_func=lambda setting: _setting(setting, words.suffix),
    )
    found = {models()[name].title: robustness()[name].dials[kind] for name in COMPARED}
    index = dial.values.index(value)
    setting = f"{words.title.lower()} {_setting(value, words.suffix)}"
    st.plotly_chart(
        dial_figure(dial, found, value, words.axis, words.suffix),
        key=f"robustness-figure-{kind}",
        config={"displayModeBar": False},
        alt=f"Accuracy against {words.axis.lower()}. At {_setting(value, words.suffix)}: "
        + ", ".join(f"{name} {percent(each[index].accuracy)}" for name, each in found.items()),
    )
    st.caption(
        "All 10,000 test digits at every setting. Dotted: 10 %, what guessing one of ten digits "
        "gets right. The pink line stands at the setting of the slider."
    )
    return dial.change(value), {name: each[index] for name, each in found.items()}, setting


def _shift() -> tuple[Change, Mapping[str, Score], str]:
    sliders = st.columns(2, gap="large")
    amounts = []
    for column, name, label in zip(
        sliders, ("down", "right"), ("Pixels down", "Pixels to the right"), strict=True
    ):
        with column:
            amounts.append(
                st.slider(
                    label,
                    -FARTHEST_SHIFT,
                    FARTHEST_SHIFT,
                    0,
                    key=f"robustness-{name}",
                    persist_state="session",
                    help=f"Negative is {'up' if name == 'down' else 'to the left'}.",
                )
            )
    down, right = amounts
    for column, name in zip(st.columns(2, gap="large"), COMPARED, strict=True):
        title = models()[name].title
        key = f"robustness-map-{name}"
        with column:
            st.markdown(f"**{title}**")
            st.plotly_chart(
                shift_figure(robustness()[name], title, down, right),
                key=key,
                on_select=lambda key=key: _choose_shift(key),
                selection_mode="points",
                config={"displayModeBar": False},
                alt=f"Map of {title}'s accuracy against shifts of up to {FARTHEST_SHIFT} pixels: "
                f"{percent(robustness()[name].shifted(0, 0).accuracy)} in the middle, "
                f"{percent(robustness()[name].shifted(down, right).accuracy)} where digits are "
                f"{shift_in_words(down, right)}",
            )
    scores = {models()[name].title: robustness()[name].shifted(down, right) for name in COMPARED}
    total = next(iter(scores.values())).total
    st.caption(
        f"Every fifth test digit, {number(total)} in all, at each of {len(SHIFTS)} × {len(SHIFTS)} "
        "shifts. Both maps share one scale, from 0 % (dark) to 100 % (yellow). Choose a cell, and "
        "the digit below is moved as far."
    )
    return Change(down=down, right=right), scores, shift_in_words(down, right)


def _choose_shift(key: str) -> None:
    # A second click on the same cell takes its choice back, and chooses nothing.
    try:
        if (point := chosen_point(st.session_state.get(key))) is None:
            return
        down, right = (real_number(point.get(axis), FARTHEST_SHIFT) for axis in ("y", "x"))
    except Implausible:
        return
    if (down, right) in _PLACES:
        st.session_state["robustness-down"] = int(down)
        st.session_state["robustness-right"] = int(right)


def _tell(scores: Mapping[str, Score], setting: str) -> None:
    """What was measured at a setting, in a sentence for each model."""
    sentences = []
    for name, score in scores.items():
        low, high = score.interval
        sentences.append(
            f"{name} reads **{percent(score.accuracy)}** right ([95 % interval]: {percent(low)} to "
            f"{percent(high)}) and is {percent(score.confidence)} [confident] on average."
        )
    prose(f"**{setting[0].upper()}{setting[1:]}.** {' '.join(sentences)}")


def _current_digit(change: Change, setting: str) -> None:
    digit = current_digit()
    image = change.apply(digit.image)
    columns = st.columns([1, *(1 for _ in COMPARED)], gap="large")
    with columns[0]:
        show(
            colour_pixels(image),
            alt=f"{digit.title}, {setting}",
            caption=f"{digit.title}, {setting}: what both networks receive",
        )
    for column, name in zip(columns[1:], COMPARED, strict=True):
        probabilities = network(name).predict(image[np.newaxis])[0]
        answer = int(probabilities.argmax())
        with column, st.container(key=f"robustness-{name}"):
            st.markdown(
                f"**{models()[name].title}** reads {a_digit(answer, bold=True)} with "
                f"{probability_in_words(probabilities[answer])}"
            )
            probability_bars(probabilities, key=f"robustness-bars-{name}")


def _setting(value: float, suffix: str) -> str:
    shown = number(value, 0 if float(value).is_integer() and suffix != " ×" else 1)
    return f"{shown}{suffix}"
