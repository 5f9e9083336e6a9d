"""A grid of digits, each a button: a click, Enter or Space chooses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnn_core.data.digit import Digit
from ui.components.shared.from_browser import text
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import colour_pixels

_digit_grid = register(__file__)


def digit_grid(
    digits: Sequence[Digit],
    captions: Sequence[str],
    current: str,
    *,
    key: str,
    on_choice: Callable[[str], None],
    columns: int = 0,
) -> None:
    """Show digits with a caption each.

    current: the name of the digit that is marked.
    columns: how many side by side; 0 is as many as there is room for.
    on_choice: called with the name of the digit that was chosen, which may be any text.
    """
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
            "current": current,
        },
        chosen=lambda value: on_choice(text(value)),
    )
