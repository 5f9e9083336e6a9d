"""The drawing on the canvas, which a visitor finds again on coming back to the page."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator
from streamlit_drawable_canvas import CanvasResult, st_canvas

from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.images.canvas_picture import canvas_pixels
from cnn_core.images.drawing import ink_of_canvas
from ui.components.canvas_frame.canvas_frame import is_held_back
from ui.look.pictures import digit_data_url
from ui.shared.resources import mnist
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit
from ui.visitor.use_everywhere import offer_digit
from ui.write.canvas_report import refuse_forged_report

CANVAS_SIZE = 280
BRUSH_WIDTH = 20

Drawing = dict[str, Any]


def draw_on_canvas() -> NDArray[np.uint8] | None:
    """Show the canvas with its tools; its ink, uint8 (280, 280), or None if it never reported."""
    sheet = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Undo", key="undo", icon=":material/undo:", on_click=undo_stroke)
        st.button("Clear", key="clear", icon=":material/delete:", on_click=clear_canvas)
        tool = choose_one(
            "Tool",
            ["Pen", "Eraser"],
            default="Pen",
            key="tool",
            label_visibility="collapsed",
            width="content",
        )
    width = st.slider("Brush width", 6, 40, BRUSH_WIDTH, 2, key="brush-width", width=280)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Take a test digit",
            key="take-test-digit",
            icon=":material/casino:",
            on_click=put_random_test_digit,
            help="A way in without a mouse: a random test digit becomes the drawing.",
        )
        st.button(
            "Take the current digit",
            key="take-current-digit",
            icon=":material/download:",
            on_click=put_current_digit,
        )
    with sheet:
        return _canvas(width, is_erasing=tool == "Eraser")


def draw_with_few_tools(sheet: DeltaGenerator, tools: DeltaGenerator) -> NDArray[np.uint8] | None:
    """The same canvas in one container, and undo, clear and the eraser in another."""
    with tools:
        st.button("Undo", key="undo", icon=":material/undo:", on_click=undo_stroke, width="stretch")
        st.button(
            "Clear", key="clear", icon=":material/delete:", on_click=clear_canvas, width="stretch"
        )
        is_erasing = st.toggle("Eraser", key="erasing")
    with sheet:
        return _canvas(BRUSH_WIDTH, is_erasing=is_erasing)


def _canvas(stroke_width: int, *, is_erasing: bool) -> NDArray[np.uint8] | None:
    refuse_forged_report("canvas")
    canvas = st_canvas(
        stroke_width=stroke_width,
        stroke_color="#000000" if is_erasing else "#FFFFFF",
        background_color="#000000",
        width=CANVAS_SIZE,
        height=CANVAS_SIZE,
        initial_drawing=kept_drawing(),
        return_image_data=True,
        update_streamlit=not is_held_back(),
        key="canvas",
    )
    keep_drawing(canvas)
    return ink_on_canvas()


def ink_on_canvas() -> NDArray[np.uint8] | None:
    """The ink of the drawing, uint8 (280, 280), on whatever page; None where nothing was drawn."""
    rgba: NDArray[np.uint8] | None = st.session_state.get("drawing-pixels")
    return None if rgba is None else ink_of_canvas(rgba)


def digit_on_canvas() -> Digit | None:
    """The digit that was put on the canvas, as long as nobody has drawn on it."""
    digit: Digit | None = st.session_state.get("canvas-digit")
    # Before the canvas has reported, the drawing is still what it was handed.
    drawing: Drawing = st.session_state.get("drawing") or {"objects": []}
    return digit if _types(drawing) == ["image"] else None


def is_blank() -> bool:
    """Whether nothing is on the canvas, as far as it has reported."""
    drawing: Drawing = st.session_state.get("drawing") or {"objects": []}
    return not drawing["objects"]


def follow_shared_drawing() -> None:
    """Put the drawing of a link on the canvas where nothing has been drawn yet; once a whole run."""
    digit = current_digit()
    if digit.is_drawing and not digit.is_own and "drawing" not in st.session_state:
        put_digit_on_canvas(digit)


def kept_drawing() -> Drawing | None:
    """What to put on the canvas: the drawing as it was when the page was left, or None.

    While the canvas is shown this stays what it was, since the canvas draws anew whatever it is
    handed whenever that changes.
    """
    if "canvas" not in st.session_state:
        st.session_state["canvas-start"] = st.session_state.get("drawing")
    drawing: Drawing | None = st.session_state.get("canvas-start")
    return drawing


def _keep_report() -> None:
    """Keep what the canvas has just reported, where no run has yet: the one that came with it may have
    been cut short.

    What it reported before something was put on it does not count.
    """
    refuse_forged_report("canvas")
    drawing = (st.session_state.get("canvas") or {}).get("drawing") or {}
    picture = drawing.get("data")
    if picture is not None and picture != st.session_state.get("canvas-replaced"):
        keep_drawing(CanvasResult(drawing["raw"], picture, return_image_data=True))


def keep_drawing(canvas: CanvasResult) -> None:
    """Keep the drawing and its pixels, uint8 (280, 280, 4), for later."""
    # Not `image_data`, which decodes a picture of whatever size was sent.
    png = _png_of(canvas)
    rgba = None if png is None else canvas_pixels(png, CANVAS_SIZE)
    if rgba is not None:
        st.session_state["drawing"] = canvas.json_data
        st.session_state["drawing-pixels"] = rgba


def _png_of(canvas: CanvasResult) -> bytes | None:
    try:
        png: bytes | None = canvas.image_bytes
    except ValueError:  # It is no base64.
        return None
    return png


def canvas_edition() -> int:
    """How often this session has replaced what is on the canvas."""
    edition: int = st.session_state.get("canvas-edition", 0)
    return edition


def put_on_canvas(drawing: Drawing) -> None:
    """Replace what is on the canvas."""
    edition = canvas_edition() + 1
    st.session_state["canvas-edition"] = edition
    # The canvas draws anew only what differs from what it was last handed, and an undone stroke
    # may bring back just that; an edition that it does not know makes the difference.
    replacement = drawing | {"edition": edition}
    st.session_state["canvas-start"] = st.session_state["drawing"] = replacement
    # What was reported is there no more. Strokes that are left are seen when the canvas has drawn them;
    # until then the answer stays that which was.
    report = st.session_state.pop("canvas", None) or {}
    st.session_state["canvas-replaced"] = (report.get("drawing") or {}).get("data")
    if not _has_strokes(replacement):
        st.session_state["drawing-pixels"] = None


def clear_canvas() -> None:
    """Take everything off the canvas."""
    st.session_state["canvas-digit"] = None
    put_on_canvas({"objects": []})


def put_digit_on_canvas(digit: Digit) -> None:
    """Replace what is on the canvas by a digit, to be drawn on further."""
    st.session_state["canvas-digit"] = digit
    put_on_canvas(_drawing_of(digit))


def undo_stroke() -> None:
    """Take the last stroke, or the digit that was put there, off the canvas."""
    _keep_report()
    drawing: Drawing = st.session_state.get("drawing") or {"objects": []}
    put_on_canvas(drawing | {"objects": drawing["objects"][:-1]})


def put_random_test_digit() -> None:
    """Replace what is on the canvas by a random test digit."""
    position = int(np.random.default_rng().integers(len(mnist().test)))
    put_digit_on_canvas(mnist_digit(mnist(), "test", position))


def put_current_digit() -> None:
    """Replace what is on the canvas by the current digit."""
    put_digit_on_canvas(current_digit())


def offer_everywhere(image: NDArray[np.uint8]) -> None:
    """A button that makes a prepared drawing, uint8 (28, 28), the current digit on every page."""
    offer_digit("Make it the current digit", image, key="use-drawing")


def _types(drawing: Drawing) -> list[str]:
    return [str(each.get("type")).lower() for each in drawing["objects"]]


def _has_strokes(drawing: Drawing) -> bool:
    return "path" in _types(drawing)


def _drawing_of(digit: Digit) -> Drawing:
    """A digit, enlarged to the size of the canvas, as something to draw on further."""
    return {
        "objects": [
            {
                "type": "Image",
                "src": digit_data_url(digit.image, CANVAS_SIZE),
                "left": 0,
                "top": 0,
                "width": CANVAS_SIZE,
                "height": CANVAS_SIZE,
                "originX": "left",
                "originY": "top",
            }
        ]
    }
