"""“What will this cell be?”: a question to answer before the value is shown."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.arithmetic import Array
from cnn_core.network.filter_run import FilterRun, PoolRun
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.look.wording import number
from ui.visitor.guess_first import guess_and_check, whole_number_field

# A fixed shuffle: neighbouring cells do not follow each other, and a class sees the same order.
_SEED = 4


def guess(run: FilterRun | PoolRun, scale: Scale, label: str, *, key: str) -> None:
    """Ask for the value of one cell of a small run whose output are whole numbers.

    Below stands the window itself: it hides that cell until the question has been answered.
    scale, label: those of `sliding_window`.
    """
    cell, shown = _ask(run.output, key)
    sliding_window(
        run,
        scale,
        label,
        key=f"{key}-window",
        asked=None if shown else cell,
        start=Place(*divmod(cell, run.columns.outputs)) if shown else None,
    )


def _ask(output: Array, key: str) -> tuple[int, bool]:
    """Which cell is asked for, counted row by row from 0, and whether its value may be shown."""
    st.session_state.setdefault(f"{key}-turn", 0)
    order = np.random.default_rng(_SEED).permutation(output.size)
    cell = int(order[st.session_state[f"{key}-turn"] % output.size])
    row, column = divmod(cell, output.shape[1])
    shown = guess_and_check(
        f"**What will the cell in row {row}, column {column} of the output be?** "
        "Rows and columns are counted from 0.",
        whole_number_field,
        lambda answer: _judge(answer, float(output[row, column])),
        key=key,
        again="Ask about another cell",
        on_again=lambda: _next(key),
    )
    return cell, shown


def _judge(answer: float | None, truth: float) -> None:
    if answer is None:
        st.info(f"It is {number(truth)}. The terms below say why.")
    elif answer == truth:
        st.success(f"Yes, it is {number(truth)}.", icon=":material/check:")
    else:
        st.error(
            f"Not {number(answer)}: it is {number(truth)}. The terms below say why.",
            icon=":material/close:",
        )


def _next(key: str) -> None:
    st.session_state[f"{key}-turn"] += 1
