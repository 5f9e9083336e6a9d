"""The stages of the preparation in words and pictures."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.images.diagnosis import LeftOut, Measured, stroke_thickness
from cnn_core.images.drawing import STAGES, Preparation, PreparedDrawing, prepare_drawing
from ui.look.colors import Rgb, colour_pixels
from ui.look.pictures import digit_with_centre, ink_with_box, show
from ui.look.wording import a_digit, number, percent, probability_in_words
from ui.shared.resources import mnist
from ui.write.handwriting import Handwriting

TITLES = {
    "invert": "Invert",
    "crop": "Crop to the ink",
    "fit": "Fit into 20 × 20",
    "smooth": "Smooth",
    "centre": "Centre its mass",
}
WITHOUT = {
    "invert": "The paper counts as ink.",
    "crop": "The paper around the ink is scaled with it.",
    "fit": "The ink keeps its size on the paper.",
    "smooth": "One pixel of the drawing stands for all that are merged.",
    "centre": "The ink stays where it is on the paper.",
}
SHORT = {
    "invert": "inverting",
    "crop": "cropping",
    "fit": "fitting it into 20 × 20",
    "smooth": "smoothing",
    "centre": "centring",
}
# Every fifth test digit tells how thick strokes are; both halves of the test set are in it.
_EVERY = 5


def filmstrip(handwriting: Handwriting) -> Preparation:
    """Show what each stage makes of a picture, with the switch of each, and return what is on."""
    picture, dark_ink = handwriting.picture, handwriting.dark_ink
    film = st.grid(6, min_column_width=112)
    switch: dict[str, bool] = {}
    cards = {}
    with film:
        with st.container():
            st.markdown("**As it was written**")
            first = picture if handwriting.photo is None else handwriting.photo
            show(_squared(first), alt="The picture before any preparation")
            st.caption(
                f"{number(picture.shape[0])} × {number(picture.shape[1])} pixels."
                + ("" if handwriting.photo is None else " Its ink goes on, on even paper.")
            )
        for order, stage in enumerate(STAGES, start=1):
            with st.container():
                switch[stage] = st.toggle(
                    f"**{order}. {stage.capitalize()}**",
                    value=True,
                    key=stage,
                    bind="query-params",
                )
                cards[stage] = st.container()
    preparation = Preparation(**switch)
    prepared = prepare_drawing(picture, preparation, dark_ink=dark_ink)
    for stage, card in cards.items():
        with card:
            if prepared is None:
                st.caption("Nothing is left.")
            else:
                _card(stage, picture, prepared, preparation, dark_ink=dark_ink)
    return preparation


def _card(
    stage: str,
    picture: NDArray[np.uint8],
    prepared: PreparedDrawing,
    preparation: Preparation,
    *,
    dark_ink: bool,
) -> None:
    top, bottom, left, right = prepared.box
    rows, columns = prepared.scaled.shape
    done = getattr(preparation, stage)
    match stage:
        case "invert":
            show(_squared(prepared.ink), alt="The picture as ink: bright is ink")
            if not dark_ink:
                said = "Nothing to do: the ink is bright already."
            else:
                said = "Dark ink became bright, as in MNIST." if done else WITHOUT[stage]
        case "crop":
            show(_squared(ink_with_box(prepared)), alt="The ink, what goes on in a frame")
            said = f"{number(bottom - top)} × {number(right - left)} pixels go on."
            said = said if done else f"{WITHOUT[stage]} {said}"
        case "fit":
            coarse = prepare_drawing(picture, preparation.without("smooth"), dark_ink=dark_ink)
            shown = prepared.scaled if coarse is None else coarse.scaled
            show(_squared(shown), alt=f"Scaled to {rows} by {columns}, not smoothed")
            scale = rows / (bottom - top)
            said = f"{rows} × {columns}: {number(scale, 3)} times its size."
            said = said if done else f"{WITHOUT[stage]} {said}"
        case "smooth":
            show(_squared(prepared.scaled), alt=f"The {rows} by {columns} pixels, smoothed")
            said = "Each pixel is a mean of those that it covers." if done else WITHOUT[stage]
        case _:
            show(
                digit_with_centre(prepared.image),
                alt="The 28 by 28 pixels that the network receives, their middle marked by a cross",
            )
            said = f"Its top-left goes to row {prepared.corner[0]}, column {prepared.corner[1]}."
            said = said if done else f"{WITHOUT[stage]} {said}"
    st.caption(said)


def _squared(picture: NDArray[np.uint8]) -> Rgb:
    """Pixels in greys, or coloured ones, in the middle of a transparent square."""
    coloured = colour_pixels(picture) if picture.ndim == 2 else picture
    height, width = picture.shape[:2]
    side = max(height, width)
    square = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width, :3] = coloured
    square[top : top + height, left : left + width, 3] = 255
    return square


def what_stages_do(left_out: list[LeftOut], answer: int) -> list[str]:
    """Which stages this drawing depends on, one sentence each, as Markdown."""
    sentences = []
    idle = [SHORT[each.stage] for each in left_out if each.prepared and not each.changed]
    for each in left_out:
        if each.probabilities is None:
            sentences.append(f"**Without {SHORT[each.stage]}** nothing would be left to read.")
            continue
        read = int(each.probabilities.argmax())
        if read != answer:
            sentences.append(
                f"**Without {SHORT[each.stage]}** the network would read this as {a_digit(read)} with "
                f"{probability_in_words(each.probabilities[read])}."
            )
    if not sentences:
        sentences.append("Left out alone, none of the steps changes the answer.")
    if idle:
        sentences.append(f"Here {_listed(idle)} changes not one pixel of the 784.")
    return sentences


def what_is_measured(measured: Measured) -> list[str]:
    """What stands out in a drawing's figures, one sentence each, as Markdown."""
    sentences = []
    if measured.touching:
        sentences.append(
            f"**The ink touches the {_listed(list(measured.touching))}** of its paper. What lies beyond "
            "is not there for the network."
        )
    typical = typical_thickness()
    thinner = float((typical < measured.thickness).mean())
    said = (
        f"Once prepared, its strokes are about {number(measured.thickness, 1)} pixels thick, estimated "
        "as twice the ink over the length of its outline; of "
        f"{number(len(typical))} [test digits] {percent(thinner, 0)} have thinner ones by that measure."
    )
    if thinner < 0.02:
        said = f"**Its strokes are thin.** {said} Take a wider brush, or write smaller."
    elif thinner > 0.98:
        said = f"**Its strokes are thick.** {said} Take a narrower brush, or write larger."
    sentences.append(said)
    if measured.parts > 1:
        sentences.append(
            f"**The ink is in {measured.parts} parts** that do not touch, specks not counted."
        )
    else:
        sentences.append("The ink is in one connected part.")
    sentences.append(
        f"Its longer side takes {percent(measured.share, 0)} of the paper's longer side, which makes "
        "no difference once it is cropped and fitted."
    )
    if measured.off_centre:
        sentences.append(
            f"**Its mass is {number(measured.off_centre, 1)} pixels off the middle**: it is so lopsided "
            "that there was no room to move it further."
        )
    return sentences


@st.cache_data(show_spinner=False)
def typical_thickness() -> NDArray[np.float32]:
    """How thick the strokes of every fifth test digit are: float32 (2000,), in pixels."""
    return stroke_thickness(mnist().test.images[::_EVERY])


def _listed(things: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
