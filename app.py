"""DigitScope: see a convolutional network read handwriting. Start it with `make run`."""

from pathlib import Path

import streamlit as st

from cnn_core.errors import DigitScopeError
from ui.frame.connection import send_at_once
from ui.frame.memory import give_memory_back_when_idle
from ui.frame.own_menu import open_by_app
from ui.frame.pages import navigation
from ui.frame.path import show_place, show_way_on
from ui.frame.update import follow_updates
from ui.look.wording import as_markdown
from ui.visitor.address import one_step

HOME = Path(__file__).parent

send_at_once()
give_memory_back_when_idle()
follow_updates(HOME / "app.py", HOME / "pages", HOME / "ui", HOME / "cnn_core")
st.set_page_config(
    page_title="DigitScope",
    page_icon="ui/frame/icon.png",
    layout="wide",
    initial_sidebar_state="auto",
)
st.logo("ui/frame/logo.svg", size="large", icon_image="ui/frame/mark.svg")

page = st.navigation(
    navigation(),
    position="top",
    expanded=True,  # On a phone the menu folds into the sidebar, and would hide half of its pages.
)

open_by_app()
with one_step(page.url_path):
    show_place(page.url_path)
    try:
        page.run()
        show_way_on(page.url_path)
    except DigitScopeError as error:
        st.error(
            as_markdown(str(error)), title="This page cannot be shown", icon=":material/error:"
        )
