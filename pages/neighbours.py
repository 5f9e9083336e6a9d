"""Neighbours: the training digits that the network finds most alike to the current one."""

import numpy as np
import streamlit as st

from cnn_core.arithmetic import Array
from cnn_core.digit import mnist_digit
from cnn_core.neighbours import all_features, features, nearest
from ui.article import question, takeaway
from ui.background import Job, kept_result
from ui.digit_grid import digit_grid
from ui.progress import follow
from ui.resources import mnist, network
from ui.visit import current_digit, current_model
from ui.wording import a_digit, number

SHOWN = 20
# Of each model some 30 MB; the last two that were asked for are kept.
MODELS_KEPT = 2

question(
    "What does the network find alike?",
    "Before its last layer the network has turned a digit into a list of numbers, the penultimate "
    "activations. Digits with similar lists are alike to it, whatever they look like to us. The "
    "training digits that come nearest to the current one explain many a strange answer.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
train = mnist().train
units = trained.architecture.dense_units


def start() -> None:
    """Read the training set beside the page."""
    st.session_state["features-job"] = Job(
        "features",
        model.id,
        all_features(trained, train.images),
        len(train),
        MODELS_KEPT,
    )


def show_nearest(every: Array) -> None:
    """The nearest training digits, with what their writers meant."""
    place = features(trained, digit.image[np.newaxis])[0]
    found = nearest(every, place, SHOWN)
    labels = train.labels[found.positions]
    counts = np.bincount(labels, minlength=10)
    most = int(counts.argmax())
    read = int(trained.predict(digit.image[np.newaxis])[0].argmax())
    st.subheader(f"The nearest {SHOWN} of {number(len(train))} training digits")
    st.markdown(
        f"**{counts[most]} of them were written as {a_digit(most)}**"
        + "".join(
            f", {counts[one]} as {a_digit(one)}"
            for one in np.argsort(-counts)
            if counts[one] and one != most
        )
        + f". The network reads {a_digit(read)}"
        + ("." if digit.label is None else f"; its writer meant {a_digit(digit.label)}.")
    )
    digit_grid(
        [mnist_digit(mnist(), "train", int(position)) for position in found.positions],
        [
            f"{label} · {number(float(distance), 2)}"
            for label, distance in zip(labels, found.distances, strict=True)
        ],
        key="neighbours",
    )
    st.caption(
        "Under each: what its writer meant, and its distance, the square root of the summed squared "
        f"differences of the {units} activations. Choose one to make it the current digit; its own "
        "nearest digit is then itself, at distance 0."
    )


every_feature = kept_result("features", model.id)
job: Job[Array] | None = st.session_state.get("features-job")
if job is not None and job.question != model.id:
    job.cancel()
    job = None
if every_feature is not None:
    # The job has the same features; it must not keep them when they are no longer wanted.
    st.session_state.pop("features-job", None)
    show_nearest(every_feature)
elif job is not None and job.is_running:
    follow(job, "training digits read", lambda: None)
else:
    st.button(
        f"Read the {number(len(train))} training digits",
        key="read-training",
        icon=":material/play_arrow:",
        on_click=start,
        type="primary",
    )
    st.caption(
        f"The {model.id} network reads all of them once, which takes about half a minute; you can go "
        "on using the page, and stop it. After that every digit has its neighbours at once, for all "
        "visitors."
    )

takeaway(
    "A network does not compare pixels. It compares what its layers made of them, and there a sloppy "
    "4 may well lie among the 9s."
)
