"""Neighbours: the training digits that the network finds most alike to the current one."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import mnist_digit
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import answers
from cnn_core.findings.neighbours import features, nearest_images
from cnn_core.findings.projection import GUIDES, Projection
from cnn_core.findings.votes import NEAREST
from cnn_core.network.arithmetic import Array
from ui.frame.article import question, takeaway
from ui.look.gloss import glossed, prose
from ui.look.wording import a_digit, number, percent
from ui.shared.resources import activations, mnist, models, network, test_probabilities
from ui.shared.training_features import TRAINING_DIGITS, training_features
from ui.visitor.current import choose_digit, current_digit, current_model
from ui.visitor.digits_to_choose import digits_to_choose
from ui.why.digit_map import digit_map, projection
from ui.why.votes import votes

BESIDE = 12

question(
    "What does the network find alike?",
    "Before its last [layer] the network has turned a digit into a list of numbers, the [penultimate] "
    "[activations]. Digits with similar lists are alike to it, whatever they look like to us. Who lies "
    "next to the current digit explains many a strange answer.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
units = trained.architecture.dense_units


def say_how_often_they_explain() -> None:
    """How often the neighbours of a misread digit have the label that the network gave it."""
    labels = mnist().test.labels
    told = []
    for name, found in votes().items():
        total, title = len(found.misread), models()[name].title
        answered, meant = answers(test_probabilities(name))[found.misread], labels[found.misread]
        agree, right = (int((found.commonest == each).sum()) for each in (answered, meant))
        told.append(
            f"for **{agree} of the {total}** ({percent(agree / total, 0)}) that {title} misreads; the "
            f"true label is the commonest for {right} ({percent(right / total, 0)})"
        )
    prose(
        f"How many, was counted for every test digit that is misread. Of its {NEAREST} nearest "
        f"training digits the commonest [label] is the network's answer {', and '.join(told)}."
    )


def place_on(laid_out: Projection) -> Array:
    """Where the current digit lies on a map, float32 (2,)."""
    if digit.name.startswith("test-"):
        point: Array = laid_out.points[int(digit.name.removeprefix("test-"))]
        return point
    return laid_out.locate(features(trained, digit.image[np.newaxis])[0])


def show_map(laid_out: Projection) -> None:
    """The map of the model, with the current digit on it."""
    only_mistakes = st.toggle("Show what was misread", key="map-mistakes")
    digit_map(
        laid_out.points,
        mnist().test.labels,
        answers(test_probabilities(model.id)),
        place_on(laid_out),
        digit.title,
        only_mistakes=only_mistakes,
        key="map",
        on_choice=lambda position: choose_digit(mnist_digit(mnist(), "test", position)),
    )
    prose(
        f"Each point is a [test digit][test digits], coloured by its [label]. The {units} activations of "
        "each were laid out in two dimensions by [t-SNE] "
        "([van der Maaten and Hinton, 2008](https://jmlr.org/papers/v9/vandermaaten08a.html)), which "
        "keeps together what lies together. **Near means alike; how far apart two distant groups lie, "
        "how large they are, and the axes mean little.** Choose a point to make it the current digit. "
        "The map was laid out ahead with scikit-learn, `python -m prepare.projection`."
    )
    if not digit.name.startswith("test-"):
        prose(
            f"{digit.title} is not one of the digits that were laid out. It is shown at the mean of "
            f"the points of the {GUIDES} [test digits] whose activations are nearest to its own, each "
            "weighted by one over its distance."
        )


def show_nearest_on_map(laid_out: Projection) -> None:
    """The test digits that lie beside the current one."""
    labels, answered = mnist().test.labels, answers(test_probabilities(model.id))
    nearby = laid_out.alike(place_on(laid_out), BESIDE)
    st.header(f"Nearest to {digit.title.lower()} on the map")
    digits_to_choose(
        [mnist_digit(mnist(), "test", int(position)) for position in nearby],
        [f"{labels[position]} → {answered[position]}" for position in nearby],
        key="map-neighbours",
    )
    st.caption(glossed("Under each: its [label] → what the network read. Choose one to go there."))


def show_nearest(rounded: NDArray[np.float16]) -> None:
    """The nearest training digits, with their labels."""
    train = mnist().train
    found = nearest_images(trained, train.images, rounded, digit.image, NEAREST)
    labels = train.labels[found.positions]
    counts = np.bincount(labels, minlength=10)
    most = int(counts.argmax())
    read = int(activations(trained, digit)["output"].argmax())
    st.markdown(
        f"Of the {NEAREST} nearest of {number(TRAINING_DIGITS)} training digits, "
        f"**{counts[most]} are labelled as {a_digit(most)}**"
        + "".join(
            f", {counts[one]} as {a_digit(one)}"
            for one in np.argsort(-counts)
            if counts[one] and one != most
        )
        + f". The network reads {a_digit(read)}"
        + ("." if digit.label is None else f"; its label is {digit.label}.")
    )
    digits_to_choose(
        [mnist_digit(mnist(), "train", int(position)) for position in found.positions],
        [
            f"{label} · {number(float(distance), 2)}"
            for label, distance in zip(labels, found.distances, strict=True)
        ],
        key="neighbours",
    )
    st.caption(
        "Under each: its label, and its distance, the square root of the summed squared "
        f"differences of the {units} activations. Choose one to make it the current digit; its own "
        "nearest digit is then itself, at distance 0."
    )


# Side by side on the first screen; on a phone the nearest digits come first.
alike, on_map = st.columns([2, 3], gap="large")
laid_out = projection(model.id) if model.id in COMPARED else None
with alike:
    st.header("The nearest training digits")
    every_feature = training_features(model)
    if every_feature is not None:
        show_nearest(every_feature)
    if laid_out is not None:
        show_nearest_on_map(laid_out)
with on_map:
    st.header("All test digits on a map")
    if laid_out is not None:
        show_map(laid_out)
    else:
        mapped = " and ".join(models()[name].title for name in COMPARED)
        st.info(
            f"A map takes minutes to lay out, so it was done ahead, for {mapped}. Choose one of them "
            "in the sidebar to see theirs. The nearest training digits are found for every network.",
            title=f"{model.title} has no map",
            icon=":material/map:",
        )

st.header("How often the nearest explain a mistake")
say_how_often_they_explain()
takeaway(
    "The network compares nothing and keeps no digit. This page does the comparing, with what the "
    "layers make of each digit, and there a sloppy 4 may well lie among the 9s."
)
