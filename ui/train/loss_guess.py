"""“What do you read, and how sure are you?”: an answer in per cent, scored beside the network's."""

from __future__ import annotations

import math

import streamlit as st

from cnn_core.data.dataset import CLASSES
from cnn_core.data.digit import Digit
from cnn_core.network.arithmetic import Array
from ui.look.colors import ACCENT, RUN_COLOURS, colour_pixels
from ui.look.pictures import show
from ui.look.wording import a_digit, answer_in_words, number, percent
from ui.train.loss_figures import Answer, loss_curve

_SHOWN = "loss-shown"
_FIRST_SURE = 90
NETWORK, YOU = "The network, here", "You, here"
YOURS, OTHERS = RUN_COLOURS[0], RUN_COLOURS[3]


def share_of(digit: int, read: int, sure: float) -> float:
    """The probability that somebody gives a digit who reads one with this confidence, 0 to 1.

    What is left goes to the nine others in equal parts.
    """
    return sure if digit == read else (1 - sure) / (CLASSES - 1)


def score_guess(digit: Digit, probabilities: Array, model_id: str, right: Answer) -> None:
    """Ask what a visitor reads in a digit that has a label, then show both losses on one curve.

    probabilities: what the network of the model says of it, float32 (10,).
    right: the network's answer to a digit that it reads well, to compare with.
    """
    assert digit.label is not None
    question = (digit.name, model_id)
    is_shown = st.session_state.get(_SHOWN) == question
    picture, asked = st.columns([3, 8], gap="large")
    with picture, st.container(width=200):
        show(colour_pixels(digit.image), alt="A handwritten digit: 28 by 28 pixels")
    with asked:
        read, sure = _ask(digit, question)
        answers = _answers(digit.label, probabilities, read, sure, right, is_shown=is_shown)
        if is_shown:
            st.markdown(f"{answer_in_words(probabilities)} {_costs(digit.label, answers)}")
        drawn = [answer for answer in answers if answer.share > 0]
        st.plotly_chart(
            loss_curve(drawn),
            key="loss-curve",
            config={"displayModeBar": False},
            alt="The curve of minus the logarithm of p"
            + "".join(f"; {each.name}: {number(each.loss, 3)} nats" for each in drawn),
        )
        if len(drawn) < len(answers):
            st.caption("A loss without bound has no place on the curve.")


def _answers(
    label: int,
    probabilities: Array,
    read: int | None,
    sure: float,
    right: Answer,
    *,
    is_shown: bool,
) -> list[Answer]:
    """The points on the curve: what a guess may cost, and after a look what each answer does."""
    if is_shown:
        network = Answer(NETWORK, float(probabilities[label]), ACCENT, "x")
        if read is None:
            return [network, right]
        return [network, right, Answer(YOU, share_of(label, read, sure), YOURS, "diamond")]
    if read is None:
        return []
    return [
        Answer(f"You, if it is {a_digit(read)}", sure, YOURS, "diamond"),
        Answer("You, if it is another digit", share_of(-1, read, sure), YOURS, "diamond-open"),
    ]


def _ask(digit: Digit, question: tuple[str, str]) -> tuple[int | None, float]:
    """The widgets; which digit a visitor reads, if any, and with how much confidence, 0 to 1."""
    read = st.pills("What do you read?", range(CLASSES), key=f"loss-read-{digit.name}")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        sure = st.slider(
            "How sure are you?",
            10,
            100,
            _FIRST_SURE,
            key="loss-sure",
            format="%d %%",
            persist_state="session",
            width=260,
            help="What is left goes to the nine other digits in equal parts.",
        )
        st.button("Look", key="loss-look", type="primary", on_click=_look, args=(question,))
    return read, sure / 100


def _look(question: tuple[str, str]) -> None:
    st.session_state[_SHOWN] = question


def _costs(label: int, answers: list[Answer]) -> str:
    """What it is, and what the answers to it cost, as Markdown."""
    gave = {NETWORK: "the network gives", YOU: "you give"}
    costs = [
        f"{gave[answer.name]} the {label} a probability of {percent(answer.share)}, "
        f"{in_nats(answer.share)}"
        for answer in answers
        if answer.name in gave
    ]
    return f"It was written as {a_digit(label, bold=True)}: {'; '.join(costs)}."


def in_nats(share: float) -> str:
    """The loss of a probability, with how it comes about: `−ln 0.8000 = **0.223**`."""
    if share <= 0:
        return "−ln 0, a loss without bound"
    # Small shares need digits that large ones do not have.
    written = f"{share:.4f}" if share >= 0.001 else f"{share:.2g}"
    return f"−ln {written} = **{number(-math.log(share), 3)}**"
