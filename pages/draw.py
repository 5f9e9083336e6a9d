"""Draw: a visitor writes a digit and watches the network read it."""

import numpy as np
import streamlit as st
from streamlit_drawable_canvas import st_canvas

from cnn_core.drawing import ink_of_canvas, prepare_drawing
from ui.article import question, takeaway
from ui.colors import colour_pixels
from ui.drawing import (
    CANVAS_SIZE,
    keep_drawing,
    kept_drawing,
    put_current_digit,
    put_on_canvas,
    put_random_test_digit,
    undo_stroke,
    use_everywhere,
)
from ui.pictures import digit_with_centre, ink_with_box, show
from ui.probability_bars import probability_bars
from ui.resources import network
from ui.visit import current_model
from ui.wording import a_digit, answer_in_words, number, percent

question(
    "Can the network read your handwriting?",
    "Draw a digit from 0 to 9, as large and wherever you like. The network reads it after every "
    "stroke. Try to turn a 1 into a 2 stroke by stroke, and see when it changes its mind.",
)


@st.fragment
def draw_and_read() -> None:
    """The canvas and what follows from it; a stroke reruns only this part of the page."""
    paper, reading = st.columns([1, 1], gap="large")
    with paper:
        sheet = st.container()
        with st.container(horizontal=True, gap="small"):
            st.button("Undo", key="undo", icon=":material/undo:", on_click=undo_stroke)
            st.button("Clear", key="clear", icon=":material/delete:", on_click=put_on_canvas)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            tool = st.segmented_control(
                "Tool", ["Pen", "Eraser"], default="Pen", key="tool", required=True
            )
            width = st.slider("Brush width", 6, 40, 20, 2, key="brush-width", width=150)
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
            canvas = st_canvas(
                stroke_width=width,
                stroke_color="#FFFFFF" if tool == "Pen" else "#000000",
                background_color="#000000",
                width=CANVAS_SIZE,
                height=CANVAS_SIZE,
                initial_drawing=kept_drawing(),
                return_image_data=True,
                key="canvas",
            )
    rgba = keep_drawing(canvas)
    prepared = None if rgba is None else prepare_drawing(ink_of_canvas(rgba))
    with reading, st.container(key="prediction"):
        if prepared is None:
            st.header("Nothing to read yet")
            st.markdown(
                "Draw on the black square with the mouse, a pen or a finger. "
                "Without any of these, put a test digit on it."
            )
            return
        probabilities = network(current_model().id).predict(prepared.digit[np.newaxis])[0]
        answer = int(probabilities.argmax())
        st.header(f"The network reads {a_digit(answer)}, {percent(float(probabilities[answer]))}")
        probability_bars(probabilities, key="draw-probabilities")
        st.markdown(answer_in_words(probabilities))
        st.button(
            "Use this drawing everywhere",
            key="use-drawing",
            icon=":material/share:",
            on_click=use_everywhere,
            args=(prepared.digit,),
            help="It becomes the current digit on every page, and travels in the address.",
        )

    st.header("What the network really receives")
    st.markdown(
        "It was trained on digits that were all prepared in one way, so your drawing is prepared in "
        "the same way first. The last picture is all that the network ever sees."
    )
    top, bottom, left, right = prepared.box
    rows, columns = prepared.scaled.shape
    with st.grid(3, min_column_width=200):
        with st.container():
            show(ink_with_box(prepared), alt="The canvas with a frame around its ink")
            st.markdown(
                f"**1. Find the ink.** The smallest box around it has "
                f"{number(bottom - top)} rows and {number(right - left)} columns."
            )
        with st.container():
            show(
                colour_pixels(prepared.scaled),
                alt=f"The ink scaled to {rows} rows and {columns} columns",
            )
            st.markdown(
                f"**2. Fit it into 20 × 20.** The longer side becomes 20 pixels, the aspect ratio "
                f"stays: {rows} × {columns}."
            )
        with st.container():
            show(
                digit_with_centre(prepared.digit),
                alt="The 28 by 28 pixels that the network receives, their middle marked by a cross",
            )
            row, column = prepared.corner
            st.markdown(
                f"**3. Centre its mass.** The top-left goes to row {row}, column {column} of "
                "28 × 28, so that the ink balances on the middle."
            )


draw_and_read()
takeaway(
    "The network never sees a pen or a stroke, only 784 numbers. When it misreads you, look at the "
    "last picture: often the digit was lost there."
)
