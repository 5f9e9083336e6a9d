"""Where a network cannot look: the maps, the digits misread for it, and a try of one's own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.findings.blind_spot import (
    DIGITS,
    Cropped,
    Search,
    Sensitivity,
    load_sensitivity,
    search,
)
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import mistakes
from cnn_core.network.change_of_maps import moved
from cnn_core.network.receptive_field import unseen
from ui.check.gallery import gallery
from ui.check.pixel_map import pixel_map
from ui.look.colors import ACCENT_RGB, Rgb, colour_pixels
from ui.look.pictures import show
from ui.look.wording import a_digit, count, number, percent, probability_in_words
from ui.shared.resources import mnist, models, network, test_probabilities

_TINT = 0.35
_SHOWN = 2
# Pixels on the screen: two pictures side by side on a phone.
_NARROWEST = 150


@st.cache_resource(show_spinner=False)
def sensitivity() -> dict[str, Sensitivity]:
    """What was measured ahead, by id of the model; raises ComputedError."""
    return load_sensitivity(models())


@st.cache_resource(show_spinner=False)
def searched(model_id: str, weights_checksum: str) -> Search:
    """Which of a model's mistakes are due to its blind spot; a fraction of a second, then kept."""
    del weights_checksum  # Another model may come to have the id.
    test = mnist().test
    return search(network(model_id), test, mistakes(test_probabilities(model_id), test.labels))


def blind_pixels(model_id: str) -> NDArray[np.bool_]:
    """Pixels that a model never looks at, exactly, from its architecture: bool (28, 28)."""
    return unseen(models()[model_id].config.architecture, "output")


def shaded(image: NDArray[np.uint8], blind: NDArray[np.bool_]) -> Rgb:
    """A digit, uint8 (28, 28), with a tint of the accent colour over the blind spot."""
    picture = colour_pixels(image)
    tinted = np.round(picture * (1 - _TINT) + np.array(ACCENT_RGB) * _TINT).astype(np.uint8)
    return np.where(blind[..., np.newaxis], tinted, picture)


def show_maps() -> None:
    """What each pixel can do, for each measured model, and where every other one cannot look."""
    largest = max(float(found.mean.max()) for found in sensitivity().values())
    scale = (-5, int(np.ceil(np.log10(largest))))
    for column, name in zip(st.columns(len(COMPARED), gap="large"), COMPARED, strict=True):
        found, blind, title = sensitivity()[name], blind_pixels(name), models()[name].title
        row, across = np.unravel_index(int(found.mean.argmax()), found.mean.shape)
        with column:
            st.markdown(f"**{title}**: {count(int(blind.sum()), 'pixel')} of {blind.size} unseen")
            st.plotly_chart(
                pixel_map(found.mean, blind, scale, title),
                key=f"pixel-map-{name}",
                config={"displayModeBar": False},
                alt=f"Map of what each pixel can do to {title}'s answers. {int(blind.sum())} pixels "
                f"cannot do anything; the one in row {row}, column {across} does most, "
                f"{percent(float(found.mean.max()), 2)} on average.",
            )
            st.markdown(
                "A pixel in sight moves the probability of the answer by "
                f"**{number(100 * float(found.mean[~blind].mean()), 2)}** percentage points on "
                f"average, and {number(100 * float(found.largest.max()))} at most. No pixel turns "
                f"more than {round(float(found.turned.max()) * DIGITS)} of {DIGITS} answers."
            )
    st.caption(
        f"Measured: of {DIGITS} test digits, the first {DIGITS // 10} of each class, every pixel was "
        "made black and made white, one at a time. Colour: by how much the probability of the answer "
        "changed, in percentage points, whichever of the two changed it more, on average over the "
        "digits. Both maps share one scale, which is logarithmic. Hatched, exactly and for whatever "
        "weights: pixels that the windows of the architecture never reach."
    )
    unseen_by: dict[int, list[str]] = {}
    for name, model in models().items():
        if name not in COMPARED:
            unseen_by.setdefault(int(blind_pixels(name).sum()), []).append(model.title)
    if unseen_by:
        st.caption(
            "Only these two are measured ahead. What the others cannot see follows from their "
            "architecture alone: "
            + "; ".join(
                f"{count(pixels, 'pixel')} of {', '.join(titles)}"
                for pixels, titles in sorted(unseen_by.items())
            )
            + "."
        )


def show_digits_misread_for_it() -> None:
    """The search for digits that baseline misreads because part of them is in its blind spot."""
    model = models()["baseline"]
    blind = blind_pixels(model.id)
    found = searched(model.id, model.weights_checksum)
    st.subheader("Does it misread digits for this reason?")
    st.markdown(
        f"{percent(_share_of_ink(), 1)} of all ink of the test digits stands in the blind spot. To "
        f"know whether that costs answers, each of the {number(found.misread)} digits that "
        f"{model.title} misreads was put to a test. {number(found.with_ink)} of them have ink there "
        "and can be moved, up and left, until none has. Moved by as little as that takes, "
        f"**{number(found.right_when_moved)}** are read right. But moving alone may help. So they were "
        "moved again, just as far, with the ink missing that had stood in the blind spot: "
        f"**{number(len(found.cropped))}** of them are then misread again. Between the two pictures "
        "nothing differs but the ink that the network could not see where it was."
    )
    if not found.cropped:
        st.info("No digit passes the test: none is misread because of the blind spot alone.")
        return
    for case in _examples(found.cropped):
        _show_case(case, blind)
    with st.expander(f"All {count(len(found.cropped), 'digit')} misread for this reason"):
        positions = np.array([case.position for case in found.cropped])
        gallery(positions, test_probabilities(model.id), key="cropped", reader=model)
    st.caption(
        f"Of the {number(found.misread)} mistakes these are "
        f"{percent(len(found.cropped) / found.misread, 0)}. The test says what would have helped a "
        "single digit; it does not say how many mistakes a network without the blind spot would "
        "make. The experiment below comes closer to that."
    )


def _examples(cases: Sequence[Cropped]) -> list[Cropped]:
    """The clearest cases, of different classes."""
    clearest: dict[int, Cropped] = {}
    for case in cases:
        clearest.setdefault(int(mnist().test.labels[case.position]), case)
    return list(clearest.values())[:_SHOWN]


def _show_case(case: Cropped, blind: NDArray[np.bool_]) -> None:
    image = mnist().test.images[case.position]
    label = int(mnist().test.labels[case.position])
    cut = np.where(blind, np.uint8(0), image)
    way = " and ".join(
        f"{amount} {towards}"
        for amount, towards in ((case.up, "up"), (case.left, "to the left"))
        if amount
    )
    pictures = (
        (image, case.as_it_is, f"Test digit {case.position:,}, written as {a_digit(label)}"),
        (moved(image, -case.up, -case.left), case.moved, f"Moved: {way}"),
        (moved(cut, -case.up, -case.left), case.without, "Moved as far, without that ink"),
    )
    with st.grid(len(pictures), min_column_width=_NARROWEST):
        for picture, probabilities, text in pictures:
            answer = int(probabilities.argmax())
            verdict = "right" if answer == label else "wrong"
            show(
                shaded(picture, blind),
                alt=f"{text}, with the blind spot tinted. Read as {answer}, which is {verdict}",
                caption=f"{text}. Read as {answer} with {probability_in_words(probabilities[answer])}: "
                f"{verdict}; the {label} has {probability_in_words(probabilities[label])}",
            )


@st.cache_data(show_spinner=False)
def _share_of_ink() -> float:
    images = mnist().test.images
    return float(images[:, blind_pixels("baseline")].sum() / images.sum())
