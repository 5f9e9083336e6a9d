"""DigitScope: see a convolutional network read handwriting. Start it with `make run`."""

import streamlit as st

from cnn_core.errors import DigitScopeError
from ui.sidebar import show_sidebar
from ui.visit import follow_address

st.set_page_config(
    page_title="DigitScope",
    page_icon="ui/icon.png",
    layout="wide",
    initial_sidebar_state="auto",
)

page = st.navigation(
    [
        st.Page(
            "pages/overview.py",
            title="Overview",
            icon=":material/home:",
            default=True,
            help="One digit on its way through all eleven layers, to the network's answer.",
        ),
        st.Page(
            "pages/dataset.py",
            title="Dataset",
            icon=":material/grid_view:",
            help="The 70,000 handwritten digits of MNIST: browse them, and choose one to follow.",
        ),
        st.Page(
            "pages/draw.py",
            title="Draw",
            icon=":material/draw:",
            help="Write a digit yourself and watch the network read it, stroke by stroke.",
        ),
        st.Page(
            "pages/about.py",
            title="About",
            icon=":material/info:",
            help="Background, sources, licences and the versions in use.",
        ),
    ]
)

try:
    follow_address()
    show_sidebar()
    page.run()
except DigitScopeError as error:
    st.error(str(error), title="This page cannot be shown", icon=":material/error:")
