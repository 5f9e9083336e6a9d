"""How far the maps of a digit that was moved are the maps that it had, moved along."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Array
from cnn_core.network.equivariance import MovedMaps
from ui.look.colors import Rgb, colour_activations
from ui.look.wording import count, number


def with_holes(values: Array, largest: float) -> Rgb:
    """A map (rows, columns) from 0 to `largest`; what is not a number is transparent."""
    known: NDArray[np.bool_] = np.isfinite(values)
    coloured = colour_activations(np.where(known, values, 0).astype(np.float32), largest)
    return np.dstack([coloured, np.where(known, 255, 0).astype(np.uint8)])


def in_cells(distance: int, jump: int) -> str:
    """A move of so many pixels in cells of a layer, without its sign: `2`, `½`, `1 ¼`."""
    whole, rest = divmod(abs(distance), jump)
    parts = {0: "", 1: "⅛", 2: "¼", 3: "⅜", 4: "½", 5: "⅝", 6: "¾", 7: "⅞"}
    fraction = parts.get(rest * 8 // jump) if rest * 8 % jump == 0 else f"{rest}⁄{jump}"
    return " ".join(part for part in (str(whole) if whole or not rest else "", fraction) if part)


def table_of_layers(layers: Iterable[MovedMaps]) -> str:
    """Markdown: for each layer how large its cells are, how many the move is, and what moved along."""
    rows = [
        "| Layer | One cell is | The move is | Values that only moved along |",
        "|---|---|---|---|",
    ]
    for maps in layers:
        down, right = (in_cells(distance, maps.jump) for distance in maps.pixels)
        moves = [
            f"{cells} {way}"
            for cells, distance, way in (
                (right, maps.pixels[1], "right" if maps.pixels[1] > 0 else "left"),
                (down, maps.pixels[0], "down" if maps.pixels[0] > 0 else "up"),
            )
            if distance
        ]
        agreed = (
            f"{maps.agreeing:,} of {maps.comparable:,}"
            if maps.comparable
            else "none is left to compare"
        )
        rows.append(
            f"| `{maps.layer}` | {count(maps.jump, 'pixel')} | {', '.join(moves) or 'none'} | {agreed} |"
        )
    return "\n".join(rows)


def verdict(maps: MovedMaps, unit: int) -> str:
    """What the three pictures of a map say, in a sentence or two."""
    gap = maps.gap[..., unit]
    compared = int(np.isfinite(gap).sum())
    if compared == 0:
        return "The map is so small that it moved out of itself: there is nothing to compare."
    off = int(maps.differs[..., unit].sum())
    if off == 0:
        return f"All {compared:,} cells that can be compared hold what they held, moved along."
    largest = number(float(np.nanmax(gap)), 2)
    said = f"{off:,} of {compared:,} cells hold something else, by up to {largest}."
    if not maps.is_whole:
        return (
            f"{said} The move is no whole number of cells here, so the windows of the pools before "
            "cut the digit in other places."
        )
    return (
        f"{said} The move is a whole number of cells, so the windows cut the digit where they did: "
        "what differs sees the border."
    )
