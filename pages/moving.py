"""Moving: the digit moves, and the maps move along, until a pool or a border comes in between."""

import numpy as np
import streamlit as st

from cnn_core.errors import quoted
from cnn_core.network.change_of_maps import moved
from cnn_core.network.equivariance import MovedMaps, jumps, move_along
from ui.frame.article import question, takeaway
from ui.inside.moved_maps import table_of_layers, verdict, with_holes
from ui.look.colors import colour_activations, colour_pixels
from ui.look.gloss import prose
from ui.look.pictures import show
from ui.look.wording import number
from ui.shared.resources import network
from ui.visitor.address import AddressError, Part, follow, write
from ui.visitor.current import current_digit, current_model
from ui.visitor.filter_choice import choose_filter, choose_layer
from ui.visitor.guess_first import guess_first
from ui.visitor.looked_at import follow_looked_at

FURTHEST = 4
FIRST_MOVE = {"down": 0, "right": 2}

question(
    "Does the map move along?",
    "A [kernel] asks the same question at every place. Move the digit, and its map should hold the same "
    "answers, moved by as much: that is called [translation equivariance]. Here it can be checked, value "
    "by value, in every [layer].",
)


def pixels_of(text: str) -> int:
    """A move of the address."""
    if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 3:
        pixels = int(text)
        if abs(pixels) <= FURTHEST:
            return pixels
    raise AddressError(
        f"The digit can be moved by −{FURTHEST} to {FURTHEST} pixels, not {quoted(text)}."
    )


MOVE = tuple(Part(name, "move", pixels_of, "It is where it was.") for name in FIRST_MOVE)


def ask() -> bool:
    """The guess; whether what answers it may be shown."""
    layers = move_along(network(current_model().id), current_digit().image, 0, 1).values()
    first = next((maps.layer for maps in layers if maps.agreeing < maps.comparable), "none of them")
    options = [*jumps(current_model().config.architecture), "none of them"]
    return guess_first(
        f"{current_digit().title} moves one pixel to the right. Which is the first layer with values "
        "that did not simply move along?",
        options,
        first,
        key=f"moving-{first}",
    )


@st.fragment
def explore() -> None:
    """Move the digit, and see what becomes of one map; choosing reruns only this part of the page."""
    digit, trained = current_digit(), network(current_model().id)
    for name, pixels in FIRST_MOVE.items():
        st.session_state.setdefault(name, pixels)
    follow(*MOVE)
    known = jumps(trained.architecture)
    with_maps = {
        layer.name: layer.output_shape
        for layer in trained.architecture.layers()
        if layer.name in known
    }
    follow_looked_at(with_maps)
    write(*MOVE)

    right, down, which, unit = st.columns([3, 3, 11, 4], gap="medium")
    for column, name in ((right, "right"), (down, "down")):
        column.slider(
            f"Pixels {name}", -FURTHEST, FURTHEST, key=name, persist_state="session",
            help=f"Below 0: {'left' if name == 'right' else 'up'}.",
        )  # fmt: skip
    with which:
        layer = choose_layer("Layer", with_maps)
    with unit:
        chosen = choose_filter(with_maps[layer][2])
    move = st.session_state["down"], st.session_state["right"]
    layers = move_along(trained, digit.image, *move)
    show_map(layers[layer], chosen, moved(digit.image, *move))
    st.subheader("In every layer")
    prose(
        "All maps of a layer together. Each [pool] makes a cell twice as wide, so a move has to be twice "
        "as far to be a whole number of cells."
    )
    st.markdown(table_of_layers(layers.values()))


def show_map(maps: MovedMaps, unit: int, image: np.ndarray) -> None:
    """The moved digit, the map it had moved along, the map it has, and where they differ."""
    title = f"Map {unit} of {maps.layer}"
    largest = float(max(maps.still[..., unit].max(), maps.actual[..., unit].max()))
    if largest == 0:
        st.info(f"{title} is 0 everywhere for this digit. Choose another filter to see more.")
    pictures = (
        (colour_pixels(image), "The digit, moved"),
        (with_holes(maps.along[..., unit], largest), "The map it had, moved along"),
        (colour_activations(maps.actual[..., unit], largest), "The map it has now"),
        (with_holes(maps.gap[..., unit], largest), "Difference, without its sign"),
    )
    # Side by side on a phone too, two and two.
    with st.grid(4, min_column_width=150):
        for picture, caption in pictures:
            show(picture, caption=caption, alt=f"{title}: {caption.lower()}")
    st.markdown(f"**{verdict(maps, unit)}**")
    st.caption(
        f"All maps share one scale, from 0 to {number(largest, 2)}. What would have come from outside "
        "the map is left out."
    )


if ask():
    explore()
takeaway(
    "A [convolution] that moves pixel by pixel takes every move along. A pool takes along only moves by "
    "whole cells of its own, and a border of zeros is a place that does not move at all. What networks "
    "know of moved digits beyond that, they have to learn."
)
