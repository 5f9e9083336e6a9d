"""From ten logits to ten probabilities, step by step, with a temperature to play with."""

from __future__ import annotations

import streamlit as st

from cnn_core.network.arithmetic import Array
from cnn_core.network.softmax_steps import softmax_steps
from ui.components.sum_table.sum_table import Term, Total, signed, terms
from ui.look.wording import number, percent, probability_in_words
from ui.visitor.guess_first import guess_and_check, whole_number_field

ASKED_TEMPERATURE = 5.0
# Percentage points that a guess may be off.
CLOSE = 5

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def softmax_table(logits: Array, unit: int) -> None:
    """Show softmax of ten logits term by term; the line of `unit` stands out."""
    st.subheader("From sums to probabilities: softmax")
    st.markdown(
        "The ten sums, called logits, can be any numbers. Softmax raises e ≈ 2.718 to the power of "
        "each, which makes all of them positive, and divides each by the sum of all ten."
    )
    _ask_about_temperature(logits)
    temperature = st.slider(
        "Experiment: temperature",
        0.25,
        10.0,
        1.0,
        0.25,
        key="temperature",
        persist_state="session",
        help="Every logit is divided by it before softmax. The network has no such setting: what "
        "it really computes is temperature 1.",
    )
    steps = softmax_steps(logits, temperature)
    if temperature != 1:
        st.warning(
            f"An experiment: with temperature {temperature:g} these are **not** the network's "
            "probabilities. Above 1 they even out, below 1 the largest gains on the others; their "
            "order stays.",
            icon=":material/science:",
        )
    exponent = "Logit z" if temperature == 1 else f"z ÷ {temperature:g}"
    terms(
        "Ten logits become ten probabilities",
        ["Digit", exponent, "e to that power", "Over the sum"],
        [
            Term(
                str(digit),
                float(steps.probabilities[digit]),
                (signed(float(steps.scaled[digit])), scientific(float(steps.powers[digit]))),
                probability_in_words(steps.probabilities[digit], 2),
                marked=digit == unit,
            )
            for digit in range(len(logits))
        ],
        [Total(f"Sum of all ten powers: {scientific(steps.total)}", percent(1.0, 0), strong=True)],
        key="softmax",
    )
    st.caption(
        "The program subtracts the largest logit from all ten first. That changes no quotient and "
        "keeps the powers from growing too large for a computer."
    )


def _ask_about_temperature(logits: Array) -> None:
    """What a temperature would make of the largest probability, to guess before the slider is moved."""
    digit = int(logits.argmax())
    now = float(softmax_steps(logits).probabilities[digit])
    then = float(softmax_steps(logits, ASKED_TEMPERATURE).probabilities[digit])
    guess_and_check(
        f"**Guess first.** With every logit divided by {ASKED_TEMPERATURE:g}, how many per cent would "
        f"the {digit} have? Now it has {probability_in_words(now)}.",
        lambda key: whole_number_field(key, 0, 100),
        lambda guessed: _judge(guessed, then),
        key="temperature-guess",
        # For other logits it is another question.
        about=f"{digit}-{now:.9f}-{then:.9f}",
    )


def _judge(guessed: int | None, then: float) -> None:
    look = f"Move the slider to {ASKED_TEMPERATURE:g} to see how."
    if guessed is None:
        st.info(f"It would have {probability_in_words(then)}. {look}")
    elif abs(guessed - 100 * then) <= CLOSE:
        st.success(
            f"Close: it would have {probability_in_words(then)}. {look}", icon=":material/check:"
        )
    else:
        st.error(
            f"Not {number(guessed)}\N{NO-BREAK SPACE}%: it would have {probability_in_words(then)}. {look}",
            icon=":material/close:",
        )


def scientific(value: float) -> str:
    """A positive number with four digits: `12.35`, `0.01235`, or `1.235 · 10⁸` beyond that."""
    if 0.001 <= value < 100_000:
        return number(value, max(0, 4 - len(str(int(value)))) if value >= 1 else 4)
    digits, power = f"{value:.3e}".split("e")
    return f"{digits} · 10{str(int(power)).translate(_SUPERSCRIPTS)}"
