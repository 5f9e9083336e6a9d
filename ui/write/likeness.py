"""Whether a picture looks like a digit to the network: a note, and the whole story."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from cnn_core.errors import ComputedError
from cnn_core.findings.neighbours import features
from cnn_core.findings.unlikely import (
    FALSE_ALARMS,
    KINDS,
    METHODS,
    OWN_DIGITS,
    Unlikely,
    load_unlikely,
)
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.recipe.config import HELD_OUT_IMAGES, TRAINABLE_IMAGES
from cnn_core.store.store import StoredModel
from ui.look.gloss import prose
from ui.look.wording import number, percent
from ui.shared.resources import BY_WEIGHTS, models
from ui.write.likeness_figure import distances_figure
from ui.write.likeness_tables import found_beyond, noticed_by_each


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=BY_WEIGHTS)
def unlikely(model: StoredModel) -> Unlikely | None:
    """The measure of a network; None where it was never measured. Raises ComputedError."""
    return load_unlikely(model)


def distance_of(measure: Unlikely, network: Network, image: NDArray[np.uint8]) -> float:
    """How far a digit, uint8 (28, 28), is from the nearest of the training digits that are kept."""
    return measure.distance(features(network, image[np.newaxis])[0])


def note_if_unlikely(model: StoredModel, penultimate: Array) -> None:
    """Say so, calmly, where a digit does not look like one to the network.

    penultimate: float32 (units,), what the last layer reads.
    """
    try:
        measure = unlikely(model)
    except ComputedError:
        return  # The page does without the note; /preparation says what is wrong.
    if measure is None:
        return
    distance = measure.distance(penultimate)
    if distance > measure.threshold:
        prose(
            ":material/help: **To the network this hardly looks like a digit.** Its distance from the "
            f"nearest of {number(len(measure.bank))} training digits is {number(distance, 2)}; "
            f"{percent(1 - _share_beyond(measure, measure.test))} of the [test digits] stay below "
            f"{number(measure.threshold, 2)}. The network has to name one of ten all the same."
        )
        st.page_link(
            "pages/preparation.py", label="Why, and how sure that is", icon=":material/healing:"
        )


def _share_beyond(measure: Unlikely, distances: Array) -> float:
    return measure.alarms(distances) / len(distances)


def show_likeness(model: StoredModel, network: Network, image: NDArray[np.uint8]) -> None:
    """How far a digit, uint8 (28, 28), is from training digits, and how far that can be trusted."""
    st.markdown(
        "The network has ten answers and no eleventh: a scribble is read as a digit too, often surely. But "
        "it can be seen how far a picture is from digits that the network learned from."
    )
    try:
        likeness = unlikely(model)
    except ComputedError as error:
        st.warning(str(error), icon=":material/warning:")
        return
    if likeness is None:
        st.info(
            "For this network nobody has measured which distance is too far. It is known for "
            f"{models()['baseline'].title} and {models()['improved'].title}; choose one of them in the "
            "sidebar.",
            icon=":material/help:",
        )
        return
    _show_distance(likeness, distance_of(likeness, network, image))
    _show_trust(likeness)


def _show_distance(likeness: Unlikely, distance: float) -> None:
    """A distance beside the threshold, and beside those of other pictures."""
    is_beyond = distance > likeness.threshold
    own = _share_beyond(likeness, likeness.others[OWN_DIGITS])
    prose(
        "This is the distance from its [penultimate] [activations], brought to length 1, to those of the "
        f"nearest of {number(len(likeness.bank))} training digits ([Sun et al. 2022]"
        "(https://arxiv.org/abs/2204.06507), k = 1). The network learned from "
        f"{number(TRAINABLE_IMAGES)}, and among all of these a nearer one may be."
    )
    prose(
        f"Its distance is **{number(distance, 3)}**, "
        + (
            f"beyond the threshold of {number(likeness.threshold, 3)}: **to the network this hardly "
            "looks like a digit**."
            if is_beyond
            else f"below the threshold of {number(likeness.threshold, 3)}: nothing unusual."
        )
        + f" The threshold was set where {percent(FALSE_ALARMS, 0)} of the {number(HELD_OUT_IMAGES)} "
        "digits that were [held out] of the training are beyond it. Those are digits of [MNIST]; of "
        f"digits drawn the way the letters below are, {percent(own)} are."
    )
    st.plotly_chart(
        distances_figure(likeness, distance),
        key="distances",
        config={"displayModeBar": False},
        alt=f"Distances of test digits and of pictures that are no digits; this one at "
        f"{number(distance, 2)}, the threshold at {number(likeness.threshold, 2)}",
    )


def _show_trust(likeness: Unlikely) -> None:
    """What the measure notices and what it misses, and how that was found out."""
    prose(
        "How far that can be trusted was measured with the 10,000 [test digits], and with pictures that "
        "were made to be no digits. **Silence proves nothing**: see how many pass."
    )
    st.table(
        pd.DataFrame(found_beyond(likeness)),
        border="horizontal",
        hide_index=True,
        alt="What was tried, how many pictures, and which share of them is beyond the threshold",
    )
    with st.expander("How these pictures were made, and the measure chosen"):
        st.markdown(
            "**Letters** and the digits to compare them with are single-stroke Hershey fonts, drawn with "
            "the round brush of the canvas, turned, sheared and shaken at random; letters shaped like a "
            "digit (O, l, Z, S, b, g, B and their like) are left out. **Scribbles** are one to three "
            "smooth curves through random points. **Halves** have the upper half of one MNIST digit and "
            "the lower half of another; two halves sometimes make a good digit. All of them went through "
            "the same preparation as a drawing.\n\n"
            f"{len(METHODS)} published measures were compared, each with the threshold that "
            f"{percent(FALSE_ALARMS, 0)} of the held-out digits exceed, on "
            f"{number(len(likeness.others[KINDS[0]]))} pictures of each kind that were made of other "
            "digits and other fonts than those above. The one that noticed most was taken:"
        )
        st.table(
            pd.DataFrame(noticed_by_each(likeness)),
            border="horizontal",
            hide_index=True,
            alt="Share noticed of each kind of picture, by each of four measures",
        )
