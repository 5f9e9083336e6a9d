"""The digits that excite a unit most, and the patches of them that did it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.findings.units import UnitsOfLayer
from ui.look.gloss import glossed
from ui.look.pictures import framed, seen_by, sheet_of, show
from ui.look.wording import count, number
from ui.shared.resources import mnist
from ui.shared.training_features import TRAINING_DIGITS
from ui.visitor.digits_to_choose import digits_to_choose
from ui.why.unit_looked_at import LookedAt

SIDE_BY_SIDE = 3


class Strong(NamedTuple):
    """A digit that excites a unit, the cell of its map that responds, and how much."""

    digit: Digit
    cell: tuple[int, int]
    response: float


def strongest_of(found: UnitsOfLayer, unit: int) -> list[Strong]:
    """The training digits to which a unit responds most, falling; none where it is dead."""
    return [
        Strong(
            mnist_digit(mnist(), "train", int(position)),
            (int(cell[0]), int(cell[1])),
            float(response),
        )
        for position, cell, response in zip(
            found.strongest[unit], found.cells[unit], found.responses[unit], strict=True
        )
        if position >= 0
    ]


def show_strongest(unit: LookedAt, found: UnitsOfLayer) -> None:
    """The digits, each with its patch marked, to choose from."""
    strongest = strongest_of(found, unit.number)
    digits_to_choose(
        [digit for digit, _, _ in strongest],
        [f"{digit.label} · {number(response, 2)}" for digit, _, response in strongest],
        key="strongest",
        columns=SIDE_BY_SIDE,
        coloured=np.stack([seen_by(digit.image, unit.field(cell)) for digit, cell, _ in strongest]),
    )
    st.caption(
        glossed(
            f"Of {number(TRAINING_DIGITS)} training digits those with the largest response: [label] · "
            "response. "
            + ("Not dimmed: the patch that did it. " if unit.is_map else "")
            + _unheard(sum(unit.is_unheard(cell) for _, cell, _ in strongest), len(strongest))
            + _as_strong(int(found.as_strong[unit.number]), len(strongest))
            + "Choose one to make it the current digit."
        )
    )


def show_patches(unit: LookedAt, found: UnitsOfLayer) -> None:
    """The patches of the same digits, in the same order, enlarged."""
    strongest = strongest_of(found, unit.number)
    show(
        sheet_of(
            np.stack([framed(unit.patch(digit.image, cell), 96) for digit, cell, _ in strongest]),
            SIDE_BY_SIDE,
        ),
        alt=f"The patches to which {unit.name} responds most, of digits labelled "
        + ", ".join(str(digit.label) for digit, _, _ in strongest),
        caption=f"The patches alone, {unit.side}×{unit.side} pixels, in the same order"
        + (
            ". Pale: beyond the edge of the image"
            if any(unit.field(cell).pixels < unit.side**2 for _, cell, _ in strongest)
            else ""
        ),
    )


def _unheard(cells: int, shown: int) -> str:
    """What is to be said where responses stand in cells that no later layer reads."""
    if not cells:
        return ""
    return f"In {cells} of these {shown} it lies so that no later [layer] reads the cell that responds. "


def _as_strong(digits: int, shown: int) -> str:
    """What is to be said where more digits get the largest response than are shown."""
    if digits <= shown:
        return ""
    return (
        f"{count(digits, 'digit')} get the very largest, these are the first of them: even ink, or the "
        "same edge, fills so small a patch in each. "
    )
