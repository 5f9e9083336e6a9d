"""A photo of a handwritten digit: the file, kept for later, and how its ink is found."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.errors import ComputedError, PhotoError
from cnn_core.findings.compared import COMPARED
from cnn_core.images.photo import MOST_BYTES, read_photo
from cnn_core.images.photo_ink import Ink, InkSettings, Polarity, find_ink
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel
from ui.look.colors import colour_pixels
from ui.look.pictures import show
from ui.look.wording import number, percent, shape
from ui.visitor.choice import choose_one

POLARITIES: dict[str, Polarity | None] = {
    "Find out": None,
    "Dark ink": "dark",
    "Bright ink": "bright",
}
# The two ways of writing a digit on /draw.
DRAW, UPLOAD = "Draw", "Upload a photo"
_PHOTO, _FAULT = "photo", "photo-fault"


def kept_photo() -> NDArray[np.uint8] | None:
    """The photo, in greys, uint8 (rows, columns), that was uploaded last, or None."""
    photo: NDArray[np.uint8] | None = st.session_state.get(_PHOTO)
    return photo


def choose_photo() -> None:
    """Show where a photo is uploaded, and what is wrong with one that cannot be read."""
    st.file_uploader(
        "A photo or scan of one handwritten digit",
        type=["png", "jpg", "jpeg"],
        max_upload_size=MOST_BYTES // 2**20,
        key="photo-file",
        on_change=_keep_photo,
        help="Any paper, any pen: one digit, as large in the picture as you like. It is read here "
        "and kept only until you close this window.",
    )
    fault = st.session_state.get(_FAULT)
    if fault is not None:
        st.warning(fault, title="This photo cannot be read", icon=":material/broken_image:")


def how_photos_are_read(model: StoredModel) -> str | None:
    """How well a network reads photos, where that was measured, in a sentence."""
    if model.id not in COMPARED:
        return None
    try:
        found = load_computed("photos", [model])
    except ComputedError:
        return None
    photos, (blank, blanks) = int(found["photos"]), found["blank"]
    return (
        f"Tried with {number(photos)} synthetic photos of test digits, with tinted and ruled paper, "
        f"shadows, blur and noise: {model.title} reads {number(int(found[f'{model.id}/right']))} of "
        f"them right, and on {blank} of {blanks} empty sheets no ink was found. No camera took these; "
        "yours may be harder."
    )


def ink_settings() -> InkSettings:
    """What the visitor has set, or the program's own choices."""
    state: Any = st.session_state
    by_hand = not state.get("photo-threshold-found", True)
    return InkSettings(
        polarity=POLARITIES[state.get("photo-polarity") or "Find out"],
        threshold=state.get("photo-threshold", 40) / 100 if by_hand else None,
        even_light=state.get("photo-even-light", True),
        one_group=state.get("photo-one-group", True),
    )


def ink_of_photo() -> Ink | None:
    """The ink of the kept photo; None without a photo. Raises PhotoError where it shows no ink."""
    photo = kept_photo()
    return None if photo is None else find_ink(photo, ink_settings())


def photo_on_paper() -> None:
    """Show the kept photo and the widgets that decide what in it is ink."""
    photo = kept_photo()
    if photo is None:
        return
    show(colour_pixels(photo), alt=f"Your photo in greys, {shape(photo.shape)} pixels")
    with st.expander("Find the ink in another way", icon=":material/tune:"):
        choose_one(
            "Ink",
            list(POLARITIES),
            default="Find out",
            key="photo-polarity",
            persist_state="session",
        )
        found = st.toggle(
            "Find the threshold by Otsu's method",
            value=True,
            key="photo-threshold-found",
            persist_state="session",
        )
        st.slider(
            "Ink is darker than its paper by",
            2,
            95,
            40,
            key="photo-threshold",
            format="%d %%",
            disabled=found,
            persist_state="session",
        )
        st.toggle(
            "Even out the light",
            value=True,
            key="photo-even-light",
            persist_state="session",
            help="Compares each place with the paper around it, instead of with the whole photo.",
        )
        st.toggle(
            "Only one group",
            value=True,
            key="photo-one-group",
            persist_state="session",
            help="Keeps the largest connected stroke and what is near it; leaves out specks, ruled "
            "lines and edges.",
        )


def ink_in_words(ink: Ink) -> str:
    """How the ink was found."""
    return (
        f"The ink is {'darker' if ink.polarity == 'dark' else 'brighter'} than its paper. What differs "
        f"by {percent(ink.threshold, 0)} or more counts"
        + (", by your choice." if ink_settings().threshold is not None else " (Otsu 1979).")
    )


def _keep_photo() -> None:
    """Take over the file that was chosen, or forget the one that was taken away."""
    file = st.session_state["photo-file"]
    st.session_state[_PHOTO] = st.session_state[_FAULT] = None
    if file is None:
        return
    try:
        st.session_state[_PHOTO] = read_photo(file.getvalue())
    except PhotoError as error:
        st.session_state[_FAULT] = str(error)
