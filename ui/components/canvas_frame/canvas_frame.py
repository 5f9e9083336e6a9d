"""What the drawing canvas lacks: it fills its column, and the address names what is drawn on it."""

from __future__ import annotations

from ui.components.shared.register import register

_canvas_frame = register(__file__)


def canvas_frame(digit_name: str, *, key: str) -> None:
    """Show it under a canvas whose key is `canvas`, in the same column; it shows nothing itself.

    digit_name: the current digit, which takes the place of the one in the address, so that the strokes
        of a drawing are not an entry each in the browser's history.
    """
    _canvas_frame(key=key, data={"digit": digit_name})
