"""Reasons: where in the digit the evidence for an answer is, by three methods."""

import numpy as np
import streamlit as st

from cnn_core.findings.attribution import Occlusion, grad_cam, input_times_gradient
from cnn_core.network.receptive_field import Field, Span, receptive_field
from ui.frame.article import question, takeaway
from ui.look.colors import colour_activations
from ui.look.pictures import show
from ui.look.wording import a_digit, number, percent
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.why.evidence import evidence_picture, framed_digit, occluded

LARGEST_PATCH = 14
MOST_STRIDE = 7

question(
    "Why this answer?",
    "A network gives no reasons. But we can ask which parts of the digit its answer hangs on, in "
    "three ways that each answer a slightly different question. Ask for any digit: also why it is "
    "**not** a 9.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
outputs = activations(trained, digit)
probabilities = outputs["output"]
logits = trained.logits(digit.image[np.newaxis])[0]
answer = int(probabilities.argmax())

asked: int = choose_one(
    "Evidence for",
    range(10),
    default=answer,
    # For another digit the question starts over with its answer.
    key=f"evidence-for-{digit.name}-{model.id}",
    format_func=lambda one: f"{one}, the answer" if one == answer else str(one),
)
st.markdown(
    f"The network gives the {asked} a probability of **{percent(float(probabilities[asked]))}**; "
    f"its logit, the sum before softmax, is **{number(float(logits[asked]), 2)}**."
)


@st.fragment
def cover_parts() -> None:
    """Occlusion, with its two settings."""
    st.header("What if a part were covered?")
    st.markdown(
        "**Occlusion sensitivity** (Zeiler and Fergus, 2014) lays a black square on the digit, place "
        "by place, and asks the network anew each time."
    )
    settings, falls, example = st.columns(3, gap="large")
    with settings:
        patch = st.slider(
            "Patch size",
            1,
            LARGEST_PATCH,
            6,
            key="patch",
            persist_state="session",
            help="Rows and columns of the black square.",
        )
        stride = st.slider(
            "Stride",
            1,
            MOST_STRIDE,
            2,
            key="patch-stride",
            persist_state="session",
            help="Pixels from one place of the square to the next: smaller is finer and slower.",
        )
        st.caption(
            "Its limits: black is not neutral, it can make a new shape; and what two parts say only "
            "together stays hidden, because they are never covered together."
        )
    with st.spinner("Asking the network about every covered digit"):
        result = occluded(model.id, digit.name, digit.image, patch, stride)
    with falls:
        show_drops(result)
    with example:
        show_lowest(result, patch)
    st.caption(
        f"{len(result.places)}×{len(result.places)} = {len(result.places) ** 2} places, as many "
        "answers of the network."
    )


def show_drops(result: Occlusion) -> None:
    """How far the probability falls on average while a pixel is covered."""
    drops = result.drops[..., asked]
    largest = float(np.abs(drops).max())
    show(
        evidence_picture(drops, digit.image, largest),
        alt=f"Occlusion map for the {asked}: the largest mean drop is "
        f"{percent(max(float(drops.max()), 0.0))}",
        caption=f"Mean drop of the probability of the {asked} while a pixel is covered, from "
        f"{number(-largest, 3)} (orange: covering helps the {asked}) to {number(largest, 3)} "
        "(blue: it hurts)",
    )


def show_lowest(result: Occlusion, patch: int) -> None:
    """The digit with the square, `patch` pixels wide, where it lowers the probability most."""
    row, column = np.unravel_index(
        int(result.covered[..., asked].argmin()), result.covered.shape[:2]
    )
    top, left = result.places[int(row)], result.places[int(column)]
    lowest = result.covered[row, column]
    covered = digit.image.copy()
    covered[top : top + patch, left : left + patch] = 0
    show(
        framed_digit(covered, Field(Span(top, top + patch - 1), Span(left, left + patch - 1))),
        alt=f"The digit with rows {top} to {top + patch - 1}, columns {left} to "
        f"{left + patch - 1} covered",
        caption=f"Covered here, the {asked} has its lowest probability: "
        f"{percent(float(lowest[asked]))}. The network then reads {a_digit(int(lowest.argmax()))}",
    )


@st.fragment
def follow_slopes() -> None:
    """Input × gradient."""
    st.header("What does each pixel add?")
    st.markdown(
        "**Input × gradient** (Shrikumar et al., 2016) asks how steeply the logit rises or falls "
        "with each pixel, and multiplies that slope by the pixel. The slopes come from the chain "
        "rule, backwards through all layers, as in training."
    )
    values = input_times_gradient(trained, outputs, asked)
    largest = float(np.abs(values).max())
    picture, words = st.columns([1, 2], gap="large")
    with picture:
        show(
            evidence_picture(values, digit.image, largest),
            alt=f"Input times gradient for the {asked}: from {number(float(values.min()), 2)} to "
            f"{number(float(values.max()), 2)}",
            caption=f"Pixel · slope, from {number(-largest, 2)} (orange: against the {asked}) to "
            f"{number(largest, 2)} (blue: for it)",
        )
    with words:
        raising, lowering = float(values[values > 0].sum()), float(values[values < 0].sum())
        with st.grid(3, min_column_width=150):
            st.metric(f"Pixels for the {asked} add", number(raising, 2), border=True)
            st.metric("Pixels against it add", number(lowering, 2), border=True)
            st.metric("Its logit", number(float(logits[asked]), 2), border=True)
        rest = float(logits[asked]) - raising - lowering
        st.markdown(
            "Around this image the network is a straight line: slopes times pixels, plus a "
            f"constant. The constant is what the biases bring, {number(rest, 2)} here, and all "
            "three together are the logit."
        )
        st.caption(
            "Its limits: slopes hold only for tiny changes, so neighbouring pixels may disagree "
            "wildly; and a black pixel always gets 0, even where the missing ink decides."
        )


@st.fragment
def find_cells() -> None:
    """Grad-CAM of a chosen convolution."""
    st.header("Which places speak for it?")
    st.markdown(
        "**Grad-CAM** (Selvaraju et al., 2017) weighs each map of a convolution by how much the "
        "logit would rise with it, adds the maps up, and keeps what is above 0."
    )
    convolutions = trained.architecture.convolutions
    layer: str = choose_one(
        "Convolution",
        convolutions,
        default=convolutions[-1],
        key="cam-layer",
        persist_state="session",
    )
    found = grad_cam(trained, outputs, asked, layer)
    rows, columns = found.evidence.shape
    largest = float(found.evidence.max())
    row, column = np.unravel_index(int(found.evidence.argmax()), found.evidence.shape)
    field = receptive_field(trained.architecture, layer, int(row), int(column))
    cells, sight, words = st.columns(3, gap="large")
    with cells:
        show(
            colour_activations(found.evidence, largest),
            alt=f"Grad-CAM of {layer} for the {asked}: {rows} by {columns} cells, the largest is "
            f"{number(largest, 2)}",
            caption=f"{rows}×{columns} cells of {layer}, from 0 (dark) to {number(largest, 2)} "
            "(yellow)",
        )
    with sight:
        if largest > 0:
            show(
                framed_digit(digit.image, field),
                alt=f"The digit; the brightest cell sees rows {field.rows.first} to "
                f"{field.rows.last}, columns {field.columns.first} to {field.columns.last}",
                caption="Framed: all that the brightest cell can see",
            )
        else:
            st.info(f"Nothing in {layer} speaks for {a_digit(asked)}: all sums are 0 or below.")
    with words:
        strongest = np.argsort(-np.abs(found.weights))[:3]
        st.markdown(
            "The maps that count most: "
            + ", ".join(
                f"map {int(one)} (weight {number(float(found.weights[one]), 3)})"
                for one in strongest
            )
            + "."
        )
        st.caption(
            "Its limits: it is as coarse as the maps, it shows only what speaks for the digit, and "
            "averaging over a map forgets where in it the slope was steep. In early layers that "
            "matters a lot."
        )


cover_parts()
follow_slopes()
find_cells()
takeaway(
    "Each method is one question, and none is the reason itself. Where different methods point to "
    "the same place you may begin to believe them."
)
