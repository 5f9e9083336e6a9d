"""What is open on the evaluation page, in session and address: `?part=confusions&cell=4-9`.

Cells are opened by the visitor. Until one is, the page shows one of its own choice, which is in the
address too: a link shows what its sender saw, and Back comes by it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from cnn_core.data.dataset import CLASSES
from cnn_core.errors import quoted
from ui.check.two_by_two import VERDICTS
from ui.shared.resources import model
from ui.visitor.address import AddressError, Part, follow, write
from ui.visitor.current import current_model

Cell = tuple[int, int]

# The key of the widget with the parts of the page, and of the one with the other model.
PART_WIDGET, OTHER_MODEL = "evaluation-part", "other-model"
_DIGITS = [str(digit) for digit in range(CLASSES)]


def _cell_part(name: str, key: str, table: str, names: Sequence[str]) -> Part[Cell]:
    """A cell of a table as `row-column`, each of which has one of the names."""

    def take(text: str) -> Cell:
        row, _, column = text.partition("-")
        if row not in names or column not in names:
            raise AddressError(f"There is no cell {quoted(text)} in the {table}.")
        return names.index(row), names.index(column)

    return Part(
        name, "cell", take, written=lambda cell: "-".join(names[at] for at in cell), key=key
    )


_CONFUSION = _cell_part("cell", "confusion-cell", "confusion matrix", _DIGITS)
_COMPARISON = _cell_part("verdicts", "comparison-cell", "table of two models", VERDICTS)


def _other_model(name: str) -> str:
    if name == current_model().id:
        raise AddressError(f"The model {quoted(name)} cannot be compared with itself.")
    return model(name).id


# What was compared before may have become the current model since.
_OTHER = Part(
    "other",
    "model",
    _other_model,
    written=lambda name: "" if name == current_model().id else name,
    key=OTHER_MODEL,
)


def follow_evaluation(parts: Mapping[str, str]) -> None:
    """Bring session and address together, before the parts of the page are shown.

    parts: the label of each part, by its name in the address. Afterwards the session holds one of
    the labels for the widget of the parts.
    """

    def take(name: str) -> str:
        if name not in parts:
            raise AddressError(f"This page has no part {quoted(name)}.")
        return name

    # Not the key of the widget: Streamlit forgets that with the page, and Back is to find it again.
    open_part = Part("part", "part", take, key="evaluation-open")
    asked_for = follow(open_part, _CONFUSION, _COMPARISON, _OTHER)
    clicked = [name for name in parts if parts[name] == st.session_state.get(PART_WIDGET)]
    if clicked and "part" not in asked_for:
        open_part.put(clicked[0])
    elif open_part.value is None:
        open_part.put(next(iter(parts)))
    st.session_state[PART_WIDGET] = parts[open_part.value or ""]
    write(open_part, _as_shown(_CONFUSION), _as_shown(_COMPARISON), _OTHER)


def open_confusion(truth: int, answer: int) -> None:
    """Open a cell of the confusion matrix, by its row and column."""
    _CONFUSION.put((truth, answer))


def confusion_shown(otherwise: Cell) -> Cell:
    """The cell of the confusion matrix that is open, and now in the address."""
    return _shown(_CONFUSION, otherwise)


def open_comparison(row: int, column: int) -> None:
    """Open a cell of the table of two models."""
    _COMPARISON.put((row, column))


def comparison_shown(otherwise: Cell) -> Cell:
    """The cell of the table of two models that is open; with the other model now in the address."""
    write(_OTHER)
    return _shown(_COMPARISON, otherwise)


def _shown(part: Part[Cell], otherwise: Cell) -> Cell:
    shown = _as_shown(part, otherwise)
    write(shown)
    return shown.value or otherwise


def _as_shown(part: Part[Cell], otherwise: Cell | None = None) -> Part[Cell]:
    """A cell as it stands in the address: the one that was opened, or that the page chose last.

    What the page chose is not put where an opened cell is: with another model it chooses anew.
    """
    shown = replace(part, key=f"{part.key}-shown")
    shown.put(part.value or otherwise or shown.value)
    return shown
