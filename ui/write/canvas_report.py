"""What the drawing canvas reports, checked before st_canvas, or anybody else, makes use of it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st

from cnn_core.images.canvas_picture import MOST_BYTES

PICTURE_PREFIX = "data:image/png;base64,"
# A drawing holds objects, an object a path, a path segments, a segment numbers; and some to spare.
DEEPEST = 8


def refuse_forged_report(key: str) -> None:
    """Forget what a canvas reported where no canvas reports such a thing; call before it is shown."""
    if key in st.session_state and not is_report(st.session_state[key]):
        del st.session_state[key]


def is_report(report: object) -> bool:
    """Whether a canvas without a background image could have reported this."""
    if not isinstance(report, Mapping) or report.get("backgroundFit") is not None:
        return False
    drawing = report.get("drawing")
    if drawing is None:
        return True
    return (
        isinstance(drawing, Mapping)
        and _is_drawing(drawing.get("raw"))
        and _is_picture(drawing.get("data"))
    )


def _is_drawing(raw: object) -> bool:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("objects"), list):
        return False
    return all(isinstance(each, Mapping) for each in raw["objects"]) and _is_plain(raw, DEEPEST)


def _is_plain(value: object, deepest: int) -> bool:
    """Whether this is JSON with finite numbers, nested no deeper than so many levels."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return deepest > 0 and all(_is_plain(each, deepest - 1) for each in value.values())
    if isinstance(value, list):
        return deepest > 0 and all(_is_plain(each, deepest - 1) for each in value)
    return True


def _is_picture(data: object) -> bool:
    """Whether this may be a picture in base64, four characters of which hold three bytes."""
    if data is None:
        return True
    return (
        isinstance(data, str)
        and data.startswith(PICTURE_PREFIX)
        and len(data) <= len(PICTURE_PREFIX) + MOST_BYTES * 4 // 3
    )
