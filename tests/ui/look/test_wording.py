"""Numbers are worded so that they read well and claim nothing that is not so."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import MOST_QUOTED, quoted
from ui.look.wording import (
    a_digit,
    answer_in_words,
    as_markdown,
    count,
    duration,
    number,
    percent,
    probability_in_words,
    shape,
    significant,
)


@pytest.mark.parametrize(
    ("value", "decimals", "worded"),
    [
        (1234.5, 1, "1,234.5"),
        (-0.25, 2, "−0.25"),
        (60_000, 0, "60,000"),
        (-1234, 0, "−1,234"),
        (-0.004, 2, "0.00"),
        (-0.006, 2, "−0.01"),
        (-0.0, 0, "0"),
    ],
)
def test_number(value: float, decimals: int, worded: str) -> None:
    """Thousands are separated and the minus is a real one."""
    assert number(value, decimals) == worded


@given(st.floats(0, 1))
def test_percent_never_claims_certainty(share: float) -> None:
    """Only 1 is shown as 100 %, only 0 as 0 %."""
    worded = percent(share)

    assert worded.startswith("100.0") == (share == 1)
    assert worded.startswith("0.0") == (share == 0)


@given(st.floats(0, 1, width=32))
def test_no_probability_is_certain(probability: float) -> None:
    """What float32 keeps as 1, or as 0, is short of it; all else is a share like others."""
    worded = probability_in_words(np.float32(probability))

    if probability in (0, 1):
        assert worded == (">\u00a099.9\u00a0%" if probability else "<\u00a00.1\u00a0%")
        hundredths = "99.99\u00a0%" if probability else "0.01\u00a0%"
        assert probability_in_words(probability, 2).endswith(hundredths)
    else:
        assert worded == percent(probability)


def test_article_of_a_digit() -> None:
    """Only the 8 begins with a vowel."""
    assert [a_digit(digit) for digit in (7, 8)] == ["a 7", "an 8"]
    assert a_digit(8, bold=True) == "an **8**"


def test_shape() -> None:
    """A shape is joined by a times sign."""
    assert shape((26, 26, 16)) == "26 × 26 × 16"


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([1.0], "sure: this is a **0** (>\u00a099.9\u00a0%)"),
        ([0.98, 0.02], "sure: this is a **0**"),
        ([0.7, 0.3], "Probably a **0** (70.0\u00a0%), perhaps a 1 (30.0\u00a0%)"),
        ([0.4, 0.35, 0.25], "torn: a **0**"),
    ],
)
def test_answer_in_words(shares: list[float], said: str) -> None:
    """The sentence grows less sure as the probability of the answer falls."""
    probabilities = np.array(shares + [0.0] * (10 - len(shares)), np.float32)

    assert said in answer_in_words(probabilities)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_message_repeats_becomes_code(first: str, second: str) -> None:
    """Whatever is quoted stands in inline code, in a fence that nothing in it can close."""
    shown = as_markdown(f"Not {quoted(first)}, nor {quoted(second)}.")
    found = re.fullmatch(r"Not (.*), nor (.*)\.", shown)
    assert found is not None
    assert all(is_code(part) for part in found.groups())


def is_code(markdown: str) -> bool:
    """Whether this is one code span of CommonMark and nothing else, or the quotes of nothing."""
    if markdown == "“”":
        return True
    fence = re.match("`+", markdown)
    runs = re.findall("`+", markdown)
    return (
        fence is not None
        and len(markdown) > 2 * len(runs[0])
        and (runs[0] == runs[-1] and all(len(run) != len(runs[0]) for run in runs[1:-1]))
    )


@given(st.text(max_size=100))
def test_a_quotation_is_one_short_visible_line(text: str) -> None:
    """No sign of it is invisible or ends a line, and it holds no quotes like those around it."""
    words = quoted(text)[1:-1]
    assert len(words) <= MOST_QUOTED
    assert words.isprintable()
    assert not {"“", "”"} & set(words)


@pytest.mark.parametrize(
    ("share", "decimals", "worded"),
    [
        (0.12345, 1, "12.3 %"),
        (0.98765, 2, "98.77 %"),
        (0.9999, 1, "> 99.9 %"),
        (0.99999, 2, "> 99.99 %"),
        (0.0004, 1, "< 0.1 %"),
        (0.00001, 2, "< 0.01 %"),
        (0.004, 0, "< 1 %"),
        (0.996, 0, "> 99 %"),
        (1.0, 2, "100.00 %"),
        (0.0, 0, "0 %"),
    ],
)
def test_percent(share: float, decimals: int, worded: str) -> None:
    """A hundred times the share, with its decimals, and on which side of the edge it lies."""
    assert percent(share, decimals) == worded.replace(" ", "\N{NO-BREAK SPACE}")


def test_count() -> None:
    """One of a thing, or several, or none."""
    assert [count(amount, "row") for amount in (0, 1, 2, 1234)] == [
        "0 rows",
        "1 row",
        "2 rows",
        "1,234 rows",
    ]


@pytest.mark.parametrize(
    ("seconds", "worded"),
    [
        (0.2, "1 second"),
        (59.4, "59 seconds"),
        (59.6, "1.0 minutes"),
        (150, "2.5 minutes"),
        (599, "10.0 minutes"),
        (600, "10 minutes"),
        (2400, "40 minutes"),
    ],
)
def test_duration(seconds: float, worded: str) -> None:
    """Seconds below a minute, tenths of a minute below ten, then whole minutes."""
    assert duration(seconds) == worded


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            {3: 0.96, 5: 0.03, 8: 0.01},
            "The network is sure: this is a **3** (96.0 %).",
        ),
        (
            {8: 0.949, 3: 0.04, 1: 0.011},
            "Probably an **8** (94.9 %), perhaps a 3 (4.0 %).",
        ),
        ({2: 0.6, 7: 0.4}, "Probably a **2** (60.0 %), perhaps a 7 (40.0 %)."),
        (
            {9: 0.5, 4: 0.3, 8: 0.2},
            "The network is torn: a **9** (50.0 %), a 4 (30.0 %) or an 8 (20.0 %).",
        ),
    ],
)
def test_answers_come_in_the_order_of_their_probability(
    shares: dict[int, float], said: str
) -> None:
    """The first, the second and the third each with its own probability."""
    probabilities = np.zeros(10, np.float32)
    probabilities[list(shares)] = list(shares.values())

    assert answer_in_words(probabilities) == said.replace(" %", "\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("value", "digits", "worded"),
    [
        (0.0, 3, "0"),
        (0.01234, 3, "0.0123"),
        (-0.01234, 2, "−0.012"),
        (1.5, 4, "1.500"),
        (12345.6, 3, "12,346"),
        (1e6, 3, "1.00 · 10⁶"),
        (-4.5678e-7, 3, "−4.57 · 10⁻⁷"),
        (9.996e-5, 3, "0.000100"),
        (0.99999, 3, "1.00"),
        (math.inf, 3, "∞"),
        (-math.inf, 3, "−∞"),
        (math.nan, 3, "no number"),
    ],
)
def test_significant(value: float, digits: int, worded: str) -> None:
    """However small a number is, as many of its digits are told."""
    assert significant(value, digits) == worded
