"""How an answer moved, in one sentence."""

from __future__ import annotations

import numpy as np

from cnn_core.network.arithmetic import Array
from ui.look.wording import a_digit, answer_in_words, probability_in_words


def told_answer(
    before: Array, after: Array, *, is_changed: bool, unchanged: str = "", same: str = ""
) -> str:
    """What became of the answer once something may have been changed, as Markdown.

    before, after: float32 (10,) each.  is_changed: whether anything was.  unchanged: goes before the
    answer where nothing was.  same: goes before it where something was, and all ten probabilities are
    the same; without it, that is a change like others.

    A browser says the same: `toldAnswer` in wording.js.
    """
    if not is_changed:
        return f"{unchanged}{answer_in_words(after)}"
    if same and np.array_equal(before, after):
        return f"{same}{answer_in_words(after)}"
    return answer_change(before, after)


def answer_change(before: Array, after: Array) -> str:
    """What became of the answer between two predictions, float32 (10,) each, as Markdown."""
    answer, read = int(before.argmax()), int(after.argmax())
    had, has = (
        probability_in_words(before[answer]),
        probability_in_words(after[answer]),
    )
    if read == answer:
        return f"The network still reads {a_digit(read, bold=True)}: it had {had} and now has **{has}**."
    return (
        f"The network changes its mind and reads {a_digit(read, bold=True)} with "
        f"{probability_in_words(after[read])}. The {answer} had {had} and now has **{has}**."
    )
