"""One colour code for every page: pixels grey, activations viridis, signed values orange to blue."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

# Viridis (van der Walt and Smith, 2015): even in lightness, safe for colour-blind readers.
ACTIVATION_SCALE = (
    "#440154",
    "#482878",
    "#3E4A89",
    "#31688E",
    "#26828E",
    "#1F9E89",
    "#35B779",
    "#6DCD59",
    "#B4DE2C",
    "#FDE725",
)
# Orange and blue are told apart with every kind of colour blindness; zero is neutral: near the page,
# from which both ends lead away, whether it is light or dark.
SIGNED_SCALE = ("#A84300", "#D97A24", "#F3B77C", "#F3F2EF", "#94BCE8", "#3F7FCC", "#12499B")
SIGNED_SCALE_ON_DARK = (
    "#FFB974",
    "#D06F1E",
    "#70431C",
    "#272A32",
    "#2A4E80",
    "#4787DC",
    "#9CC6FF",
)
# Between the accent colours of the light and the dark theme: to be seen on white and on black.
ACCENT = "#E03A78"
ACCENT_RGB = tuple(bytes.fromhex(ACCENT[1:]))
NEUTRAL = "#8A8F99"
PIXEL_SCALE = ("#000000", "#FFFFFF")
# One a run, in this order: each has a contrast of 3 to 1 or more to the light and the dark page.
# Charts give each run a symbol too, since no six colours are told apart by everybody.
RUN_COLOURS = ("#2F7FD6", ACCENT, "#C9781A", "#1F9A6F", "#8E6BE0", "#12A0B8")
# One a class, 0 to 9. Searched for the largest least distance in OKLab between any two of them, and to
# both pages, for every kind of colour vision: 0.15, where the ten of Petroff (2021) have 0.06. A test
# measures it. Digits stand beside them all the same, wherever they are used.
CLASS_COLOURS = (
    "#5902F9",
    "#782608",
    "#D7C6B8",
    "#00B1FF",
    "#E99321",
    "#954C9B",
    "#84FF00",
    "#CB420F",
    "#11336A",
    "#A09098",
)

Rgb = NDArray[np.uint8]


def ink_on(colour: str) -> str:
    """Black or white, whichever has more contrast (WCAG 2) to a colour `#RRGGBB`."""
    channels = np.array(list(bytes.fromhex(colour[1:]))) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    # As far from black as from white: (y + 0.05) / 0.05 = 1.05 / (y + 0.05).
    return "#000000" if luminance + 0.05 > (0.05 * 1.05) ** 0.5 else "#FFFFFF"


def plotly_scale(scale: tuple[str, ...]) -> list[tuple[float, str]]:
    """A scale the way Plotly wants it: positions from 0 to 1 with their colour."""
    return [(index / (len(scale) - 1), colour) for index, colour in enumerate(scale)]


def colour_pixels(values: NDArray[np.uint8]) -> Rgb:
    """Pixels, 0 to 255, in greys: (...) → uint8 (..., 3)."""
    return np.repeat(values[..., np.newaxis], 3, axis=-1)


def colour_activations(values: NDArray[np.float32], largest: float) -> Rgb:
    """Values from 0 to `largest` in the activation scale: (...) → uint8 (..., 3)."""
    return _colour(np.asarray(values) / (largest or 1), ACTIVATION_SCALE)


def is_dark() -> bool:
    """Whether the visitor's page is dark; a page that has changed its theme is asked with its next run."""
    return st.context.theme.type == "dark"


def signed_scale() -> tuple[str, ...]:
    """The scale of signed values that is at home on the visitor's page."""
    return SIGNED_SCALE_ON_DARK if is_dark() else SIGNED_SCALE


def colour_signed(values: NDArray[np.float32], largest: float) -> Rgb:
    """Values from −largest (orange) through 0 to largest (blue): (...) → uint8 (..., 3).

    In the colours of `signed_scale`: whoever keeps them must know for which theme.
    """
    return _colour((np.asarray(values) / (largest or 1) + 1) / 2, signed_scale())


def _colour(positions: NDArray[np.floating], scale: tuple[str, ...]) -> Rgb:
    """Colours for positions from 0 to 1, mixed linearly between the two nearest of the scale."""
    stops = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in scale])
    stop = np.clip(positions, 0, 1) * (len(scale) - 1)
    channels = [np.interp(stop, np.arange(len(scale)), stops[:, i]) for i in range(3)]
    return np.round(np.stack(channels, axis=-1)).astype(np.uint8)
