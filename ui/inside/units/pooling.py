"""A cell of a pooled map: its window, and the value that wins."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.architecture import POOL_SIZE
from cnn_core.network.filter_run import run_pool
from ui.components.sum_table.sum_table import Term, Total, terms
from ui.inside.units.unit import Unit, link_to
from ui.look.wording import number


def show_pooling(unit: Unit, cell: tuple[int, int]) -> None:
    """Show the window behind a cell (row, column) of a pooled map, and which value is handed on."""
    row, column = cell
    st.subheader(f"The arithmetic of row {row}, column {column}")
    st.page_link(
        "pages/pooling.py",
        label="Open in pooling: the window at this very place",
        icon=":material/compress:",
        query_params=link_to(unit, unit.before.name, cell),
    )
    source = unit.inputs[..., unit.number]
    won = int(run_pool(source).winners[cell])
    places = list(np.ndindex(POOL_SIZE, POOL_SIZE))
    read = [(row * POOL_SIZE + down, column * POOL_SIZE + right) for down, right in places]
    terms(
        f"The window on map {unit.number} of {unit.before.name}",
        ["Place", "Value"],
        [
            Term(
                f"row {place[0]}, column {place[1]}",
                float(source[place]),
                text=number(float(source[place]), 4),
                marked=position == won,
            )
            for position, place in enumerate(read)
        ],
        [Total("The largest is handed on", number(float(unit.values[cell]), 4), strong=True)],
        key="pool-terms",
    )
