"""A grid of digits, each a button: a click, Enter or Space makes it the current one everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnn_core.data.digit import Digit
from cnn_core.errors import DigitNameError
from ui.components.shared.from_browser import Implausible, text
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import colour_pixels
from ui.visitor.current import choose_digit_named, current_digit

_digit_grid = register(__file__, "button_grid.js")


def digit_grid(
    digits: Sequence[Digit],
    captions: Sequence[str],
    *,
    key: str,
    columns: int = 0,
    on_choice: Callable[[], None] | None = None,
) -> None:
    """Show digits with a caption each; the current digit is marked.

    columns: how many side by side; 0 is as many as there is room for.
    on_choice: called after a digit was chosen and has become the current one.
    """

    def choose(value: object) -> None:
        try:
            choose_digit_named(text(value))
        except DigitNameError as error:
            raise Implausible from error
        if on_choice is not None:
            on_choice()

    _digit_grid(
        key=key,
        data={
            "colours": base64_bytes(colour_pixels(np.stack([digit.image for digit in digits]))),
            "names": [digit.name for digit in digits],
            "captions": list(captions),
            "labels": [
                f"{digit.title}: {caption}" for digit, caption in zip(digits, captions, strict=True)
            ],
            "columns": columns,
            "current": current_digit().name,
        },
        chosen=choose,
    )
