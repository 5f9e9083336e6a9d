"""How an answer moved, in one sentence."""

from __future__ import annotations

from cnn_core.network.arithmetic import Array
from ui.look.wording import a_digit, percent


def answer_change(before: Array, after: Array) -> str:
    """What became of the answer between two predictions, float32 (10,) each, as Markdown."""
    answer, read = int(before.argmax()), int(after.argmax())
    had, has = percent(float(before[answer])), percent(float(after[answer]))
    if read == answer:
        return f"The network still reads {a_digit(read, bold=True)}: it had {had} and now has **{has}**."
    return (
        f"The network changes its mind and reads {a_digit(read, bold=True)} with "
        f"{percent(float(after[read]))}. The {answer} had {had} and now has **{has}**."
    )
