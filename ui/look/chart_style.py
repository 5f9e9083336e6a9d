"""What Plotly figures share; light and dark are Streamlit's theme, no surface has a colour here."""

from __future__ import annotations

from typing import Any

# A colour bar that lies below its map, where a narrow screen has room for it. Its last number stands
# in the room beside it: Plotly leaves out what would reach beyond the chart.
BAR_BELOW = {
    "orientation": "h",
    "y": -0.16,
    "yanchor": "top",
    "thickness": 12,
    "outlinewidth": 0,
    "xpad": 24,
}
_POWERS = range(-7, 7)


def log_axis(*, percent: bool = False, within_power: tuple[int, ...] = (1, 2, 5)) -> dict[str, Any]:
    """A logarithmic axis whose numbers are whole: 0.05, 0.1, 0.2, where Plotly would write 5, 0.1, 2.

    percent: whether its values are shares.
    within_power: the multiples of each power of ten that are written.
    """
    # By way of its text each number is the one that it is said to be, and nothing is rounded.
    ticks = [float(f"{first}e{power}") for power in _POWERS for first in within_power]
    texts = [f"{100 * tick:.6g} %" if percent else f"{tick:,.7g}" for tick in ticks]
    return {"type": "log", "tickmode": "array", "tickvals": ticks, "ticktext": texts}
