"""The canvas of the draw page, and nothing done with a drawing but counting its strokes."""

import streamlit as st
from streamlit_drawable_canvas import st_canvas

if st.button("Clear", key="clear"):
    st.session_state["edition"] = st.session_state.get("edition", 0) + 1

canvas = st_canvas(
    stroke_width=20,
    stroke_color="#FFFFFF",
    background_color="#000000",
    width=280,
    height=280,
    initial_drawing={"objects": [], "edition": st.session_state.get("edition", 0)},
    return_image_data=True,
    key="canvas",
)
drawing = canvas.json_data or {"objects": []}
with st.container(key="prediction"):
    st.header(f"Strokes: {len(drawing['objects'])}")
