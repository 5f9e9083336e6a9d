"""Paint into the blind spot, and move a digit into it: what two networks make of it, live."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.findings.compared import COMPARED
from cnn_core.network.change_of_maps import moved
from ui.check.blind_spot_view import blind_pixels
from ui.components.live_network.live_network import live_id, live_network
from ui.components.pixel_editor.pixel_editor import pixel_editor
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.sentence.sentence import sentence
from ui.components.sliders.effect import move_effect
from ui.components.sliders.sliders import Slider, sliders
from ui.look.answer_change import told_answer
from ui.look.wording import count
from ui.shared.resources import models, network
from ui.visitor.current import current_digit

Image = NDArray[np.uint8]

SHIFT = Slider("shift", "Pixels down and to the right", 0, 12)
SAME = "Your paint changes nothing: all ten probabilities are the same, to the last bit. "
# The source of the digit as it is moved.
_MOVED = "blind-moved"
_SHIFT = "blind-shift"
_IMAGE, _OF, _VERSION = "blind-image", "blind-image-of", "blind-version"


@st.fragment
def try_it() -> None:
    """The current digit to be moved and painted on, and both networks' answers."""
    st.subheader("Try it")
    st.markdown(
        "Paint anything you like into the tinted part: for Baseline it is not there. Or move the "
        "digit down and to the right, and watch it leave the sight of one network and not of the "
        "other."
    )
    blind = blind_pixels("baseline")
    steps = int(st.session_state.get(_SHIFT, 0))
    before = moved(current_digit().image, steps, steps)
    image = _painted(before, (current_digit().name, steps))
    touched = image != before
    answers = {name: network(name).predict(np.stack([before, image])) for name in COMPARED}
    for column, name in zip(st.columns(len(COMPARED), gap="large"), COMPARED, strict=True):
        with column, st.container(key=f"blind-{name}", gap="xsmall"):
            st.markdown(f"**{models()[name].title}**")
            told = told_answer(*answers[name], is_changed=bool(touched.any()), same=SAME)
            sentence(told, key=f"blind-answer-{name}", live=_live(name))
    paper, *readings = st.columns(1 + len(COMPARED), gap="large")
    with paper:
        _move_and_paint(before, image, blind)
        inside, outside = int(touched[blind].sum()), int(touched[~blind].sum())
        st.caption(
            f"Painted: {count(inside, 'pixel')} in the blind spot, {count(outside, 'pixel')} beside it."
        )
    for column, name in zip(readings, COMPARED, strict=True):
        with column:
            st.caption(models()[name].title)
            probability_bars(answers[name][1], key=f"blind-bars-{name}", live=_live(name))
    for name in COMPARED:
        live_network(models()[name], network(name), key=f"blind-network-{name}")


def _move_and_paint(before: Image, image: Image, blind: NDArray[np.bool_]) -> None:
    """The digit as it is moved, to paint on, and what moves it."""
    pixel_editor(
        image,
        255,
        2,
        f"{current_digit().title} to paint on; the blind spot of Baseline is tinted",
        st.session_state[_VERSION],
        before=before,
        shaded=blind,
        readers=[(live_id(models()[name]), _live(name)) for name in COMPARED],
        hears=_MOVED,
        same=SAME,
        key="blind-editor",
        on_edit=_paint,
    )
    steps = st.session_state.get(_SHIFT, 0)
    sliders(
        [SHIFT],
        [steps],
        move_effect(
            model=live_id(models()[COMPARED[0]]), source=_MOVED, image=current_digit().image
        ),
        key="blind-slider",
        on_change=_move,
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Scribble there",
            key="blind-scribble",
            icon=":material/gesture:",
            on_click=_scribble,
            help="Every pixel of the blind spot gets a random grey.",
        )
        st.button(
            "Start over",
            key="blind-start-over",
            icon=":material/restart_alt:",
            on_click=_start_over,
            disabled=steps == 0 and np.array_equal(image, before),
        )


def _live(name: str) -> str:
    """The source of live readings by one of the networks."""
    return f"blind-{name}"


def _move(settings: list[float]) -> None:
    st.session_state[_SHIFT] = settings[0]


def _painted(before: Image, of: tuple[str, int]) -> Image:
    """The digit with what was painted on it; anew for another digit or another shift."""
    if st.session_state.get(_OF) != of:
        st.session_state[_OF] = of
        _put(before)
    image: Image = st.session_state[_IMAGE]
    return image


def _put(image: Image) -> None:
    """Another picture than the one in the browser: strokes that are on their way are void."""
    st.session_state[_IMAGE] = image
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _paint(image: Image, edited_version: object) -> None:
    if edited_version == st.session_state[_VERSION]:
        st.session_state[_IMAGE] = image


def _scribble() -> None:
    greys = np.random.default_rng().integers(0, 256, (IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
    _put(np.where(blind_pixels("baseline"), greys, st.session_state[_IMAGE]))


def _start_over() -> None:
    st.session_state[_SHIFT] = 0
    st.session_state.pop(_OF, None)
