"""The output-size formula with its numbers filled in, and what is wrong where it has no answer."""

from __future__ import annotations

import streamlit as st

from cnn_core.network.axis import Sliding
from ui.look.wording import count, number


def size_formula(axis: Sliding) -> bool:
    """Show how the output size along one axis comes about; False where the window cannot slide."""
    before, after = axis.widths
    result = axis.outputs if axis.fits else r"\text{no place}"
    # Two lines, and smaller than formulas are, so that a phone shows both whole.
    st.latex(
        r"\footnotesize\begin{aligned}\text{outputs} &= \left\lfloor\frac{"
        r"\text{size} + \text{padding} - \text{window}}{\text{stride}}\right\rfloor + 1 \\[1ex]"
        rf"&= \left\lfloor\frac{{{axis.size} + ({before} + {after}) - {axis.window}}}{{{axis.stride}}}"
        rf"\right\rfloor + 1 = {result}\end{{aligned}}"
    )
    if axis.dilation > 1:
        st.caption(
            f"With a dilation of {axis.dilation} the window spans "
            f"{axis.dilation} · ({axis.kernel_size} − 1) + 1 = {axis.window} positions."
        )
    if axis.begins_in_padding:
        st.error(
            f"A padding of {before} is as wide as the window of {axis.window}, or wider: the outermost "
            "outputs would read nothing but zeros. Take less padding, a larger kernel or more dilation.",
            icon=":material/error:",
        )
        return False
    if not axis.fits:
        st.error(
            f"A window of {axis.window} positions does not fit into {axis.size + before + after}: "
            "there is not a single output. Take a smaller kernel, less dilation or more padding.",
            icon=":material/error:",
        )
        return False
    if axis.exact.denominator > 1:
        lost = int(axis.unread().sum())
        read = (
            "What is left out is padding only."
            if lost == 0
            else f"No window reads {count(lost, 'row')}, nor as many columns."
        )
        st.warning(
            f"The size does not come out whole: {number(float(axis.exact), 2)} is rounded down to "
            f"{axis.outputs}, as Keras does, because the last step would lead beyond the edge. (Pools of "
            f"PyTorch can be told to round up.) {read}",
            icon=":material/straighten:",
        )
    return True
