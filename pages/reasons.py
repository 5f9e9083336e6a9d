"""Reasons: where in the digit the evidence for an answer is, by three methods."""

import numpy as np
import streamlit as st

from cnn_core.findings.attribution import GradCam, Measure, grad_cam, input_times_gradient
from cnn_core.network.gradient import ties
from cnn_core.network.receptive_field import receptive_field
from ui.components.sum_table.sum_table import signed
from ui.frame.article import question, takeaway
from ui.look.gloss import prose
from ui.look.pictures import show
from ui.look.wording import a_digit, count, number, percent, probability_in_words
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.guess_first import guess_and_check
from ui.why.covering import Covering, judge_part, part_field, show_drops, show_lowest
from ui.why.evidence import (
    cells_picture,
    evidence_picture,
    framed_digit,
    occluded,
    parts_picture,
)
from ui.why.parts import parts_of

LARGEST_PATCH = 14
MOST_STRIDE = 7
MEASURES: tuple[Measure, ...] = ("probability", "logit")
MAPS_NAMED = 3

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
prose(
    f"The network gives the {asked} a probability of **{probability_in_words(probabilities[asked])}**; "
    f"its [logit], the sum before [softmax], is **{number(float(logits[asked]), 2)}**."
)


@st.fragment
def cover_parts() -> None:
    """Occlusion, with its settings; what it finds is to be guessed first."""
    st.header("What if a part were covered?")
    prose(
        "**[Occlusion] sensitivity** (Zeiler and Fergus, 2014) lays a square on the digit, place by "
        "place, and asks the network anew each time. Theirs was grey; this one is black, like the "
        "paper of these digits."
    )
    question_box = st.container()
    falls, settings, example = st.columns(3, gap="large")
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
        measure: Measure = choose_one(
            "Measured in",
            MEASURES,
            default="probability",
            key="occlusion-measure",
            persist_state="session",
            format_func=str.capitalize,
            help="The probability is what the ten digits share; the logit is the sum before "
            "softmax, which moves even where the probability is next to 0 or 1.",
        )
        st.caption(
            "Its limits: black is not neutral, it can make a new shape; and what two parts each say "
            "alone stays hidden, because while one is covered the other still says it. What counts "
            "only where both are there shows at either."
        )
    with st.spinner("Asking the network about every covered digit"):
        found = occluded(model.id, digit.name, digit.image, patch, stride)
    covering = Covering(digit.image, asked, found, measure)
    parts = parts_of(digit.image)
    with question_box:
        shown = guess_and_check(
            f"**Guess first.** Where would a black square of {patch}×{patch} pixels take most from "
            f"the {asked}?",
            part_field,
            lambda guessed: judge_part(guessed, covering, parts),
            key="occlusion-guess",
            about=f"{digit.name}-{model.id}-{asked}",
        )
    if not shown:
        with falls:
            show(
                parts_picture(digit.image, parts),
                alt="The digit, its ink parted by two lines across and two lines down",
                caption="The nine parts of the ink. What the network says to each is shown once you "
                "press Check",
            )
        return
    with falls:
        show_drops(covering)
    with example:
        show_lowest(covering)
    st.caption(
        f"{len(found.places)}×{len(found.places)} = {len(found.places) ** 2} places, as many "
        "answers of the network."
    )


@st.fragment
def follow_slopes() -> None:
    """Input × gradient."""
    st.header("What does each pixel add?")
    prose(
        "**Input × [gradient]** (Shrikumar et al., 2016) asks how steeply the logit rises or falls "
        "with each pixel, and multiplies that slope by the pixel. The slopes come from the [chain "
        "rule], backwards through all [layers], as in training."
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
        prose(
            "[ReLU] and [max pooling] only choose, so the logit is piecewise affine: around this image "
            f"it is slopes times pixels plus a constant, what the [biases] bring, {number(rest, 2)} "
            "here. All three together are the logit."
        )
        show_ties()
        st.caption(
            "Its limits: slopes hold only for tiny changes; of four cells max pooling hands the slope "
            "to the winner alone, so neighbouring pixels may disagree wildly; and a black pixel "
            "always gets 0, even where the missing ink decides."
        )


def show_ties() -> None:
    """Say how many pooling windows have no single winner, and what is done then."""
    tied, active = ties(trained, outputs)
    if tied:
        st.markdown(
            "Where two pieces meet, the slope to one side is not that to the other. This image sits on "
            f"such kinks: of the {number(active)} pooling windows that hold more than 0, "
            f"{number(tied)} hold their largest value more than once, over even paper or even ink. "
            "Here each of the equal ones is given an equal part of the slope; TensorFlow gives all "
            "of it to the first."
        )


@st.fragment
def find_cells() -> None:
    """Grad-CAM of a chosen convolution."""
    st.header("Which places speak for it?")
    prose(
        "**[Grad-CAM]** (Selvaraju et al., 2017) weighs each map of a [convolution] by how much the "
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
    unread = int(found.unread.sum())
    row, column = np.unravel_index(int(found.evidence.argmax()), found.evidence.shape)
    field = receptive_field(trained.architecture, layer, int(row), int(column))
    cells, sight, words = st.columns(3, gap="large")
    with cells:
        show(
            cells_picture(found),
            alt=f"Grad-CAM of {layer} for the {asked}: {rows} by {columns} cells, the largest is "
            f"{number(largest, 2)}"
            + (f"; {count(unread, 'cell')} that cannot reach the answer" if unread else ""),
            caption=f"{rows}×{columns} cells of {layer}, from 0 (dark) to {number(largest, 2)} "
            "(yellow)"
            + (f". Striped: {count(unread, 'cell')} without influence" if unread else ""),
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
        name_maps(found)
        st.caption(
            "Its limits: it is as coarse as the maps, it shows only what speaks for the digit, and "
            "averaging over a map forgets where in it the slope was steep. In early layers that "
            "matters a lot."
        )
    if unread:
        st.markdown(
            f"**Striped:** no later window leads from these {count(unread, 'cell')} to the answer. "
            "Whatever stands there, the network says the same, so it is no evidence. The published "
            "Grad-CAM does not ask; it lays the mean weights on all cells alike, and would find "
            f"{percent(found.beyond_reach, 0)} of its evidence for the {asked} there."
        )


def name_maps(found: GradCam) -> None:
    """The maps that add most to the evidence and those that take most away, silent ones left out."""
    adds = found.contributions
    order = np.argsort(-adds, kind="stable")
    most = [one for one in order[:MAPS_NAMED] if adds[one] > 0]
    least = [one for one in order[::-1][:MAPS_NAMED] if adds[one] < 0]
    raising, lowering = (
        ", ".join(f"map {one} ({signed(float(adds[one]), 3)})" for one in maps) or "no map"
        for maps in (most, least)
    )
    silent = int((found.means == 0).sum())
    prose(
        f"Most **for** the {asked}: {raising}. Most **against** it: {lowering}. In brackets: the "
        "map's [weight] times its mean, which is what it adds to a cell on average."
        + (f" {silent} of the {len(adds)} maps are silent and add nothing." if silent else "")
    )


cover_parts()
follow_slopes()
find_cells()
takeaway(
    "Each method is one question, and none is the reason itself. Where different methods point to "
    "the same place you may begin to believe them."
)
