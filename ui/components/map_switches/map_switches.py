"""All feature maps of a convolution as switches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.from_browser import Implausible, entry, whole_number
from ui.components.shared.heard import hear_number, heard
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import Rgb

_map_switches = register(__file__)


def map_switches(
    maps: Rgb,
    layer: str,
    off: Mapping[str, Collection[int]],
    image: NDArray[np.uint8],
    *,
    model: str,
    live: str,
    key: str,
    on_switch: Callable[[set[int]], None],
) -> None:
    """Show coloured maps (n, rows, columns, 3) of a convolution, each to be switched off and on again.

    off: numbers of the maps that are off, by name of their convolution; those of others count too.
    image: uint8 (28, 28), the digit that is read without them.
    model: which network reads in the browser, by its `live_id`.  live: the source of its live readings.
    on_switch: called with the numbers of all maps of this convolution that are off now.
    """

    def hear(value: object) -> None:
        told = entry(value, "off")
        if not isinstance(told, list) or len(told) > len(maps):
            raise Implausible
        now = {whole_number(number, len(maps)) for number in told}
        hear_number(key, value)
        on_switch(now)

    _map_switches(
        key=key,
        data={
            "maps": base64_bytes(maps),
            "mapShape": maps.shape,
            "layer": layer,
            "off": {name: sorted(numbers) for name, numbers in off.items()},
            "image": base64_bytes(image),
            "model": model,
            "live": live,
            "heard": heard(key),
        },
        switched=hear,
    )


def maps_off_in_words(count: int) -> str:
    """How many maps are off, before an answer. A browser says the same: map_switches.js."""
    if not count:
        return "**All maps are on.** "
    return f"**{count} {'map is' if count == 1 else 'maps are'} off.** "
