"""The buttons that make a digit, or a model, the current one on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.visitor.current import (
    choose_model,
    choose_written,
    digit_before,
    go_back_to_digit_before,
    own_drawing,
)


def offer_digit(
    label: str,
    image: NDArray[np.uint8],
    *,
    key: str,
    disabled: bool = False,
    afterwards: Callable[[], None] = lambda: None,
) -> None:
    """A button that makes an image, uint8 (28, 28), the current digit on every page.

    afterwards: called once it is.
    """

    def use() -> None:
        choose_written(own_drawing(image))
        afterwards()
        st.rerun()  # The whole page and its sidebar, not only the part with the button.

    st.button(
        label,
        key=key,
        icon=":material/share:",
        on_click=use,
        disabled=disabled,
        help="It becomes the current digit on every page, and travels in the address.",
    )


def offer_way_back(*, key: str) -> None:
    """A button back to the digit that was current before the visitor's drawing, where there is one."""
    before = digit_before()
    if before is not None:
        st.button(
            f"Back to {'the other drawing' if before.is_drawing else before.title}",
            key=key,
            icon=":material/arrow_back:",
            on_click=go_back_to_digit_before,
            width="stretch",
        )


def offer_model(
    model_id: str, label: str, *, key: str, in_use: str | None = None, **looks: Any
) -> None:
    """A button that makes a model the one that every page uses; disabled where it is.

    in_use: what it says then, where that is something else.
    looks: the other arguments of `st.button`.
    """
    is_current = st.session_state["model"] == model_id
    st.button(
        in_use if is_current and in_use else label,
        key=key,
        on_click=choose_model,
        args=(model_id,),
        disabled=is_current,
        **looks,
    )
