"""Evidence in an image as pictures: signed values over the digit's outline."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.findings.attribution import GradCam, Occlusion, occlusion
from cnn_core.network.arithmetic import Array
from cnn_core.network.receptive_field import Field
from ui.look.colors import (
    ACCENT_RGB,
    Rgb,
    colour_activations,
    colour_pixels,
    colour_signed,
    is_dark,
)
from ui.look.pictures import enlarged, striped
from ui.shared.resources import network
from ui.why.parts import Parts

_ZOOM = 14
# Ink darker than this is the soft rim of a stroke.
_INK = 127
# Seen on orange, on blue and on the neutral middle alike, of the light scale and of the dark one.
_OUTLINE, _OUTLINE_ON_DARK = (60, 60, 64), (170, 170, 176)


@st.cache_data(show_spinner=False, max_entries=200)
def occluded(
    model_id: str, digit_name: str, _image: NDArray[np.uint8], patch: int, stride: int
) -> Occlusion:
    """Occlusion of a digit, computed once for all visitors who ask the same."""
    del digit_name  # It stands for the image among what the cache keys on.
    return occlusion(network(model_id), _image, patch, stride)


def evidence_picture(
    values: Array,
    image: NDArray[np.uint8],
    largest: float,
    missing: NDArray[np.bool_] | None = None,
) -> Rgb:
    """Values (28, 28) from −largest, orange, to largest, blue; the digit's outline on top.

    missing: pixels that have no value, bool (28, 28), which are striped.
    """
    picture = enlarged(colour_signed(values, largest), _ZOOM)
    if missing is not None and missing.any():
        picture = striped(picture, enlarged(missing, _ZOOM))
    outline = (*(_OUTLINE_ON_DARK if is_dark() else _OUTLINE), 255)[: picture.shape[2]]
    ink = np.pad(image > _INK, 1)
    for row, column in np.argwhere(ink[1:-1, 1:-1]):
        top, left = row * _ZOOM, column * _ZOOM
        bottom, right = top + _ZOOM, left + _ZOOM
        if not ink[row, column + 1]:
            picture[top : top + 2, left:right] = outline
        if not ink[row + 2, column + 1]:
            picture[bottom - 2 : bottom, left:right] = outline
        if not ink[row + 1, column]:
            picture[top:bottom, left : left + 2] = outline
        if not ink[row + 1, column + 2]:
            picture[top:bottom, right - 2 : right] = outline
    return picture


def framed_digit(image: NDArray[np.uint8], field: Field) -> Rgb:
    """A digit with a frame in the accent colour around a rectangle of its pixels."""
    picture = enlarged(colour_pixels(image), _ZOOM)
    top, bottom = field.rows.first * _ZOOM, (field.rows.last + 1) * _ZOOM
    left, right = field.columns.first * _ZOOM, (field.columns.last + 1) * _ZOOM
    inside = picture[top + 4 : bottom - 4, left + 4 : right - 4].copy()
    picture[top:bottom, left:right] = ACCENT_RGB
    picture[top + 4 : bottom - 4, left + 4 : right - 4] = inside
    return picture


def parts_picture(image: NDArray[np.uint8], parts: Parts) -> Rgb:
    """A digit with the lines in the accent colour that part its ink in three, across and down."""
    picture = enlarged(colour_pixels(image), _ZOOM)
    for line in (round(edge * _ZOOM) for edge in parts.rows.inner):
        picture[line - 1 : line + 1] = ACCENT_RGB
    for line in (round(edge * _ZOOM) for edge in parts.columns.inner):
        picture[:, line - 1 : line + 1] = ACCENT_RGB
    return picture


def cells_picture(found: GradCam) -> Rgb:
    """The evidence of Grad-CAM from 0 to its largest; cells that cannot reach the answer are striped."""
    coloured = colour_activations(found.evidence, float(found.evidence.max()))
    # About as large for 3×3 cells as for 28×28, so that stripes are as fine.
    zoom = IMAGE_SIZE * _ZOOM // len(coloured)
    return striped(enlarged(coloured, zoom), enlarged(found.unread, zoom))
