"""An image made for a unit, beside the real digit that excites it most: nobody is to take it for one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.findings.made_image import FREE, SMOOTH, STEPS, MadeImage, Restraint, make_image
from cnn_core.findings.units import UnitsOfLayer
from cnn_core.network.network import Network
from cnn_core.store.store import StoredModel
from ui.look.colors import ACCENT_RGB, Rgb, colour_pixels
from ui.look.pictures import framed, show
from ui.look.wording import a_digit, number, percent, probability_in_words
from ui.shared.resources import BY_WEIGHTS, network
from ui.shared.training_features import TRAINING_DIGITS
from ui.why.strongest_digits import Strong
from ui.why.unit_looked_at import LookedAt

_WIDTH = 280
_FRAME = 6
_STRIPE = 12


def made_for(model: StoredModel, unit: LookedAt) -> tuple[MadeImage, MadeImage]:
    """The images made for a unit with restraint and without, each once for all visitors."""
    smooth, free = (
        _made(model, unit.layer.name, unit.number, unit.middle, restraint)
        for restraint in (SMOOTH, FREE)
    )
    return smooth, free


def show_made(unit: LookedAt, smooth: MadeImage, free: MadeImage, strongest: Strong | None) -> None:
    """Both images, after what the unit sees of the digit that excites it most, where that is known."""
    with st.grid(3, min_column_width=100, gap="small", key="made"):
        if strongest is not None:
            with st.container():
                show(
                    framed(unit.patch(strongest.digit.image, strongest.cell), _WIDTH, _FRAME),
                    alt=f"What {unit.name} sees of {strongest.digit.title.lower()}",
                    caption=f"**Written by somebody:** {strongest.digit.title.lower()}, labelled "
                    f"{strongest.digit.label}. Response {number(strongest.response, 2)}",
                )
        for image, how in ((smooth, "faded and blurred at every step"), (free, "left alone")):
            with st.container():
                seen = image.image[unit.field(unit.middle).in_image]
                show(
                    framed_as_made(colour_pixels(seen)),
                    alt=f"An image made for {unit.name}, {how}: no digit",
                    caption=f"**Made, no digit:** {how}. Sum {number(image.height, 2)}",
                )


def climb_in_words(
    unit: LookedAt, smooth: MadeImage, free: MadeImage, found: UnitsOfLayer | None
) -> str:
    """How far the climbs came, beside what any digit brings, as Markdown."""
    told = (
        f"From {number(float(smooth.sums[0]), 2)} for the grey that it starts from, the climb comes to "
        f"**{number(smooth.height, 2)}**, left alone to **{number(free.height, 2)}**. "
    )
    if found is not None:
        most = float(found.responses[unit.number, 0])
        if most > 0:
            told += f"The strongest of {number(TRAINING_DIGITS)} digits brings it to {number(most, 2)}. "
        elif max(smooth.height, free.height) > 0:
            told += (
                f"So the {unit.kind} that no digit excites is not unable to respond: what would make it "
                "respond is in no digit. "
            )
        else:
            told += "So not even an image that is made for it gets a response. "
    return (
        told
        + "What there is to be recognised in the first image was let through by its restraints, which "
        "we chose; the network knows nothing of them."
    )


def reading_in_words(network: Network, made: MadeImage) -> str:
    """What the network takes an image for that shows no digit."""
    probabilities = network.predict(made.image[np.newaxis])[0]
    answer = int(probabilities.argmax())
    return (
        f"It reads that first image as {a_digit(answer, bold=True)} with "
        f"{probability_in_words(probabilities[answer])}: it cannot say that something is no digit at all."
    )


def framed_as_made(picture: Rgb) -> Rgb:
    """A picture (rows, columns, 3), enlarged, in a frame of stripes: what is in one was written by nobody."""
    result = framed(picture, _WIDTH, _FRAME)
    rows, columns = np.indices(result.shape[:2])
    inside = np.zeros(result.shape[:2], np.bool_)
    inside[_FRAME:-_FRAME, _FRAME:-_FRAME] = True
    stripes = (rows + columns) // _STRIPE % 2 == 0
    result[~inside & stripes] = (*ACCENT_RGB, 255)
    result[~inside & ~stripes] = 0
    return result


@st.cache_data(show_spinner=False, max_entries=500, hash_funcs=BY_WEIGHTS)
def _made(
    model: StoredModel, layer: str, unit: int, cell: tuple[int, int], restraint: Restraint
) -> MadeImage:
    return make_image(network(model.id), layer, unit, cell, restraint)


def how_it_was_made() -> str:
    """The rule by which images are made, in words."""
    return (
        "**Activation maximisation** (Erhan et al., 2009) starts from grey, with a little noise, "
        f"and {STEPS} times changes every pixel a little along the slope of the unit's sum: where "
        "brighter raises it, brighter, else darker. The slopes come from the chain rule, as on the page "
        f"Reasons. Each step of one image is followed by two restraints: every pixel fades by "
        f"{percent(SMOOTH.fading, 0)} towards black, and goes {percent(SMOOTH.blur, 0)} of the way to "
        "the mean of its four neighbours. The other image has none."
    )
