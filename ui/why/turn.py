"""With how many feature maps off the answer turns: what is said of a guess at it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.look.wording import a_digit


class Turn(NamedTuple):
    """With how many maps off the answer is first another, and which."""

    off: int
    answer: int


def turn(answers: NDArray[np.int64]) -> Turn | None:
    """The first of the answers with 0, 1, 2 … maps off that differs from the one with none, if any."""
    others = np.flatnonzero(answers != answers[0])
    return Turn(int(others[0]), int(answers[others[0]])) if len(others) else None


def judge_turn(
    guessed: int | None, dimmest_first: Turn | None, brightest_first: Turn | None, silent: int
) -> None:
    """Say when the answer turns if the dimmest maps go first, and if the brightest do.

    silent: how many of the maps are 0 everywhere for this digit.
    """
    if dimmest_first is None:
        st.info(
            "Never: with all of them off every digit gets the same answer, and it happens to be this "
            "one."
        )
        return
    off, answer = dimmest_first
    truth = f"with {off} off the network reads {a_digit(answer)}"
    beside = f" {silent} of them are silent for this digit anyway." if silent else ""
    if brightest_first is not None:
        beside += f" With the brightest first it takes {brightest_first.off}."
    if guessed is None:
        st.info(f"{truth.capitalize()}.{beside}")
    elif guessed == off:
        st.success(f"Yes, {truth}.{beside}", icon=":material/check:")
    else:
        st.error(f"Not with {guessed}: {truth}.{beside}", icon=":material/close:")
