"""Arrays as pictures: every value a square of one colour, never smoothed."""

from __future__ import annotations

import base64
from typing import TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.images.drawing import PreparedDrawing
from cnn_core.network.receptive_field import Field
from ui.look.colors import ACCENT_RGB, Rgb, colour_activations, colour_pixels, colour_signed
from ui.look.png import png

Scalar = TypeVar("Scalar", np.uint8, np.bool_)

# About as wide as a picture is shown on a large screen.
_SHOWN_WIDTH = 400
# Told apart on a light and on a dark page.
_STRIPE = (140, 140, 140)


def show(picture: Rgb, alt: str, caption: str | None = None) -> None:
    """Show a picture as wide as there is room; `alt` says what it shows.

    It is sent as PNG: Streamlit's own choice, JPEG, would change the values' colours.
    """
    st.image(png(picture, _SHOWN_WIDTH), caption, width="stretch", output_format="PNG", alt=alt)


def digit_png(image: NDArray[np.uint8], width: int = 280) -> bytes:
    """A digit, uint8 (28, 28), in greys."""
    return png(colour_pixels(image), width)


def digit_data_url(image: NDArray[np.uint8], width: int = 280) -> str:
    """A digit, uint8 (28, 28), in greys, as an address that holds the picture itself."""
    encoded = base64.b64encode(digit_png(image, width)).decode("ascii")
    return f"data:image/png;base64,{encoded}"


def feature_maps(maps: NDArray[np.float32], columns: int, largest: float | None = None) -> Rgb:
    """All feature maps (rows, columns, channels) side by side, a gap of one value between them.

    They share one scale, from 0 to their largest value unless another is given.
    """
    return _sheet(
        colour_activations(maps, float(maps.max()) if largest is None else largest), columns
    )


def kernel_slices(kernel: NDArray[np.float32], largest: float) -> Rgb:
    """All slices of a kernel (size, size, channels) side by side, from −largest to largest."""
    return _sheet(colour_signed(kernel, largest), int(np.ceil(kernel.shape[2] ** 0.5)))


def _sheet(coloured: Rgb, columns: int) -> Rgb:
    """Maps (rows, columns, channels, 3 or 4) side by side, a transparent gap between them."""
    height, width, channels, values = coloured.shape
    rows = -(-channels // columns)
    sheet = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1, 4), 0, np.uint8)
    for channel in range(channels):
        top, left = channel // columns * (height + 1), channel % columns * (width + 1)
        sheet[top : top + height, left : left + width, 3] = 255
        sheet[top : top + height, left : left + width, :values] = coloured[:, :, channel]
    return sheet


def sheet_of(pictures: Rgb, columns: int) -> Rgb:
    """Pictures (n, rows, columns, 3 or 4) side by side, a transparent gap between them."""
    return _sheet(pictures.transpose(1, 2, 0, 3), columns)


def framed(picture: Rgb, width: int, frame: int = 3) -> Rgb:
    """A picture (rows, columns, 3 or 4) at least `width` pixels wide, in a frame that parts it from any page.

    So white cells do not run into a white page: uint8 (rows, columns, 4).
    """
    large = enlarged(picture, max(1, -(-width // len(picture))))
    rows, columns, values = large.shape
    result = np.full((rows + 2 * frame, columns + 2 * frame, 4), (*_STRIPE, 255), np.uint8)
    result[frame:-frame, frame:-frame, :values] = large
    return result


def units(values: NDArray[np.float32], columns: int) -> Rgb:
    """A layer of units (n,), folded into rows; they share the scale from 0 to the largest."""
    return in_rows(colour_activations(values, float(values.max())), columns)


def in_rows(coloured: Rgb, columns: int) -> Rgb:
    """Colours (n, 3) in rows from left to right, what is left of the last one transparent."""
    sheet = np.zeros((-(-len(coloured) // columns) * columns, 4), np.uint8)
    sheet[: len(coloured), :3] = coloured
    sheet[: len(coloured), 3] = 255
    return sheet.reshape(-1, columns, 4)


def seen_by(image: NDArray[np.uint8], field: Field) -> Rgb:
    """A digit whose pixels outside a rectangle are dimmed, and tinted, so that black there differs from ink.

    As the page Layers shows what a cell sees (`shownAs` in components/unit_view/sight.js).
    """
    picture = colour_pixels(image)
    outside = np.ones(image.shape, np.bool_)
    outside[field.in_image] = False
    dimmed = 38 + 0.36 * picture[outside] + np.array([0, 0, 14])
    picture[outside] = np.round(dimmed).astype(np.uint8)
    return picture


def ink_with_box(prepared: PreparedDrawing) -> Rgb:
    """The whole canvas with a frame around its ink."""
    picture = colour_pixels(prepared.ink)
    top, bottom, left, right = prepared.box
    rows, columns = slice(max(top - 2, 0), bottom + 2), slice(max(left - 2, 0), right + 2)
    inside = picture[top:bottom, left:right].copy()
    picture[rows, columns] = ACCENT_RGB
    picture[top:bottom, left:right] = inside
    return picture


def digit_with_centre(image: NDArray[np.uint8], zoom: int = 15) -> Rgb:
    """A digit, enlarged, with the middle of its 28×28 pixels marked by a cross."""
    picture = enlarged(colour_pixels(image), zoom)
    middle = picture.shape[0] // 2
    picture[middle - 1 : middle + 1, :] = ACCENT_RGB
    picture[:, middle - 1 : middle + 1] = ACCENT_RGB
    return picture


def discarded(
    coloured: Rgb, losers: NDArray[np.bool_], ignored: NDArray[np.bool_], cell: int = 12
) -> Rgb:
    """A coloured map (rows, columns, 3), each value `cell` pixels wide, with what pooling drops.

    losers: values that are read but never kept, faded.
    ignored: values that no window reads, striped.
    """
    faded = np.where(losers, 60, 255).astype(np.uint8)
    return striped(enlarged(np.dstack([coloured, faded]), cell), enlarged(ignored, cell))


def striped(picture: Rgb, mask: NDArray[np.bool_]) -> Rgb:
    """A picture (rows, columns, 3 or 4) with stripes instead of what `mask` (rows, columns) marks.

    Between the stripes nothing is drawn: uint8 (rows, columns, 4).
    """
    opaque = np.full((*picture.shape[:2], 1), 255, np.uint8)
    result = np.dstack([picture, opaque])[..., :4]
    rows, columns = np.indices(mask.shape)
    stripes = (rows + columns) % 6 < 2
    result[mask & stripes] = (*_STRIPE, 255)
    result[mask & ~stripes, 3] = 0
    return result


def enlarged(cells: NDArray[Scalar], times: int) -> NDArray[Scalar]:
    """A picture or a mask (rows, columns, …) with each of its cells `times` wide and high."""
    return cells.repeat(times, axis=0).repeat(times, axis=1)


def one_map(values: NDArray[np.float32], largest: float, are_pixels: bool) -> Rgb:
    """One map (rows, columns): in greys where its values are pixels, else from 0 to `largest`."""
    if are_pixels:
        return colour_pixels(np.round(values).astype(np.uint8))
    return colour_activations(values, largest)
