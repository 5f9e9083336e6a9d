"""All feature maps of a convolution as switches."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from ui.colors import Rgb
from ui.component import base64_bytes, register

_map_switches = register(__file__, "button_grid.js")


def map_switches(
    maps: Rgb, off: Collection[int], *, key: str, on_switch: Callable[[int], None]
) -> None:
    """Show coloured maps (n, rows, columns, 3), each to be switched off and on again.

    off: numbers of the maps that are off.
    on_switch: called with the number of the map that was switched.
    """

    def switch() -> None:
        number = st.session_state[key]["switched"]
        # What comes from a browser is checked once more here.
        if isinstance(number, int | float) and int(number) in range(len(maps)):
            on_switch(int(number))

    _map_switches(
        key=key,
        data={"maps": base64_bytes(maps), "mapShape": maps.shape, "off": sorted(off)},
        on_switched_change=switch,
    )
