"""All feature maps of a convolution as switches."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ui.components.shared.from_browser import whole_number
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import Rgb

_map_switches = register(__file__)


def map_switches(
    maps: Rgb, off: Collection[int], *, key: str, on_switch: Callable[[int], None]
) -> None:
    """Show coloured maps (n, rows, columns, 3), each to be switched off and on again.

    off: numbers of the maps that are off.
    on_switch: called with the number of the map that was switched.
    """
    _map_switches(
        key=key,
        data={"maps": base64_bytes(maps), "mapShape": maps.shape, "off": sorted(off)},
        switched=lambda number: on_switch(whole_number(number, len(maps))),
    )
