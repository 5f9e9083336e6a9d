"""A visitor's changes of the current digit, kept in the session until the digit is another one."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit
from cnn_core.images.changes import Change
from ui.visitor.current import current_digit

Image = NDArray[np.uint8]

_MOST_UNDONE = 50
_SLIDERS = {"thicken": 0, "rotate": 0, "right": 0, "down": 0, "noise": 0, "noise-seed": 0}


def slider_key(name: str) -> str:
    """The key of a slider in the session."""
    return f"what-if-{name}"


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
    for name, value in _SLIDERS.items():
        st.session_state[slider_key(name)] = value


def change() -> Change:
    """What the sliders say."""
    value = {
        name: st.session_state.get(slider_key(name), default) for name, default in _SLIDERS.items()
    }
    return Change(
        thicken=int(value["thicken"]),
        rotate=float(value["rotate"]),
        down=int(value["down"]),
        right=int(value["right"]),
        noise=float(value["noise"]),
        seed=int(value["noise-seed"]),
    )


def other_noise() -> None:
    """Noise that falls differently."""
    key = slider_key("noise-seed")
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _versions() -> list[Image]:
    """The digit as it is, and every version since; anew for another digit."""
    digit: Digit = current_digit()
    if st.session_state.get("what-if-digit") != digit.name:
        st.session_state["what-if-digit"] = digit.name
        st.session_state["what-if-versions"] = [digit.image]
        st.session_state["what-if-version"] = st.session_state.get("what-if-version", 0) + 1
    versions: list[Image] = st.session_state["what-if-versions"]
    return versions
