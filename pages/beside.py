"""Side by side: two digits in the same layers, where they part and where they become alike."""

import math

import streamlit as st

from cnn_core.data.digit import Digit
from cnn_core.findings.alike import EVERY, LayerOfTwo, Pairs, side_by_side
from ui.components.probability_bars.probability_bars import probability_bars
from ui.frame.article import question, takeaway
from ui.look.gloss import prose
from ui.look.wording import a_digit, number, percent
from ui.shared.resources import activations, mnist, models, network
from ui.visitor.current import DEFAULT_MODEL, current_digit, current_model
from ui.visitor.filter_choice import choose_layer
from ui.visitor.guess_first import guess_first
from ui.visitor.looked_at import follow_looked_at
from ui.visitor.second_digit import choose_second, follow_second, second_digit
from ui.why.alike import (
    layer_in_words,
    likeness_figure,
    likeness_in_words,
    pairs_of,
    parting_in_words,
    table_of_likeness,
)
from ui.why.two_maps import show_layer, show_three

GUESSES = {
    "In half of the cases, as by chance": 0.5,
    "In three of four": 0.75,
    "In nine of ten": 0.9,
    "Always": 1.0,
}

question(
    "Where do two digits part?",
    "The current digit and a second one, in the same [layers][layer]. The line says how alike each layer "
    "finds them: their [cosine similarity].",
)
model = current_model()
trained = network(model.id)
first = current_digit()
of_first = activations(trained, first)
follow_second(int(of_first["output"].argmax()))
second = second_digit()
of_second = activations(trained, second)
layers = side_by_side(trained.architecture, of_first, of_second)
pairs = pairs_of(model)


def show_two() -> None:
    """Both digits and what to compare with, then the line from layer to layer, and both answers."""
    pictures, choice = st.columns(2, gap="medium", vertical_alignment="center")
    with pictures:
        show_three(
            layers["rescaling"],
            0,
            "The pixels",
            (in_caption(first), in_caption(second), "First less second"),
        )
    with choice:
        choose_second(int(of_first["output"].argmax()))
    line, answers = st.columns([6, 5], gap="medium")
    with line:
        st.plotly_chart(
            likeness_figure(layers, pairs),
            key="likeness",
            config={"displayModeBar": False},
            alt=likeness_in_words(layers),
        )
        st.markdown(said())
    with answers, st.grid(2, min_column_width=140, gap="medium"):
        for outputs, which in ((of_first, "First"), (of_second, "Second")):
            with st.container(gap="xsmall"):
                st.caption(f"{which}: read as {a_digit(int(outputs['output'].argmax()))}")
                probability_bars(outputs["output"], key=f"{which.lower()}-probabilities")


def in_caption(digit: Digit) -> str:
    """What a digit is called below its picture."""
    return digit.title if digit.label is None else f"{digit.title}, {a_digit(digit.label)}"


def said() -> str:
    """Where the two part, or why that cannot be said."""
    if first.name == second.name:
        return "This is one digit twice: every layer finds it equal to itself. Choose another beside it."
    if pairs is None:
        return (
            "How alike other pairs are was measured for the networks that come with the app, and not for "
            f"{model.title}: there is the line alone."
        )
    if any(math.isnan(two.alike) for two in layers.values()):
        return "Where a layer is 0 everywhere for one of the two, nothing can be said of how alike they are."
    return parting_in_words(layers, pairs)


@st.fragment
def show_one_layer() -> None:
    """One layer of both, the strongest differences first; choosing reruns only this part of the page."""
    st.header("What one layer makes of both")
    shapes = {name: (*(1, 1, 1), *two.layer.output_shape)[-3:] for name, two in layers.items()}
    follow_looked_at(shapes, first=trained.architecture.convolutions[-1])
    chosen: LayerOfTwo = layers[choose_layer("Layer", shapes, layer_in_words)]
    if chosen.largest == 0:
        st.info(f"{chosen.layer.name} is 0 everywhere for both.")
        return
    show_layer(chosen)


def show_all_pairs(measured: dict[str, Pairs]) -> None:
    """The guess about all other pairs, and what was counted of them."""
    st.header("And all other pairs?")
    told = measured["rescaling"].told_apart
    right = min(GUESSES, key=lambda guess: abs(GUESSES[guess] - told))
    if not guess_first(
        "Take two [test digits] of one class, and two of different classes. By their pixels alone, how often "
        "are the two of one class the more alike?",
        list(GUESSES),
        right,
        key="beside-pairs",
    ):
        return
    prose(
        f"All pairs of {number(len(mnist().test) // EVERY)} test digits, every fifth, were compared. For "
        "each layer: how alike these two are, from what to what the middle 80 % of either kind of pair "
        "are, and how often a pair of one class is more alike than a pair of two."
    )
    st.markdown(table_of_likeness(layers, measured))


show_two()
show_one_layer()
if pairs is not None:
    show_all_pairs(pairs)


def takeaway_of(title: str, measured: dict[str, Pairs]) -> None:
    """What was measured of all pairs, in two sentences."""
    takeaway(
        "By their pixels, two digits of one class are more alike than two of different classes in "
        f"{percent(measured['rescaling'].told_apart)} of the cases; by what the [dense layer] of "
        f"{title} makes of them, in {percent(measured['dense'].told_apart)}. That layer has sorted them; the "
        "last one only has to name them."
    )


if pairs is None or math.isnan(pairs["dense"].told_apart):
    takeaway_of(models()[DEFAULT_MODEL].title, pairs_of(models()[DEFAULT_MODEL]) or {})
else:
    takeaway_of(model.title, pairs)
