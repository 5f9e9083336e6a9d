"""The sidebar of every page: the model that reads, and the digit that is read."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.data.digit import mnist_digit, neighbour
from cnn_core.errors import StoreError
from cnn_core.findings.evaluation import mistakes
from cnn_core.recipe.config import HELD_OUT_IMAGES
from ui.look.colors import colour_pixels
from ui.look.gloss import meaning
from ui.look.model_words import model_label, shape_of_blocks
from ui.look.pictures import show
from ui.look.wording import a_digit, number, probability_in_words
from ui.shared.resources import activations, mnist, models, network, test_probabilities
from ui.visitor.current import choose_digit, choose_model, current_digit, current_model
from ui.visitor.owner import own_first
from ui.visitor.use_everywhere import offer_way_back

_TERMS = "\n\n".join(
    f"**{term.capitalize()}:** {meaning(term)}" for term in ("parameter", "filter", "padding")
)


def show_sidebar() -> None:
    """Show the model selector; the card of the current digit belongs below it."""
    with st.sidebar:
        known = models()
        # A browser finds its choice again by the label, which a new name or another model changes.
        choose_model(current_model().id)
        st.selectbox(
            "Model",
            own_first(known),
            key="model",
            format_func=lambda model_id: model_label(known[model_id]),
            help="Every page uses this network. The percentage is its validation accuracy: the share "
            f"of the {number(HELD_OUT_IMAGES)} training digits that were held out of its training "
            "which it reads right. It is there to choose by; how well the chosen one reads the test "
            "digits stands on the page Evaluation. Networks that you trained stand first.",
        )
        architecture = current_model().config.architecture
        st.caption(
            f"{number(architecture.parameters)} parameters · {shape_of_blocks(architecture)}",
            help=_TERMS,
        )


def show_digit_card() -> None:
    """Show the current digit in the sidebar, with the network's answer; once a run.

    Where a fragment shows it, the card follows what is done in that fragment.
    """
    with st.sidebar, st.container(key="digit-card", border=True):
        _digit_card()


def _digit_card() -> None:
    digit = current_digit()
    probabilities = activations(network(current_model().id), digit)["output"]
    answer = int(probabilities.argmax())
    written = "" if digit.label is None else f", written as {a_digit(digit.label)}"
    st.markdown(f"**{digit.title}**{written}")
    show(colour_pixels(digit.image), alt=f"{digit.title}: 28 by 28 pixels")
    st.markdown(f"Read as **{answer}** with {probability_in_words(probabilities[answer])}")
    if digit.is_drawing:  # It has no neighbours.
        offer_way_back(key="back-from-drawing")
    else:
        back, on = st.columns(2, gap="xsmall")
        back.button(
            "Previous",
            key="previous-digit",
            on_click=_move,
            args=(-1,),
            width="stretch",
        )
        on.button(
            "Next",
            key="next-digit",
            on_click=_move,
            args=(1,),
            width="stretch",
        )
    st.button(
        "Random",
        key="random-digit",
        icon=":material/casino:",
        on_click=_random,
        width="stretch",
    )
    st.button(
        "Random mistake",
        key="random-mistake",
        icon=":material/error:",
        on_click=_random_mistake,
        help="A test digit that this model reads wrongly.",
        width="stretch",
    )


def _move(distance: int) -> None:
    choose_digit(neighbour(current_digit(), distance, mnist()))


def _random() -> None:
    position = np.random.default_rng().integers(len(mnist().test))
    choose_digit(mnist_digit(mnist(), "test", int(position)))


def _random_mistake() -> None:
    test = mnist().test
    try:
        answers = test_probabilities(current_model().id)
    except StoreError:  # Somebody has just deleted it; the page that follows says so.
        return
    misread = mistakes(answers, test.labels)
    position = np.random.default_rng().choice(misread)
    choose_digit(mnist_digit(mnist(), "test", int(position)))
