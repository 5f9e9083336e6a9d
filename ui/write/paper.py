"""The canvas of the first page: it shows the current digit, and what is drawn on it becomes that."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from cnn_core.data.digit import Digit
from cnn_core.images.drawing import prepare_drawing
from ui.visitor.current import (
    current_digit,
    forget_written,
    is_written_last,
    make_current_once,
    own_drawing,
)
from ui.write.canvas import (
    clear_canvas,
    digit_on_canvas,
    draw_with_few_tools,
    is_blank,
    put_digit_on_canvas,
)


def lay_current_digit_on_paper() -> None:
    """Make the canvas show the current digit, once a whole run.

    What was drawn there stands there already. Another drawing is put on it, to be drawn on further; for
    a digit of the data set it is cleared, and `digit_to_write` says what is to be written on it.
    """
    digit = current_digit()
    if is_written_last(digit):
        return
    put = digit_on_canvas()
    if digit.is_drawing:
        if put is None or put.name != digit.name:
            put_digit_on_canvas(digit)
    elif not is_blank():
        clear_canvas()
        forget_written()


def digit_to_write() -> Digit | None:
    """The current digit where it is one of the data set, which was never drawn here."""
    digit = current_digit()
    return None if digit.is_drawing or is_written_last(digit) else digit


def read_paper(sheet: DeltaGenerator, tools: DeltaGenerator) -> None:
    """Show the canvas and its tools; what is drawn on it becomes the current digit."""
    ink = draw_with_few_tools(sheet, tools)
    put = digit_on_canvas()
    prepared = None if ink is None or put is not None else prepare_drawing(ink)
    if prepared is not None:
        make_current_once(own_drawing(prepared.image))
