"""What the network receives of a drawing with one step of its preparation left out, and what it reads."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from ui.look.pictures import digit_png
from ui.look.wording import a_digit, probability_in_words

_WIDTH = 84


def left_out_card(
    title: str,
    then: str,
    image: NDArray[np.uint8] | None,
    probabilities: Array | None,
    answer: int,
) -> None:
    """Show what came of it, wide or narrow, all of it in sight.

    then: what happens without the step, a sentence.
    image, probabilities: uint8 (28, 28) and float32 (10,), None where nothing is left to read.
    answer: what is read with all the steps.
    """
    with st.container(
        border=True, horizontal=True, wrap=False, gap="small", vertical_alignment="center"
    ):
        if image is not None:
            st.image(
                digit_png(image, 4 * len(image)),
                width=_WIDTH,
                output_format="PNG",
                alt=f"{title}: what the network receives",
            )
        st.markdown(f"**{title}.** {then} {_read(probabilities, answer)}")


def _read(probabilities: Array | None, answer: int) -> str:
    if probabilities is None:
        return "Nothing is left for the network to read."
    read = int(probabilities.argmax())
    sure = f"Read as {a_digit(read, bold=True)} with {probability_in_words(probabilities[read])}"
    if read == answer:
        return f"{sure}."
    return f"{sure}; the {answer} gets {probability_in_words(probabilities[answer])}."
