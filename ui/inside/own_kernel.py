"""The kernel that a visitor chooses or types in, kept in the session."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.errors import quoted
from cnn_core.network.arithmetic import Array
from cnn_core.network.kernels import KERNEL_SIZES, KERNELS, kernel_named, resize
from ui.visitor.address import AddressError, Part, follow, write
from ui.visitor.choice import choose_one, hold_to

FIRST_KERNEL = "sobel-right"
_WEIGHTS = "own-kernel"
_NAMES = [row.name for row in KERNELS]


def _take_kernel(name: str) -> str:
    if name not in _NAMES:
        raise AddressError(f"There is no kernel {quoted(name)}.")
    return name


_KERNEL = Part("kernel", "kernel", _take_kernel, "You see the one from before, or the first.")


def choose_kernel() -> None:
    """Show the widget for a ready-made kernel.

    A ready-made kernel stands in the address: `?kernel=blur` opens the page with it.
    """
    st.session_state.setdefault("kernel", FIRST_KERNEL)
    st.session_state.setdefault("kernel-size", KERNEL_SIZES[0])
    hold_to(_NAMES, "kernel")
    hold_to(KERNEL_SIZES, "kernel-size")  # Its widget comes after the weights.
    if follow(_KERNEL):
        _reset()
    write(_KERNEL)
    st.selectbox(
        "Kernel",
        _NAMES,
        key="kernel",
        format_func=lambda name: kernel_named(name).title,
        on_change=_reset,
        persist_state="session",
        label_visibility="collapsed",
    )


def choose_kernel_size() -> None:
    """Show the widget for the kernel's size."""
    choose_one(
        "Kernel size",
        KERNEL_SIZES,
        key="kernel-size",
        format_func=lambda size: f"{size}×{size}",
        on_change=_resize,
        persist_state="session",
    )


def what_to_look_for(digit: str) -> str:
    """What the output of this kernel on a digit shows.

    digit: what it is called within a sentence.
    """
    if is_edited():
        return f"Your own weights on {digit}: look for where bright pixels lie under large ones."
    return f"On {digit} look for this: {kernel_named(st.session_state['kernel']).look_for}"


def offer_preset() -> None:
    """Show a button back to the ready-made kernel, where its weights were changed."""
    if is_edited():
        st.button("Back to the preset", key="reset-kernel", on_click=_reset)


def own_kernel() -> Array:
    """The weights: float32 (size, size)."""
    weights: Array = st.session_state.get(_WEIGHTS, _named_weights())
    return weights if len(weights) == st.session_state["kernel-size"] else _named_weights()


def is_edited() -> bool:
    """Whether the weights are no longer those of the ready-made kernel."""
    return not np.array_equal(own_kernel(), _named_weights())


def edit_weight(row: int, column: int, weight: float) -> None:
    """Change one weight."""
    weights = own_kernel().copy()
    if 0 <= row < len(weights) and 0 <= column < len(weights):
        weights[row, column] = weight
        st.session_state[_WEIGHTS] = weights


def _named_weights() -> Array:
    return kernel_named(st.session_state["kernel"]).weights(st.session_state["kernel-size"])


def _reset() -> None:
    st.session_state.pop(_WEIGHTS, None)


def _resize() -> None:
    """Own weights stay, in the middle of the new size; a ready-made one is made anew for it."""
    hold_to(KERNEL_SIZES, "kernel-size")
    old = st.session_state.get(_WEIGHTS)
    if old is not None:
        st.session_state[_WEIGHTS] = resize(old, st.session_state["kernel-size"])
