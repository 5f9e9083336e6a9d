"""One layer of two digits: its maps or units as pictures on one scale, and their difference."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cnn_core.findings.alike import LayerOfTwo
from ui.look.colors import Rgb, colour_activations, colour_pixels, colour_signed
from ui.look.model_words import unit_name
from ui.look.pictures import in_rows, show
from ui.look.wording import number, percent

AT_FIRST = 6
_IN_A_ROW = 16


def three_pictures(two: LayerOfTwo, unit: int | None = None) -> tuple[Rgb, Rgb, Rgb]:
    """First, second, and first less second: uint8 (rows, columns, 3 or 4).

    All of a layer share one scale: values from 0 to the largest of both digits, pixels in greys;
    differences from minus that to that.
    unit: of which map; None for a layer of units, which are laid out in rows from left to right.
    """
    if two.layer.kind == "rescaling":
        pixels = [
            (255 * values[..., 0]).round().astype("uint8") for values in (two.first, two.second)
        ]
        first, second = (colour_pixels(values) for values in pixels)
        return first, second, colour_signed(two.difference[..., 0], two.largest)
    values = [each if unit is None else each[..., unit] for each in (two.first, two.second)]
    difference = two.difference if unit is None else two.difference[..., unit]
    coloured = [colour_activations(each, two.largest) for each in values]
    coloured.append(colour_signed(difference, two.largest))
    if unit is None:
        coloured = [in_rows(each, min(_IN_A_ROW, len(difference))) for each in coloured]
    first, second, third = coloured
    return first, second, third


def show_three(
    two: LayerOfTwo, unit: int | None, called: str, captions: Sequence[str | None] = (None,) * 3
) -> None:
    """Three pictures in a row, on a phone too. called: what they are of, `Map 5 of conv1`."""
    with st.grid(3, min_column_width=60, gap="xsmall"):
        for picture, caption, what in zip(
            three_pictures(two, unit),
            captions,
            ("first digit", "second digit", "first less second"),
            strict=True,
        ):
            show(picture, caption=caption, alt=f"{called}, {what}")


def scale_in_words(two: LayerOfTwo) -> str:
    """What the colours of the three pictures mean."""
    most = number(two.largest, 2)
    values = (
        f"greys from 0, black, to {most}, white"
        if two.layer.kind == "rescaling"
        else f"0, dark, to {most}, yellow"
    )
    return (
        f"Left the first digit, in the middle the second, both from {values}. Right the first less the "
        f"second: blue where the first has more, up to {most}; orange where the second has, down to "
        f"{number(-two.largest, 2)}. All of the layer share these scales."
    ).replace("from greys from", "in greys from")


def show_layer(two: LayerOfTwo) -> None:
    """The maps that differ most, or all units with those that differ most in a table below."""
    called = unit_name(two.layer)
    if two.first.ndim == 1:
        show_three(two, None, f"All {len(two.first)} units of {two.layer.name}")
        st.caption(scale_in_words(two))
        st.markdown(table_of_units(two, "Digit" if two.layer.name == "output" else "Unit"))
        return
    st.caption(scale_in_words(two))
    shares, strongest = two.shares, two.strongest
    shown = strongest[:AT_FIRST]
    if len(strongest) > AT_FIRST and st.toggle(f"Show all {len(strongest)} maps", key="all-beside"):
        shown = strongest
    with st.grid(3, min_column_width=240):
        for unit in shown:
            with st.container(gap="xsmall"):
                if len(strongest) > 1:
                    st.markdown(
                        f"{called.capitalize()} {unit} · {percent(float(shares[unit]), 0)} of the difference"
                    )
                show_three(two, unit, f"{called.capitalize()} {unit} of {two.layer.name}")


def table_of_units(two: LayerOfTwo, called: str) -> str:
    """Markdown: the units that differ most, with both values, their difference, and its share."""
    decimals = 3 if two.layer.name == "output" else 2
    rows = [
        f"| {called} | First | Second | First − second | Of the difference |",
        "|---:|---:|---:|---:|---:|",
    ]
    shares = two.shares
    for unit in two.strongest[:AT_FIRST]:
        first, second, less = (
            number(float(values[unit]), decimals)
            for values in (two.first, two.second, two.difference)
        )
        rows.append(f"| {unit} | {first} | {second} | {less} | {percent(float(shares[unit]), 0)} |")
    return "\n".join(rows)
