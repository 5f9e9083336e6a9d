"""A visitor's changes of the current digit, kept in the session until the digit is another one."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit
from cnn_core.images.changes import Change
from ui.components.sliders.sliders import Slider
from ui.visitor.current import current_digit

Image = NDArray[np.uint8]

_MOST_UNDONE = 50
SLIDERS = (
    Slider("thicken", "Thicken", -2, 3, unit=" px"),
    Slider("rotate", "Rotate", -180, 180, 5, unit="°"),
    Slider("right", "Shift right", -12, 12, unit=" px"),
    Slider("down", "Shift down", -12, 12, unit=" px"),
    Slider("noise", "Noise", 0, 128, unit=" of 255"),
)
_SEED = "what-if-noise-seed"


def settings() -> list[float]:
    """Where the sliders are, one value each."""
    return [st.session_state.get(_key(slider), 0) for slider in SLIDERS]


def set_all(values: list[float]) -> None:
    """Keep where the sliders are."""
    for slider, value in zip(SLIDERS, values, strict=True):
        st.session_state[_key(slider)] = value


def edited_image() -> Image:
    """The current digit with what was erased and painted on it: uint8 (28, 28)."""
    return _versions()[-1]


def edit_image(image: Image, edited_version: object) -> None:
    """Keep what was made of the digit, unless it was made of one that is no longer there."""
    if edited_version != version():
        return
    versions = _versions()
    versions.append(image)
    # The first one, the digit as it was, is always kept.
    del versions[1:-_MOST_UNDONE]


def version() -> int:
    """A number that changes whenever strokes are taken back, or the digit is another one."""
    _versions()
    count: int = st.session_state["what-if-version"]
    return count


def can_undo() -> bool:
    """Whether anything was erased or painted."""
    return len(_versions()) > 1


def undo() -> None:
    """Take the last stroke, or part of a long one, back."""
    if can_undo():
        _versions().pop()
        st.session_state["what-if-version"] += 1


def start_over() -> None:
    """The digit as it was, and every slider at 0."""
    del _versions()[1:]
    st.session_state["what-if-version"] += 1
    set_all([0 for _ in SLIDERS])
    st.session_state[_SEED] = 0


def change() -> Change:
    """What the sliders say."""
    value = dict(zip((slider.name for slider in SLIDERS), settings(), strict=True))
    return Change(
        thicken=int(value["thicken"]),
        rotate=value["rotate"],
        down=int(value["down"]),
        right=int(value["right"]),
        noise=value["noise"],
        seed=st.session_state.get(_SEED, 0),
    )


def other_noise() -> None:
    """Noise that falls differently."""
    st.session_state[_SEED] = st.session_state.get(_SEED, 0) + 1


def _key(slider: Slider) -> str:
    return f"what-if-{slider.name}"


def _versions() -> list[Image]:
    """The digit as it is, and every version since; anew for another digit."""
    digit: Digit = current_digit()
    if st.session_state.get("what-if-digit") != digit.name:
        st.session_state["what-if-digit"] = digit.name
        st.session_state["what-if-versions"] = [digit.image]
        st.session_state["what-if-version"] = st.session_state.get("what-if-version", 0) + 1
    versions: list[Image] = st.session_state["what-if-versions"]
    return versions
