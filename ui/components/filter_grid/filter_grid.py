"""All filters of a layer as buttons, each with its feature map and, where it is one, its kernel."""

from __future__ import annotations

from collections.abc import Callable

from ui.components.shared.from_browser import whole_number
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import Rgb

_filter_grid = register(__file__)


def filter_grid(
    maps: Rgb,
    kernels: Rgb | None,
    chosen: int,
    *,
    key: str,
    on_choice: Callable[[int], None],
) -> None:
    """Show coloured feature maps (n, rows, columns, 3) to choose from, numbered from 0.

    kernels: (n, size, size, 3), beside the maps, where every filter has a single slice.
    on_choice: called with the number of the filter that was chosen.
    """
    _filter_grid(
        key=key,
        data={
            "maps": base64_bytes(maps),
            "mapShape": maps.shape,
            "kernels": None if kernels is None else base64_bytes(kernels),
            "kernelSize": 0 if kernels is None else kernels.shape[1],
            "chosen": chosen,
        },
        chosen=lambda number: on_choice(whole_number(number, len(maps))),
    )
