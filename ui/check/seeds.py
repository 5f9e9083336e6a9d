"""Results of several seeds, as words, and as dots that lie side by side in a row of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnn_core.recipe.improvements import Verdict

VERDICT_IN_SHORT: dict[Verdict, str] = {
    "better": "every seed better",
    "worse": "every seed worse",
    "overlap": "ranges overlap",
    "unknown": "too few seeds yet",
}
_APART = 0.16


def seeds_in_words(shares: Sequence[float]) -> str:
    """What each seed reached: `98.52, 98.68, 98.68 %`."""
    return ", ".join(f"{100 * share:.2f}" for share in shares) + "\N{NO-BREAK SPACE}%"


def height_of_dot(row: int, place: int, count: int) -> float:
    """Where dot `place` of `count` stands around a row: a little apart, so that equal results are seen."""
    return row + _APART * (place - (count - 1) / 2)


def axis_of_rows(titles: Sequence[str]) -> dict[str, Any]:
    """The upright axis of a chart with a row for each title, the first at the top."""
    return {
        "range": [len(titles) - 0.5, -0.5],
        "tickvals": list(range(len(titles))),
        "ticktext": list(titles),
        "ticklabelstandoff": 8,
        "zeroline": False,
    }
