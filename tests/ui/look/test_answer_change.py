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
    """Both probabilities of the one digit."""
    text = answer_change(shares(d4=0.9, d9=0.1), shares(d4=0.75, d9=0.25))
    assert "still reads a **4**" in text
    assert "90.0" in text
    assert "75.0" in text


def test_another_answer() -> None:
    """The new digit with its probability, and what is left of the old one."""
    text = answer_change(shares(d4=0.9, d9=0.1), shares(d4=0.2, d9=0.8))
    assert "reads a **9** with 80.0" in text
    assert "The 4 had 90.0" in text
    assert "20.0" in text
