"""When an answer turns while maps go off, and what is said of a guess at it."""

from __future__ import annotations

import numpy as np

from tests.support.seen import alone
from ui.why.turn import Turn, judge_turn, turn


def test_the_first_other_answer() -> None:
    """Counted in maps that are off; an answer that comes back does not matter."""
    assert turn(np.array([4, 4, 9, 4, 1])) == Turn(2, 9)
    assert turn(np.array([4, 4, 4])) is None


def test_a_guess_is_judged() -> None:
    """Right, wrong, none, and where there is nothing to guess."""
    dimmest, brightest = Turn(11, 8), Turn(2, 5)
    beside = "3 of them are silent for this digit anyway. With the brightest first it takes 2."

    app = alone(lambda: judge_turn(11, dimmest, brightest, 3))
    assert app.success[0].value == f"Yes, with 11 off the network reads an 8. {beside}"
    app = alone(lambda: judge_turn(5, dimmest, brightest, 3))
    assert app.error[0].value == f"Not with 5: with 11 off the network reads an 8. {beside}"
    app = alone(lambda: judge_turn(None, dimmest, None, 0))
    assert app.info[0].value == "With 11 off the network reads an 8."
    app = alone(lambda: judge_turn(3, None, None, 0))
    assert app.info[0].value.startswith("Never: with all of them off")
