"""One unit: its map to walk over, and what each of its cells can see of the digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.receptive_field import Span
from ui.components.shared import from_browser
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import ACTIVATION_SCALE, NEUTRAL, PIXEL_SCALE
from ui.look.wording import number

_unit_view = register(__file__)


def unit_view(
    image: NDArray[np.uint8],
    spans: Sequence[Span],
    unseen: NDArray[np.bool_],
    *,
    key: str,
    digit_title: str,
    values: Array | None = None,
    title: str = "",
    label: str = "",
    chosen: tuple[int, int] = (0, 0),
    largest: float = 1.0,
    are_pixels: bool = False,
    on_choice: Callable[[int, int], None] | None = None,
) -> None:
    """Show what a unit can see of a digit, uint8 (28, 28), and its map where it has one.

    spans: what each position along an axis of the map sees along that axis of the image; without a
        map the rows and the columns that are seen, or one for both.
    unseen: pixels, bool (28, 28), that no unit of the layer can see; they are struck through.
    values: the map, float32 (rows, columns), coloured from 0 to `largest`.
    title, label: what the map is called above it, and for screen readers.
    chosen: row and column of the cell that is marked.
    on_choice: called with row and column of the cell that was chosen.
    """

    def choose(value: object) -> None:
        row, column = from_browser.values(value, 2)
        if on_choice is not None and values is not None:
            on_choice(
                from_browser.whole_number(row, values.shape[0]),
                from_browser.whole_number(column, values.shape[1]),
            )

    data: dict[str, Any] = {
        "pixels": base64_bytes(image),
        "unseen": base64_bytes(unseen.astype(np.uint8)),
        "spans": [[span.first, span.last] for span in spans],
        "digitTitle": digit_title,
        "title": title,
        "label": label,
        "chosen": chosen,
        "hatch": NEUTRAL,
        "values": None,
        "rows": 1,
        "columns": 1,
        "largest": largest,
        "decimals": 2 if largest < 10 else 1,
        "scale": PIXEL_SCALE if are_pixels else ACTIVATION_SCALE,
        "ends": ["0", number(largest, 2)],
    }
    if values is not None:
        data |= {
            "values": base64_bytes(np.ascontiguousarray(values, np.float32)),
            "rows": values.shape[0],
            "columns": values.shape[1],
        }
    _unit_view(key=key, data=data, chosen=choose)
