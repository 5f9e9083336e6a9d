"""Which weight is looked at, and on which batch, in session and address, with their widgets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cnn_core.errors import quoted
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Weights
from cnn_core.network.weight_place import PARTS, Part, WeightPlace, largest_at, weight_named
from ui.visitor import address
from ui.visitor.address import AddressError
from ui.visitor.choice import choose_one

# The keys in session and address.
WEIGHT = "weight"
BATCH = "batch"
_STEEPEST = "weight-steepest"

SIZES = (1, 8, 32)
MOST_SEED = 9_999
_NAME = re.compile(r"([1-9]\d{0,3})-(0|[1-9]\d{0,3})", re.ASCII)
# What the index of a kernel counts, by the number of its axes; that of a bias is the last of them.
_AXES = {4: ("Row", "Column", "Channel", "Filter"), 2: ("Input", "Unit")}
_PART_TITLES = {"kernel": "A weight", "bias": "A bias"}


class BatchChoice(NamedTuple):
    """How many training images, and the seed by which they are drawn."""

    size: int = 32
    seed: int = 0

    @property
    def name(self) -> str:
        """Its name in an address: `32-0`."""
        return f"{self.size}-{self.seed}"

    def positions(self, images: int) -> np.ndarray:
        """Which of so many images they are, int64 (size,), none of them twice."""
        return np.random.default_rng(self.seed).choice(images, self.size, replace=False)


def follow_batch() -> BatchChoice:
    """The batch that the address or the session names; call before its widgets are shown."""
    address.follow(_BATCH)
    if _BATCH.value is None:
        _BATCH.put(BatchChoice())
    address.write(_BATCH)
    chosen: BatchChoice = st.session_state[BATCH]
    return chosen


def choose_batch() -> None:
    """The widgets of the batch; what they say is followed in the next run."""
    chosen: BatchChoice = st.session_state[BATCH]
    st.session_state["batch-size"], st.session_state["batch-seed"] = chosen

    def take() -> None:
        size, seed = st.session_state["batch-size"], st.session_state["batch-seed"]
        _BATCH.put(
            BatchChoice(
                size if size in SIZES else chosen.size,
                _inside(seed, MOST_SEED + 1, chosen.seed),
            )
        )

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_one("Images in the batch", SIZES, key="batch-size", on_change=take)
        st.number_input(
            "Seed of the batch",
            0,
            MOST_SEED,
            key="batch-seed",
            on_change=take,
            width=150,
            help="Another seed draws other training images.",
        )


def follow_weight(
    architecture: Architecture, gradients: Callable[[], Mapping[str, Weights]]
) -> WeightPlace:
    """The weight that the address or the session names; else the one with the steepest gradient.

    gradients: asked only where that one is to be found; of the first convolution, unless the
    visitor wants that of another layer.
    """
    part = _weight_part(architecture)
    address.follow(part)
    wanted: tuple[str, Part] | None = st.session_state.pop(_STEEPEST, None)
    place = part.value
    if wanted is None and (place is None or not _is_there(place, architecture)):
        wanted = next(iter(architecture.weight_shapes())), "kernel"
    if wanted is not None:
        place = largest_at(gradients(), *wanted)
        part.put(place)
    address.write(part)
    assert place is not None
    return place


def choose_weight(architecture: Architecture, place: WeightPlace) -> None:
    """The widgets of the weight; what they say is followed in the next run."""
    shapes = architecture.weight_shapes()
    st.session_state["weight-layer"], st.session_state["weight-part"] = place.layer, place.part

    def want_steepest() -> None:
        layer, part = st.session_state["weight-layer"], st.session_state["weight-part"]
        st.session_state[_STEEPEST] = (
            layer if layer in shapes else place.layer,
            part if part in PARTS else place.part,
        )

    def put(index: tuple[int, ...]) -> None:
        st.session_state[WEIGHT] = WeightPlace(place.layer, place.part, index)

    def take_index(axis: int, key: str, size: int) -> None:
        index = list(place.index)
        index[axis] = _inside(st.session_state[key], size, index[axis])
        put(tuple(index))

    shape = shapes[place.layer][PARTS.index(place.part)]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_one("Layer", list(shapes), key="weight-layer", on_change=want_steepest)
        choose_one(
            "Which",
            PARTS,
            key="weight-part",
            format_func=_PART_TITLES.__getitem__,
            on_change=want_steepest,
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        titles = _AXES[len(shapes[place.layer][0])][-len(shape) :]
        for axis, (title, size) in enumerate(zip(titles, shape, strict=True)):
            # Another key for another layer, whose numbers go further or less far.
            key = f"weight-{place.layer}-{place.part}-{axis}"
            st.session_state[key] = place.index[axis]
            st.number_input(
                f"{title}, 0 to {size - 1}",
                0,
                size - 1,
                key=key,
                on_change=take_index,
                args=(axis, key, size),
                width=128,
            )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "The steepest of this layer",
            key="weight-to-steepest",
            icon=":material/landscape:",
            on_click=want_steepest,
            help="The weight along which the loss of this batch changes most.",
        )
        st.button(
            "Any one",
            key="weight-any",
            icon=":material/casino:",
            on_click=lambda: put(tuple(int(np.random.default_rng().integers(n)) for n in shape)),
        )


def _inside(value: Any, below: int, otherwise: int) -> int:
    """A whole number from 0 to below − 1 that a widget reports; a browser may report anything."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < below else otherwise


def _is_there(place: WeightPlace, architecture: Architecture) -> bool:
    """Whether a network has the weight: another model may have other layers."""
    shape = architecture.weight_shapes().get(place.layer)
    if shape is None:
        return False
    sizes = shape[PARTS.index(place.part)]
    return len(sizes) == len(place.index) and all(
        at < size for at, size in zip(place.index, sizes, strict=True)
    )


def _weight_part(architecture: Architecture) -> address.Part[WeightPlace]:
    return address.Part(
        WEIGHT,
        "weight",
        lambda text: weight_named(text, architecture),
        "You see what was shown before, or the steepest of the first convolution.",
        lambda place: place.name,
    )


def _take_batch(text: str) -> BatchChoice:
    found = _NAME.fullmatch(text)
    if found is None or int(found[1]) not in SIZES:
        raise AddressError(
            f"{quoted(text)} names no batch. A name is the number of images "
            f"({', '.join(map(str, SIZES))}) and a seed from 0 to {MOST_SEED:,}: 32-0."
        )
    return BatchChoice(int(found[1]), int(found[2]))


_BATCH = address.Part(
    BATCH,
    "batch",
    _take_batch,
    "You see what was shown before, or the first batch.",
    lambda batch: batch.name,
)
