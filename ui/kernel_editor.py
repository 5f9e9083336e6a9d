"""A kernel whose weights can be typed in, one field a weight, coloured like every signed value."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from cnn_core.arithmetic import Array
from ui.colors import SIGNED_SCALE
from ui.component import register

LARGEST_WEIGHT = 1000

_kernel_editor = register(__file__)


def kernel_editor(kernel: Array, *, key: str, on_edit: Callable[[int, int, float], None]) -> None:
    """Show a kernel, float32 (size, size), to be edited.

    on_edit: called with row, column and the new weight, −1000 to 1000, when one was typed in.
    """

    def edit() -> None:
        row, column, weight = st.session_state[key]["edited"]
        # What comes from a browser is checked once more here.
        if math.isfinite(weight) and abs(weight) <= LARGEST_WEIGHT:
            on_edit(int(row), int(column), float(weight))

    _kernel_editor(
        key=key,
        data={
            "weights": kernel.astype(float).ravel().tolist(),
            "size": len(kernel),
            "scale": SIGNED_SCALE,
            "largest": LARGEST_WEIGHT,
        },
        on_edited_change=edit,
    )
