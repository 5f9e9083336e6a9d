"""The question is about one cell, and the answer is judged by its value."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.filter_run import run_filter
from tests.support.seen import alone, components, words
from ui.components.sliding_window.sliding_window import Scale
from ui.inside.guess import guess

RUN = run_filter(
    np.arange(20, dtype=np.float32).reshape(4, 5, 1) ** 2, np.ones((2, 2, 1), np.float32)
)


@pytest.mark.parametrize("turn", [0, 1, 2, 5])
def test_the_cell_that_is_asked_for_is_the_one_that_is_hidden(turn: int) -> None:
    """Its row and column in words, its number for the window; then the window stands there."""

    def show() -> None:
        guess(RUN, Scale("pixels", 361), "Paper", key="g")

    app = alone(show, {"g-turn": turn})
    (window,) = components(app, "asked")
    row, column = divmod(window["asked"], 4)
    assert f"**What will the cell in row {row}, column {column} of the output be?**" in words(app)

    app = alone(show, {"g-turn": turn, "g-shown": True})
    (window,) = components(app, "asked")
    assert (window["asked"], window["start"]) == (None, {"row": row, "column": column})
    # The four squares under the window.
    numbers = [5 * (row + down) + column + right for down in (0, 1) for right in (0, 1)]
    truth = sum(each**2 for each in numbers)
    assert f"It is {truth:,}." in app.info[0].value

    app = alone(show, {"g-turn": turn, "g-shown": True, "g-answer": truth})
    assert f"Yes, it is {truth:,}." in app.success[0].value
    app = alone(show, {"g-turn": turn, "g-shown": True, "g-answer": truth + 1})
    assert f"Not {truth + 1:,}: it is {truth:,}." in app.error[0].value
