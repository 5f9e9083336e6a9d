"""The current digit moved about, and what every variant makes of it, live."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import parse_digit
from cnn_core.network.arithmetic import Array
from cnn_core.network.change_of_maps import moved
from cnn_core.network.network import Network
from cnn_core.recipe.variants import REFERENCE, VARIANTS
from cnn_core.store.variant_files import variant_network
from ui.check.robustness_figures import shift_in_words
from ui.look.colors import ACCENT_RGB, Rgb, colour_activations, colour_pixels
from ui.look.pictures import show
from ui.look.wording import probability_in_words
from ui.shared.resources import mnist
from ui.visitor.current import current_digit

FARTHEST = 4
AMOUNTS = range(-FARTHEST, FARTHEST + 1)
# Pixels of the picture for each move.
_CELL = 16
# Pixels on the screen: two maps side by side on a phone.
_NARROWEST = 140


@st.cache_resource(show_spinner=False)
def network_of(name: str) -> Network:
    """A variant's network as it was trained with seed 0. Raises StoreError."""
    return variant_network(name)


@st.fragment
def try_it(names: list[str]) -> None:
    """Move the current digit, and see where each network reads it and where it does not."""
    st.header("Move it yourself")
    digit = current_digit()
    asked = _asked_for(digit.name, digit.label)
    st.markdown(
        f"Each map has a cell for every move of up to {FARTHEST} pixels, the digit as it is in the "
        f"middle. Its colour is the probability that the network gives the **{asked}**"
        + (
            f" that {VARIANTS[REFERENCE].title} reads where it is"
            if digit.label is None
            else " that it is written as"
        )
        + ", from 0 (dark) to 1 (yellow). The frame is the move of the sliders."
    )
    down, right = (
        _slider(column, name, label)
        for column, name, label in zip(
            st.columns(2, gap="large"),
            ("down", "right"),
            ("Pixels down", "Pixels to the right"),
            strict=True,
        )
    )
    setting = shift_in_words(down, right)
    with st.grid(5, min_column_width=_NARROWEST):
        show(
            colour_pixels(moved(digit.image, down, right)),
            alt=f"{digit.title}, {setting}",
            caption=f"{digit.title}, {setting}: what every network receives",
        )
        for name in names:
            probabilities = everywhere(name, digit.name)
            here = probabilities[down + FARTHEST, right + FARTHEST]
            read = int((probabilities.argmax(axis=-1) == asked).sum())
            title = VARIANTS[name].title
            show(
                move_map(probabilities[..., asked], down, right),
                alt=f"{title}: the probability of the {asked} after {len(AMOUNTS)} × {len(AMOUNTS)} "
                f"moves; most probable after {read} of them. {setting.capitalize()}: "
                f"{probability_in_words(here[asked])}",
                caption=f"**{title}**: {_readings(probabilities, down, right)}. The {asked} after {read} "
                f"of {len(AMOUNTS) ** 2} moves",
            )


def move_map(shares: NDArray[np.float32], down: int, right: int) -> Rgb:
    """Probabilities (9, 9), 0 to 1, by pixels down and right, as a picture; one move is framed."""
    picture = colour_activations(shares, 1).repeat(_CELL, axis=0).repeat(_CELL, axis=1)
    top, left = (_CELL * (amount + FARTHEST) for amount in (down, right))
    inside = picture[top + 2 : top + _CELL - 2, left + 2 : left + _CELL - 2].copy()
    picture[top : top + _CELL, left : left + _CELL] = ACCENT_RGB
    picture[top + 2 : top + _CELL - 2, left + 2 : left + _CELL - 2] = inside
    return picture


def _readings(probabilities: Array, down: int, right: int) -> str:
    """What a network answers where the digit is, and where it is moved to: `4 (99.9 %)`."""
    still, here = (
        f"{int(each.argmax())} ({probability_in_words(each.max())})"
        for each in (
            probabilities[FARTHEST, FARTHEST],
            probabilities[FARTHEST + down, FARTHEST + right],
        )
    )
    return f"{still} as it is, {here} moved" if down or right else still


# By the digit's name, since arrays have no hash: seven maps for each digit that is looked at.
@lru_cache(maxsize=256)
def everywhere(name: str, digit_name: str) -> Array:
    """What a variant makes of a digit after every move: float32 (9, 9, 10), by pixels down and right."""
    image = parse_digit(digit_name, mnist()).image
    images = np.stack([moved(image, down, right) for down in AMOUNTS for right in AMOUNTS])
    probabilities = network_of(name).predict(images).reshape(len(AMOUNTS), len(AMOUNTS), -1)
    probabilities.flags.writeable = False
    return probabilities


def _asked_for(digit_name: str, label: int | None) -> int:
    """The digit that the networks are asked for: what is written or, of a drawing, what is read."""
    if label is not None:
        return label
    return int(everywhere(REFERENCE, digit_name)[FARTHEST, FARTHEST].argmax())


def _slider(column: st.delta_generator.DeltaGenerator, name: str, label: str) -> int:
    with column:
        amount: int = st.slider(
            label,
            -FARTHEST,
            FARTHEST,
            0,
            key=f"variants-{name}",
            persist_state="session",
            help=f"Negative is {'up' if name == 'down' else 'to the left'}.",
        )
    return amount
