"""A pixel, divided by 255."""

from __future__ import annotations

import streamlit as st

from ui.inside.units.unit import Unit
from ui.look.wording import number


def show_rescaling(unit: Unit, cell: tuple[int, int]) -> None:
    """Show how a pixel (row, column) became a number from 0 to 1."""
    pixel = int(unit.digit.image[cell])
    st.markdown(
        f"**The arithmetic of row {cell[0]}, column {cell[1]}:** "
        f"{pixel} ÷ 255 = **{number(float(unit.values[cell]), 4)}**"
    )
