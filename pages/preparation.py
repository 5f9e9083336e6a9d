"""Preparation: what becomes of a drawing before the network sees it, and why that may go wrong."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.findings.neighbours import nearest_images
from cnn_core.images.diagnosis import each_stage_left_out, measure
from cnn_core.images.drawing import FULL, PreparedDrawing, prepare_drawing
from cnn_core.network.arithmetic import Array
from ui.components.probability_bars.probability_bars import probability_bars
from ui.frame.article import question, takeaway
from ui.look.answer_change import answer_change
from ui.look.gloss import prose
from ui.look.wording import a_digit, answer_in_words, number
from ui.shared.resources import mnist, network
from ui.shared.training_features import training_features
from ui.visitor.current import current_digit, current_model
from ui.visitor.digits_to_choose import digits_to_choose
from ui.write.canvas import offer_everywhere
from ui.write.handwriting import Handwriting, choose_handwriting
from ui.write.left_out import left_out_card
from ui.write.likeness import show_likeness
from ui.write.preparation import TITLES, WITHOUT, filmstrip, what_is_measured, what_stages_do

SHOWN = 10

question(
    "Why did my drawing fail?",
    "Between your hand and the network lie five steps that make a drawing look like the digits it was "
    "trained on. Switch them off one by one and see what the network would have made of it, then see "
    "what can be measured on the drawing itself.",
)

model = current_model()
trained = network(model.id)
handwriting = choose_handwriting()
full = prepare_drawing(handwriting.picture, dark_ink=handwriting.dark_ink)
before = None if full is None else trained.predict(full.image[np.newaxis])[0]


@st.fragment
def switch_stages(shown: Handwriting) -> None:
    """The film of all stages with their switches; only this part of the page follows a switch."""
    st.header("What each step makes of it")
    preparation = filmstrip(shown)
    prepared = prepare_drawing(shown.picture, preparation, dark_ink=shown.dark_ink)
    with st.container(key="prediction"):
        whole, switched = st.columns(2, gap="large")
    with whole:
        st.subheader("With all five steps")
        if before is None:
            st.markdown("There is no ink to read.")
        else:
            st.markdown(answer_in_words(before))
            probability_bars(before, key="full-probabilities")
    with switched:
        st.subheader("With your switches")
        if prepared is None or before is None:
            st.markdown("Nothing is left for the network to read.")
        else:
            after = trained.predict(prepared.image[np.newaxis])[0]
            st.markdown(
                "All five are on: this is the same answer."
                if preparation == FULL
                else answer_change(before, after)
            )
            probability_bars(after, key="switched-probabilities")


switch_stages(handwriting)


def explain(shown: Handwriting, full: PreparedDrawing, before: Array) -> None:
    """What may have gone wrong with a drawing that has ink."""
    show_stages_left_out(shown, full, before)
    st.header("What can be measured on it")
    prose("\n".join(f"- {sentence}" for sentence in what_is_measured(measure(full))))
    if not shown.is_pasted and not np.array_equal(full.image, current_digit().image):
        offer_everywhere(full.image)

    st.header("Does it look like a digit at all?")
    show_likeness(model, trained, full.image)
    show_nearest(full.image, int(before.argmax()))


def show_stages_left_out(shown: Handwriting, full: PreparedDrawing, before: Array) -> None:
    """What the network would have read without each of the stages."""
    answer = int(before.argmax())
    st.header("Each step left out alone")
    left_out = each_stage_left_out(shown.picture, trained, dark_ink=shown.dark_ink)
    st.markdown("\n".join(f"- {sentence}" for sentence in what_stages_do(left_out, answer)))
    # Cards, not a table: a phone has no room for its columns.
    with st.grid(3, min_column_width=260):
        left_out_card("Nothing left out", "All five steps are done.", full.image, before, answer)
        for each in left_out:
            unchanged = each.prepared is not None and not each.changed
            left_out_card(
                f"{TITLES[each.stage]}: left out",
                "Nothing changes here." if unchanged else WITHOUT[each.stage],
                None if each.prepared is None else each.prepared.image,
                each.probabilities,
                answer,
            )


def show_nearest(image: NDArray[np.uint8], answer: int) -> None:
    """The training digits that are nearest to a prepared drawing, uint8 (28, 28), to the network."""
    st.header("The nearest training digits")
    every = training_features(model)
    if every is not None:
        train = mnist().train
        found = nearest_images(trained, train.images, every, image, SHOWN)
        labels = train.labels[found.positions]
        st.markdown(
            f"To the network, these {SHOWN} of the training digits are most like it. "
            f"It reads {a_digit(answer)}; of these, {int((labels == answer).sum())} were written as one."
        )
        digits_to_choose(
            [drawn_digit(image)]
            + [mnist_digit(mnist(), "train", int(position)) for position in found.positions],
            ["this one"]
            + [
                f"{label} · {number(float(far), 2)}"
                for label, far in zip(labels, found.distances, strict=True)
            ],
            key="nearest-training",
        )
        st.caption(
            "Under each: its label, and the distance of its penultimate activations, not "
            "brought to length 1. Choose one to make it the current digit."
        )


if full is None or before is None:
    st.info("There is no ink in this picture. Draw a digit first.", icon=":material/draw:")
    st.page_link("pages/draw.py", label="Draw or photograph one", icon=":material/draw:")
else:
    explain(handwriting, full, before)
takeaway(
    "Half of reading is bringing what was written into the form that was learned. A network that fails "
    "on your drawing may never have been shown it: only what the preparation left of it."
)
