"""A digit to erase and paint on, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.from_browser import entry, pixels
from ui.components.shared.heard import hear_number, heard
from ui.components.shared.register import base64_bytes, register

_pixel_editor = register(__file__)


def pixel_editor(
    image: NDArray[np.uint8],
    value: int,
    size: int,
    label: str,
    version: int,
    *,
    before: NDArray[np.uint8] | None = None,
    shaded: NDArray[np.bool_] | None = None,
    readers: Sequence[tuple[str, str]] = (),
    hears: str | None = None,
    unchanged: str = "",
    same: str = "",
    key: str,
    on_edit: Callable[[NDArray[np.uint8], object], None],
) -> None:
    """Show a digit, uint8 (28, 28), to be edited.

    value: what a touched pixel becomes, 0 to 255.
    size: rows and columns of the square that is touched at once.
    version: of the digit; it comes back with every edit, so that one that was on its way while the
        digit was changed otherwise can be told.
    before: uint8 (28, 28), the digit before anything was painted on it; None where nothing is.
    shaded: bool (28, 28), pixels with a tint over them.
    readers: networks that read each step of a stroke in the browser: the `live_id` of each, and the
        source of its live readings.
    hears: the source of live readings whose image takes the digit's place.
    unchanged, same: as `told_answer` takes them, for what a live reading says.
    on_edit: called with the whole edited digit, uint8 (28, 28), and the version that was edited: after
        each stroke where the readers are there, and a few times a second where they are not.
    """

    def edit(value: object) -> None:
        edited = pixels(entry(value, "pixels"), image.shape)
        hear_number(key, value)
        on_edit(edited, entry(value, "version"))

    _pixel_editor(
        key=key,
        data={
            "pixels": base64_bytes(image),
            "value": value,
            "size": size,
            "label": label,
            "version": version,
            "shaded": None if shaded is None else base64_bytes(shaded.astype(np.uint8)),
            "before": base64_bytes(image if before is None else before),
            "readers": [{"model": model, "source": source} for model, source in readers],
            "hears": hears,
            "unchanged": unchanged,
            "same": same,
            "heard": heard(key),
        },
        edited=edit,
    )
