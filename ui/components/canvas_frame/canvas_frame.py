"""What the drawing canvas lacks: it fills its column, the address names what is drawn on it, the network
reads it in the browser while the pen moves, and the server is told of it only when the pen is at rest.
"""

from __future__ import annotations

import streamlit as st

from cnn_core.data.digit import Digit
from ui.components.shared.from_browser import Implausible
from ui.components.shared.register import base64_bytes, register

# What other components follow who show what is read.
LIVE_SOURCE = "canvas"

_HELD = "canvas-is-held"

_canvas_frame = register(__file__)


def is_held_back() -> bool:
    """Whether the browser has said that it sends the drawing when the pen is at rest.

    Only then may the canvas be told to send nothing by itself.
    """
    return bool(st.session_state.get(_HELD))


def canvas_frame(
    digit_name: str,
    *,
    key: str,
    model: str,
    put: Digit | None = None,
    edition: int = 0,
    highest: float = 0.55,
) -> None:
    """Show it under a canvas whose key is `canvas`, in the same column; it shows nothing itself.

    What is read is published as LIVE_SOURCE, as soon as `live_network` has brought the network to the
    browser.

    digit_name: the current digit, which takes the place of the one in the address, so that the strokes
        of a drawing are not an entry each in the browser's history.
    model: which network reads, by its `live_id`.
    put: the digit that was put on the canvas and is all that is on it: it is read as it is.
    edition: another number for each time that Python has replaced what is on the canvas.
    highest: how much of the window's height the canvas may take, 0 to 1, so that the answer is seen with it.
    """
    _canvas_frame(
        key=key,
        data={
            "digit": digit_name,
            "model": model,
            "put": None if put is None else base64_bytes(put.image),
            "edition": edition,
            "highest": highest,
            "isHeld": is_held_back(),
        },
        held=_hold_back,
    )


def _hold_back(value: object) -> None:
    if value is not True:
        raise Implausible
    st.session_state[_HELD] = True
