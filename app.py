"""DigitScope: see a convolutional network read handwriting. Start it with `make run`."""

from pathlib import Path

import streamlit as st

from cnn_core.errors import DigitScopeError
from ui.frame.connection import send_at_once
from ui.frame.memory import give_memory_back_when_idle
from ui.frame.own_menu import open_by_app
from ui.frame.update import follow_updates
from ui.look.wording import as_markdown
from ui.visitor.address import one_message

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

page = st.navigation(
    {
        "Look inside": [
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
                "pages/convolution.py",
                title="Convolution",
                icon=":material/blur_linear:",
                help="A kernel slides over the digit, cell by cell, with its arithmetic beside it.",
            ),
            st.Page(
                "pages/pooling.py",
                title="Pooling",
                icon=":material/compress:",
                help="Each window hands on its largest value: what that keeps, and what it discards.",
            ),
            st.Page(
                "pages/moving.py",
                title="Moving",
                icon=":material/open_with:",
                help="Move the digit, and see in which layers the maps simply move along.",
            ),
            st.Page(
                "pages/layers.py",
                title="Layers",
                icon=":material/account_tree:",
                help="The whole network as one picture: choose any unit and take its number apart.",
            ),
        ],
        "Ask why": [
            st.Page(
                "pages/reasons.py",
                title="Reasons",
                icon=":material/search_insights:",
                help="Where in the digit the evidence for an answer is, by three methods.",
            ),
            st.Page(
                "pages/what_if.py",
                title="What if",
                icon=":material/tune:",
                help="Change the digit or switch feature maps off, and watch the probabilities.",
            ),
            st.Page(
                "pages/beside.py",
                title="Side by side",
                icon=":material/compare:",
                help="Two digits in the same layers: where they part, and where they become alike.",
            ),
            st.Page(
                "pages/neighbours.py",
                title="Neighbours",
                icon=":material/hub:",
                help="The training digits that the network finds most alike to the current one.",
            ),
            st.Page(
                "pages/units.py",
                title="Units",
                icon=":material/filter_center_focus:",
                help="What excites each feature map and unit most, and those that nothing excites.",
            ),
        ],
        "Train it": [
            st.Page(
                "pages/loss.py",
                title="Loss",
                icon=":material/speed:",
                help="How wrong an answer is, in one number: yours beside the network's.",
            ),
            st.Page(
                "pages/one_weight.py",
                title="One weight",
                icon=":material/moving:",
                help="One weight, its gradient, the step that it takes, and the loss after it.",
            ),
            st.Page(
                "pages/training.py",
                title="Training",
                icon=":material/model_training:",
                help="Set up a network, press Train, and watch it learn.",
            ),
            st.Page(
                "pages/runs.py",
                title="Runs",
                icon=":material/timeline:",
                help="Curves of trainings, one training moment by moment, and what curves teach.",
            ),
        ],
        "Write yourself": [
            st.Page(
                "pages/draw.py",
                title="Draw",
                icon=":material/draw:",
                help="Write a digit yourself and watch the network read it, stroke by stroke.",
            ),
            st.Page(
                "pages/preparation.py",
                title="Preparation",
                icon=":material/healing:",
                help="Why a drawing fails: each step of its preparation, on and off.",
            ),
        ],
        "Check it": [
            st.Page(
                "pages/evaluation.py",
                title="Evaluation",
                icon=":material/fact_check:",
                help="How often the network is right, and every test digit that it misreads.",
            ),
            st.Page(
                "pages/improvements.py",
                title="Improvements",
                icon=":material/trending_up:",
                help="From the baseline to the improved network, step by step, and what it gained.",
            ),
            st.Page(
                "pages/design.py",
                title="Design choices",
                icon=":material/architecture:",
                help="Networks without convolution, without ReLU, with one block: what each part earns.",
            ),
        ],
        "Background": [
            st.Page(
                "pages/glossary.py",
                title="Glossary",
                icon=":material/dictionary:",
                help="What each term means, and the pages on which one sees it.",
            ),
            st.Page(
                "pages/about.py",
                title="About",
                icon=":material/info:",
                help="Background, sources, licences and the versions in use.",
            ),
        ],
    },
    position="top",
    expanded=True,  # On a phone the menu folds into the sidebar, and would hide half of its pages.
)

open_by_app()
with one_message():
    try:
        page.run()
    except DigitScopeError as error:
        st.error(
            as_markdown(str(error)), title="This page cannot be shown", icon=":material/error:"
        )
