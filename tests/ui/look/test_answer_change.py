"""How an answer moved is said with the right digits."""

from __future__ import annotations

import numpy as np

from ui.look.answer_change import answer_change


def shares(**given: float) -> np.ndarray:
    """Probabilities by digit: d4=0.9."""
    result = np.zeros(10, np.float32)
    for name, share in given.items():
        result[int(name[1])] = share
    return result


def test_the_same_answer() -> None:
    """Both probabilities of the one digit, the one before first."""
    assert answer_change(shares(d4=0.9, d9=0.1), shares(d4=0.75, d9=0.25)) == (
        "The network still reads a **4**: it had 90.0\N{NO-BREAK SPACE}% and now has "
        "**75.0\N{NO-BREAK SPACE}%**."
    )


def test_another_answer() -> None:
    """The new digit with its probability, and what is left of the old one."""
    assert answer_change(shares(d4=0.9, d8=0.06), shares(d4=0.2, d8=0.7)) == (
        "The network changes its mind and reads an **8** with 70.0\N{NO-BREAK SPACE}%. The 4 had "
        "90.0\N{NO-BREAK SPACE}% and now has **20.0\N{NO-BREAK SPACE}%**."
    )
