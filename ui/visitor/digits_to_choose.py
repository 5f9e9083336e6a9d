"""Digits in a grid, of which the one that is chosen becomes the current one everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from cnn_core.data.digit import Digit
from cnn_core.errors import DigitNameError
from ui.components.digit_grid.digit_grid import digit_grid
from ui.components.shared.from_browser import Implausible
from ui.look.colors import Rgb
from ui.visitor.current import choose_digit_named, current_digit


def digits_to_choose(
    digits: Sequence[Digit],
    captions: Sequence[str],
    *,
    key: str,
    columns: int = 0,
    coloured: Rgb | None = None,
) -> None:
    """Show digits with a caption each; the current digit is marked, a chosen one takes its place.

    columns: how many side by side; 0 is as many as there is room for.
    coloured: how they are painted, uint8 (digits, 28, 28, 3), where that is not their plain greys.
    """

    def choose(name: str) -> None:
        try:
            choose_digit_named(name)
        except DigitNameError as error:
            raise Implausible from error

    digit_grid(
        digits,
        captions,
        current_digit().name,
        key=key,
        columns=columns,
        coloured=coloured,
        on_choice=choose,
    )
