"""What covering parts of a digit does to one of the ten answers: the map, the worst place, a guess at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.findings.attribution import Measure, Occlusion
from cnn_core.network.arithmetic import Array
from cnn_core.network.receptive_field import Field, Span
from ui.look.pictures import show
from ui.look.wording import a_digit, count, number, probability_in_words
from ui.visitor.choice import hold_to
from ui.why.evidence import evidence_picture, framed_digit
from ui.why.parts import PARTS, Parts, at_part

# A map of less is pale: at full colour, what is next to nothing would look like evidence.
LEAST_SCALE: dict[Measure, float] = {"probability": 0.01, "logit": 0.1}


@dataclass(frozen=True)
class Covering:
    """An occlusion of a digit, uint8 (28, 28), as it is read for the digit that is asked for."""

    image: NDArray[np.uint8]
    asked: int
    found: Occlusion
    measure: Measure

    @property
    def whole(self) -> float:
        """Its probability, or logit, while nothing is covered."""
        return float(self.found.without_patch(self.measure)[self.asked])

    @property
    def values(self) -> Array:
        """The same under each patch: float32 (places, places)."""
        return self.found.under_patches(self.measure)[..., self.asked]

    @property
    def worst(self) -> tuple[int, int]:
        """The place, down and across, where least is left of it."""
        row, column = np.unravel_index(int(self.values.argmin()), self.values.shape)
        return int(row), int(column)

    def said(self, value: float) -> str:
        """A probability or a logit as it is read."""
        return probability_in_words(value) if self.measure == "probability" else number(value, 2)


def part_field(key: str) -> int | None:
    """One of the nine parts of the digit, or none yet."""
    # Whoever sends messages of his own may choose what is no part.
    hold_to([*range(len(PARTS)), None], key)
    return st.selectbox(
        "Your answer",
        range(len(PARTS)),
        None,
        format_func=PARTS.__getitem__,
        key=key,
        placeholder="a part of the digit",
        width=200,
    )


def judge_part(guessed: int | None, covering: Covering, parts: Parts) -> None:
    """Say at which part the square takes most, and what it takes at the one that was guessed."""
    values, worst = covering.values, covering.worst
    left = covering.said(float(values[worst]))
    if covering.whole - float(values[worst]) < LEAST_SCALE[covering.measure]:
        st.info(
            f"Nowhere much: of {covering.said(covering.whole)} the square leaves {left} even where "
            "it takes most."
        )
        return
    centres = np.array(covering.found.places) + covering.found.patch / 2
    part = parts.holding(float(centres[worst[0]]), float(centres[worst[1]]))
    if guessed is None:
        st.info(f"Most is taken {at_part(part)}: {left} is left.")
    elif guessed == part:
        st.success(f"Yes, most is taken {at_part(part)}: {left} is left.", icon=":material/check:")
    else:
        row, column = (int(np.abs(centres - middle).argmin()) for middle in parts.middle(guessed))
        st.error(
            f"Not {at_part(guessed)}: there {covering.said(float(values[row, column]))} is left. Most "
            f"is taken {at_part(part)}: {left} is left.",
            icon=":material/close:",
        )


def show_drops(covering: Covering) -> None:
    """How far the probability, or the logit, falls on average while a pixel is covered."""
    asked, measure, found = covering.asked, covering.measure, covering.found
    drops = found.drops(measure)[..., asked]
    largest = float(np.abs(drops).max())
    scale = max(largest, LEAST_SCALE[measure])
    never = int(found.never_covered.sum())
    show(
        evidence_picture(drops, covering.image, scale, found.never_covered),
        alt=f"Occlusion map for the {asked}: the largest mean drop of its {measure} is "
        f"{covering.said(max(float(drops.max()), 0.0))}",
        caption=f"Mean drop of the {measure} of the {asked} while a pixel is covered, from "
        f"{number(-scale, 3)} (orange: covering helps the {asked}) to {number(scale, 3)} "
        "(blue: it hurts)"
        + (f". Striped: {count(never, 'pixel')} that the square never covers" if never else ""),
    )
    if largest < scale:
        st.caption(
            f"The largest is {number(largest, 5)}, so its colours are faint."
            + (" The logit may still move." if measure == "probability" else "")
        )


def show_lowest(covering: Covering) -> None:
    """The digit with the square where it lowers the probability, or the logit, most."""
    found, (row, column) = covering.found, covering.worst
    top, left = found.places[row], found.places[column]
    bottom, right = top + found.patch - 1, left + found.patch - 1
    covered = covering.image.copy()
    covered[top : bottom + 1, left : right + 1] = 0
    show(
        framed_digit(covered, Field(Span(top, bottom), Span(left, right))),
        alt=f"The digit with rows {top} to {bottom}, columns {left} to {right} covered",
        caption=f"Covered here, the {covering.asked} has its lowest {covering.measure}: "
        f"{covering.said(float(covering.values[row, column]))}. The network then reads "
        f"{a_digit(int(found.covered[row, column].argmax()))}",
    )
