"""A grid of digits, each a button: a click, Enter or Space chooses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnn_core.data.digit import Digit
from ui.components.shared.from_browser import text
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import Rgb, colour_pixels

_digit_grid = register(__file__)


def digit_grid(
    digits: Sequence[Digit],
    captions: Sequence[str],
    current: str,
    *,
    key: str,
    on_choice: Callable[[str], None],
    columns: int = 0,
    coloured: Rgb | None = None,
) -> None:
    """Show digits with a caption each.

    current: the name of the digit that is marked.
    coloured: how they are painted, uint8 (digits, 28, 28, 3), where that is not their plain greys.
    columns: how many side by side; 0 is as many as there is room for.
    on_choice: called with the name of the digit that was chosen, which may be any text.
    """
    if coloured is None:
        coloured = colour_pixels(np.stack([digit.image for digit in digits]))
    _digit_grid(
        key=key,
        data={
            "colours": base64_bytes(coloured),
            "names": [digit.name for digit in digits],
            "captions": list(captions),
            "labels": [
                f"{digit.title}: {caption}" for digit, caption in zip(digits, captions, strict=True)
            ],
            "columns": columns,
            "current": current,
        },
        chosen=lambda value: on_choice(text(value)),
    )
