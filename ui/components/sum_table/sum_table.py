"""A sum written out term by term, as a table with a bar for the size of each term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ui.components.shared.register import base64_bytes, register
from ui.look.colors import Rgb
from ui.look.wording import number

_terms = register(__file__)


@dataclass(frozen=True)
class Factor:
    """Some values of a term as a picture (rows, columns, 3), and what it shows in words."""

    picture: Rgb
    label: str


@dataclass(frozen=True)
class Term:
    """One line of the table: a name, what is multiplied, and the result.

    factors: texts or pictures, one for each column between the name and the result.
    marked: whether the line stands out, as the winner of a pool does.
    """

    name: str
    value: float
    factors: Sequence[str | Factor] = field(default_factory=tuple)
    text: str | None = None
    marked: bool = False


@dataclass(frozen=True)
class Total:
    """One line below the terms; `strong` for the result."""

    name: str
    text: str
    strong: bool = False


def signed(value: float, decimals: int = 4) -> str:
    """A number with its sign, `+0.25` or `−0.25`, which gives it its colour; 0 has neither."""
    text = number(value, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text


def terms(
    label: str,
    heads: Sequence[str],
    rows: Sequence[Term],
    sums: Sequence[Total],
    *,
    key: str,
) -> None:
    """Show a table of terms and what they add up to.

    heads: the titles of name, factors and result.
    """
    _terms(
        key=key,
        data={
            "label": label,
            "heads": list(heads),
            "terms": [_row(term) for term in rows],
            "largest": max((abs(term.value) for term in rows), default=0.0),
            "sums": [
                {"name": total.name, "text": total.text, "strong": total.strong} for total in sums
            ],
        },
    )


def _row(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "value": term.value,
        "text": signed(term.value) if term.text is None else term.text,
        "factors": [
            factor
            if isinstance(factor, str)
            else {
                "rgb": base64_bytes(factor.picture),
                "rows": factor.picture.shape[0],
                "columns": factor.picture.shape[1],
                "label": factor.label,
            }
            for factor in term.factors
        ],
        "marked": term.marked,
    }
