"""The drawing on the canvas, which a visitor finds again on coming back to the page."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import CanvasResult

from cnn_core.digit import Digit, drawn_digit, mnist_digit
from ui.pictures import digit_png
from ui.resources import mnist
from ui.visit import choose_digit, current_digit

CANVAS_SIZE = 280

Drawing = dict[str, Any]


def kept_drawing() -> Drawing | None:
    """What to put on the canvas: the drawing as it was when the page was left, or None.

    While the canvas is shown this stays what it was, since the canvas draws anew whatever it is
    handed whenever that changes.
    """
    if "canvas" not in st.session_state:
        st.session_state["canvas-start"] = st.session_state.get("drawing")
    drawing: Drawing | None = st.session_state.get("canvas-start")
    return drawing


def keep_drawing(canvas: CanvasResult) -> NDArray[np.uint8] | None:
    """Keep the drawing for later and return its pixels, uint8 (280, 280, 4), or None if blank."""
    rgba: NDArray[np.uint8] | None = canvas.image_data
    if rgba is not None:
        st.session_state["drawing"] = canvas.json_data
        st.session_state["drawing-pixels"] = rgba
    return st.session_state.get("drawing-pixels")


def put_on_canvas(drawing: Drawing | None = None) -> None:
    """Replace what is on the canvas; without a drawing it is cleared."""
    edition = st.session_state.get("canvas-edition", 0) + 1
    st.session_state["canvas-edition"] = edition
    # The canvas draws anew only what differs from what it was last handed, and an undone stroke
    # may bring back just that; an edition that it does not know makes the difference.
    replacement = (drawing or {"objects": []}) | {"edition": edition}
    st.session_state["canvas-start"] = st.session_state["drawing"] = replacement
    st.session_state["drawing-pixels"] = None


def undo_stroke() -> None:
    """Take the last stroke, or the digit that was put there, off the canvas."""
    drawing: Drawing = st.session_state.get("drawing") or {"objects": []}
    put_on_canvas(drawing | {"objects": drawing["objects"][:-1]})


def put_random_test_digit() -> None:
    """Replace what is on the canvas by a random test digit."""
    position = int(np.random.default_rng().integers(len(mnist().test)))
    put_on_canvas(_drawing_of(mnist_digit(mnist(), "test", position)))


def put_current_digit() -> None:
    """Replace what is on the canvas by the current digit."""
    put_on_canvas(_drawing_of(current_digit()))


def use_everywhere(image: NDArray[np.uint8]) -> None:
    """Make a prepared drawing, uint8 (28, 28), the current digit on every page."""
    choose_digit(drawn_digit(image))
    st.rerun()  # The whole page and its sidebar, not only the part with the canvas.


def _drawing_of(digit: Digit) -> Drawing:
    """A digit, enlarged to the size of the canvas, as something to draw on further."""
    picture = base64.b64encode(digit_png(digit.image, CANVAS_SIZE)).decode("ascii")
    return {
        "objects": [
            {
                "type": "Image",
                "src": f"data:image/png;base64,{picture}",
                "left": 0,
                "top": 0,
                "width": CANVAS_SIZE,
                "height": CANVAS_SIZE,
                "originX": "left",
                "originY": "top",
            }
        ]
    }
