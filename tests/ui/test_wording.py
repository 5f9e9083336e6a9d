"""Numbers are worded so that they read well and claim nothing that is not so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wording import a_digit, answer_in_words, number, percent, shape


@pytest.mark.parametrize(
    ("value", "decimals", "worded"),
    [(1234.5, 1, "1,234.5"), (-0.25, 2, "−0.25"), (60_000, 0, "60,000"), (-1234, 0, "−1,234")],
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
        ([0.98, 0.02], "sure: this is a **0**"),
        ([0.7, 0.3], "Probably a **0** (70.0\u00a0%), perhaps a 1 (30.0\u00a0%)"),
        ([0.4, 0.35, 0.25], "torn: a **0**"),
    ],
)
def test_answer_in_words(shares: list[float], said: str) -> None:
    """The sentence grows less sure as the probability of the answer falls."""
    probabilities = np.array(shares + [0.0] * (10 - len(shares)), np.float32)

    assert said in answer_in_words(probabilities)
