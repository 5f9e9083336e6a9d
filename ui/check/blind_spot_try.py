"""Paint into the blind spot, and move a digit into it: what two networks make of it, live."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.findings.compared import COMPARED
from cnn_core.network.arithmetic import Array
from cnn_core.network.change_of_maps import moved
from ui.check.blind_spot_view import blind_pixels
from ui.components.pixel_editor.pixel_editor import pixel_editor
from ui.components.probability_bars.probability_bars import probability_bars
from ui.look.answer_change import answer_change
from ui.look.wording import answer_in_words, count
from ui.shared.resources import models, network
from ui.visitor.current import current_digit

Image = NDArray[np.uint8]

FARTHEST = 12
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
    paper, *readings = st.columns(1 + len(COMPARED), gap="large")
    with paper:
        steps = st.slider(
            "Pixels down and to the right",
            0,
            FARTHEST,
            0,
            key="blind-shift",
            persist_state="session",
        )
        before = moved(current_digit().image, steps, steps)
        image = _painted(before, (current_digit().name, steps))
        pixel_editor(
            image,
            255,
            2,
            f"{current_digit().title} to paint on; the blind spot of Baseline is tinted",
            st.session_state[_VERSION],
            shaded=blind,
            key="blind-editor",
            on_edit=_paint,
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
    touched = image != before
    inside, outside = int(touched[blind].sum()), int(touched[~blind].sum())
    with paper:
        st.caption(
            f"Painted: {count(inside, 'pixel')} in the blind spot, {count(outside, 'pixel')} beside it."
        )
    for column, name in zip(readings, COMPARED, strict=True):
        clean, painted = _read(name, before), _read(name, image)
        with column, st.container(key=f"blind-{name}"):
            st.markdown(f"**{models()[name].title}**")
            st.markdown(_what_happened(clean, painted, is_painted=bool(touched.any())))
            probability_bars(painted, key=f"blind-bars-{name}")


def _read(name: str, image: Image) -> Array:
    probabilities: Array = network(name).predict(image[np.newaxis])[0]
    return probabilities


def _what_happened(clean: Array, painted: Array, *, is_painted: bool) -> str:
    if not is_painted:
        return answer_in_words(painted)
    if np.array_equal(clean, painted):
        return (
            "Your paint changes nothing: all ten probabilities are the same, to the last bit. "
            f"{answer_in_words(painted)}"
        )
    return answer_change(clean, painted)


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
    st.session_state["blind-shift"] = 0
    st.session_state.pop(_OF, None)
