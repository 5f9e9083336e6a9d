"""A digit to erase and paint on, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.from_browser import entry, pixels
from ui.components.shared.register import base64_bytes, register

_pixel_editor = register(__file__)


def pixel_editor(
    image: NDArray[np.uint8],
    value: int,
    size: int,
    label: str,
    version: int,
    *,
    shaded: NDArray[np.bool_] | None = None,
    key: str,
    on_edit: Callable[[NDArray[np.uint8], object], None],
) -> None:
    """Show a digit, uint8 (28, 28), to be edited.

    value: what a touched pixel becomes, 0 to 255.
    size: rows and columns of the square that is touched at once.
    version: of the digit; it comes back with every edit, so that one that was on its way while the
        digit was changed otherwise can be told.
    shaded: bool (28, 28), pixels with a tint over them.
    on_edit: called with the whole edited digit, uint8 (28, 28), and the version that was edited, a
        few times a second.
    """

    def edit(value: object) -> None:
        on_edit(pixels(entry(value, "pixels"), image.shape), entry(value, "version"))

    _pixel_editor(
        key=key,
        data={
            "pixels": base64_bytes(image),
            "value": value,
            "size": size,
            "label": label,
            "version": version,
            "shaded": None if shaded is None else base64_bytes(shaded.astype(np.uint8)),
        },
        edited=edit,
    )
