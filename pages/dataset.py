"""Dataset: what the network learned from, and the choice of a digit to follow."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from cnn_core.data.dataset import CLASSES, Split, SplitName
from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.recipe.config import HELD_OUT_IMAGES, TRAINABLE_IMAGES
from ui.check.class_counts import class_counts
from ui.components.pixel_table.pixel_table import pixel_table
from ui.frame.article import question, takeaway
from ui.look.colors import colour_pixels
from ui.look.pictures import show
from ui.look.wording import a_digit, number
from ui.shared.resources import average_digits, mnist
from ui.visitor.choice import choose_one
from ui.visitor.current import choose_digit_named, current_digit
from ui.visitor.digits_to_choose import digits_to_choose

DIGITS_ON_A_PAGE = 25
SPLITS: dict[str, SplitName] = {"Training": "train", "Test": "test"}
ALL = "All"

question(
    "What does the network learn from?",
    "[MNIST]: 70,000 digits that people wrote by hand, each an image of 28 × 28 pixels with a [label], the "
    "digit that it is filed as. A network here learns from at most the first "
    f"{number(TRAINABLE_IMAGES)} of the 60,000 training digits; the other {number(HELD_OUT_IMAGES)} are "
    "[held out], to choose among networks. The 10,000 [test digits] are kept back to see how well the chosen "
    "one reads handwriting that it has never met.",
)


class Choice(NamedTuple):
    """Which digits are shown, and in which order.

    title: of the split, one of SPLITS.
    label: their class; None for all.
    seed: of the order; None for the one in which they are stored.
    """

    title: str
    label: int | None
    seed: int | None

    @property
    def split_name(self) -> SplitName:
        """The name of the split."""
        return SPLITS[self.title]

    @property
    def split(self) -> Split:
        """The images and labels of the whole split."""
        return mnist().split(self.split_name)


def choose_digits() -> Choice:
    """The widgets for what is shown; all of it stands in the address."""
    st.header("Browse the digits")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        split_title = choose_one(
            "Digits for", list(SPLITS), default="Training", key="split",
            bind="query-params",
        )  # fmt: skip
        class_title = st.pills(
            "Class", [ALL, *map(str, range(CLASSES))], default=ALL, key="class", required=True,
            bind="query-params",
        )  # fmt: skip
        shuffled = st.toggle("Shuffle", key="shuffle", bind="query-params")
        seed = None
        if shuffled:
            seed = st.number_input(
                "Seed",
                0,
                9999,
                key="seed",
                width=130,
                bind="query-params",
                help="The same seed gives the same order, here and on every other computer.",
            )
    label = None if class_title in (ALL, None) else int(class_title)
    return Choice(split_title or "Training", label, seed)


def browse(choice: Choice) -> None:
    """The digits of the choice, page by page, beside the current digit."""
    positions = choice.split.positions(choice.label, choice.seed)
    pages = -(-len(positions) // DIGITS_ON_A_PAGE)
    if st.session_state.get("page", 1) > pages:
        st.session_state["page"] = 1
    grid, chosen = st.columns([3, 2], gap="large")
    with grid:
        sheet = st.container()
        page = st.pagination(pages, key="page", bind="query-params")
        first = (page - 1) * DIGITS_ON_A_PAGE
        shown = [
            mnist_digit(mnist(), choice.split_name, int(p))
            for p in positions[first:][:DIGITS_ON_A_PAGE]
        ]
        with sheet:
            digits_to_choose(
                shown, [str(each.label) for each in shown], key="digit-grid", columns=5
            )
        st.caption(
            f"Digits {number(first + 1)} to {number(first + len(shown))} of {number(len(positions))} "
            f"{choice.title.lower()} digits. Choose one, and it is the current digit on every page."
        )
    with chosen:
        show_current(current_digit(), choice)


def show_current(digit: Digit, choice: Choice) -> None:
    """The current digit, large, and a field that goes to another position of the split."""
    last = len(choice.split) - 1
    st.subheader(f"Chosen: {digit.title}")
    show(colour_pixels(digit.image), alt=f"{digit.title}, large")
    if digit.label is not None:
        st.markdown(f"Its label says {a_digit(digit.label, bold=True)}.")
    form = st.form("position-form", border=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"Go to {choice.title.lower()} digit 0 to {number(last)}", 0, last, key="position"
        )
        st.form_submit_button(
            "Show",
            key="show-position",
            icon=":material/arrow_forward:",
            on_click=lambda: choose_digit_named(
                f"{choice.split_name}-{st.session_state['position']}"
            ),
        )


def show_pixels() -> None:
    """The current digit as the numbers that it is."""
    st.header("A digit is a table of numbers")
    st.markdown(
        "To the network this digit is nothing but these 784 numbers. 0 is black paper, 255 is full white "
        "ink, what lies between is the soft edge of a stroke."
    )
    pixel_table(current_digit(), key="pixel-table")


def count_classes(choice: Choice) -> None:
    """How many digits of each class there are, and their averages."""
    split_title = choice.title.lower()
    st.header("How many of each, and what they have in common")
    counts = choice.split.class_counts()
    rarest, commonest = int(counts.argmin()), int(counts.argmax())
    st.markdown(
        f"The {number(len(choice.split))} {split_title} digits are not spread evenly: "
        f"the {commonest} is the most frequent ({number(counts[commonest])}), "
        f"the {rarest} the rarest ({number(counts[rarest])})."
    )
    st.plotly_chart(
        class_counts(counts, choice.label),
        key="class-counts",
        config={"displayModeBar": False},
        alt=f"Bars: number of {split_title} digits of each class, from "
        f"{number(counts[rarest])} to {number(counts[commonest])}",
    )
    st.markdown(
        "The average of all digits of a class: every pixel is the mean of that pixel. Sharp where all "
        "writers agree, blurred where they do not."
    )
    with st.grid(10, min_column_width=56, gap="small"):
        for label, average in enumerate(average_digits(choice.split_name)):
            grey = colour_pixels(np.round(average).astype(np.uint8))
            show(grey, alt=f"The average {label}", caption=str(label))


def describe_arrays(split: Split) -> None:
    """Shapes, types and sizes of the arrays of a split."""
    st.header("The arrays, in words")
    st.markdown(
        f"- `images` has the shape `{split.images.shape}`: {number(len(split))} images, each of "
        f"{split.images.shape[1]} rows of {split.images.shape[2]} pixels.\n"
        f"- Its type is `{split.images.dtype}`: each pixel is one byte, a whole number from "
        f"{split.images.min()} to {split.images.max()}.\n"
        f"- `labels` has the shape `{split.labels.shape}` and the type `{split.labels.dtype}`: one "
        f"number from {split.labels.min()} to {split.labels.max()} for each image.\n"
        f"- Together they take {number((split.images.nbytes + split.labels.nbytes) / 1e6)} MB."
    )


chosen_digits = choose_digits()
browse(chosen_digits)
show_pixels()
count_classes(chosen_digits)
describe_arrays(chosen_digits.split)
takeaway(
    "Nobody tells the network what a 4 is. It is shown thousands of these tables, each with the "
    "right answer, and has to find out by itself."
)
