"""What /preparation looks at: the drawing, the photo, or the current digit put onto a canvas."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from cnn_core.errors import PhotoError
from cnn_core.images.drawing import prepare_drawing
from ui.look.gloss import prose
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit
from ui.write.canvas import CANVAS_SIZE, digit_on_canvas, ink_on_canvas
from ui.write.photo import UPLOAD, ink_of_photo, kept_photo

DRAWING, PHOTO, PASTED = "Your drawing", "Your photo", "The current digit"


@dataclass(frozen=True)
class Handwriting:
    """A picture before any preparation.

    picture: uint8 (height, width), as it was drawn; of a photo, its ink on even paper.
    dark_ink: whether its ink is dark on bright paper.
    photo: uint8 (height, width), the photo that the ink was found in, or None.
    is_pasted: whether it is the current digit, put onto a canvas.
    """

    picture: NDArray[np.uint8]
    dark_ink: bool = False
    photo: NDArray[np.uint8] | None = None
    is_pasted: bool = False


def choose_handwriting() -> Handwriting:
    """Show which handwriting can be looked at, with what there is to set, and return the one chosen."""
    sources = _sources()
    # The last thing a visitor made comes first; without one, the current digit is never missing.
    if st.session_state.get("handwriting") not in sources:
        st.session_state["handwriting"] = next(iter(sources))
    if len(sources) > 1:
        choose_one("Look at", list(sources), key="handwriting", persist_state="session")
    chosen: str = st.session_state["handwriting"]
    handwriting = sources[chosen]
    if chosen == PHOTO:
        return handwriting
    if chosen == PASTED:
        handwriting = Handwriting(_pasted(with_invitation=len(sources) == 1), is_pasted=True)
    white_paper = st.toggle(
        "On white paper",
        key="white-paper",
        bind="query-params",
        help="The canvas is white on black, as MNIST is. Most handwriting is dark on bright; this "
        "shows what the first step is for.",
    )
    if white_paper:
        return replace(handwriting, picture=255 - handwriting.picture, dark_ink=True)
    return handwriting


def _sources() -> dict[str, Handwriting]:
    """What there is to look at."""
    found: dict[str, Handwriting] = {}
    # A digit that was only put on the canvas is nobody's drawing here, and the current digit anyway.
    drawn = ink_on_canvas() if digit_on_canvas() is None else None
    if drawn is not None and prepare_drawing(drawn) is not None:
        found[DRAWING] = Handwriting(drawn)
    try:
        inked = ink_of_photo()
    except PhotoError:
        inked = None
    if inked is not None and prepare_drawing(inked.ink) is not None:
        is_dark = inked.polarity == "dark"
        on_paper = 255 - inked.ink if is_dark else inked.ink
        found[PHOTO] = Handwriting(on_paper, is_dark, kept_photo())
    if st.session_state.get("draw-way") == UPLOAD:
        found = dict(reversed(found.items()))
    return found | {PASTED: Handwriting(current_digit().image)}


def _pasted(*, with_invitation: bool) -> NDArray[np.uint8]:
    """The current digit on a canvas, 280×280, where and as large as the visitor wants it."""
    digit = current_digit()
    if with_invitation:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            prose(
                "This link brought 28 × 28 pixels, prepared already, and not the strokes that they were "
                "made of."
                if digit.is_drawing
                else f"{digit.title} was prepared already by those who made [MNIST]."
            )
            st.page_link("pages/draw.py", label="Draw or photograph one", icon=":material/draw:")
    st.markdown("Here it is on a canvas again, as if it had been drawn in this size and place:")
    with st.container(horizontal=True, gap="medium"):
        size = st.slider(
            "Size", 28, CANVAS_SIZE, 140, 4, key="paste-size", bind="query-params", width=220,
            help="Pixels of the 280 that the canvas has.",
        )  # fmt: skip
        right = st.slider(
            "To the right", 0, 100, 15, key="paste-right", bind="query-params", width=220,
            format="%d %%", help="Of the room that there is.",
        )  # fmt: skip
        down = st.slider(
            "Down", 0, 100, 20, key="paste-down", bind="query-params", width=220,
            format="%d %%", help="Of the room that there is.",
        )  # fmt: skip
    canvas = Image.new("L", (CANVAS_SIZE, CANVAS_SIZE))
    large = Image.fromarray(digit.image).resize((size, size), Image.Resampling.BICUBIC)
    room = CANVAS_SIZE - size
    canvas.paste(large, (round(room * right / 100), round(room * down / 100)))
    return np.asarray(canvas)
