"""A unit of a dense layer: the inputs that raise and lower it most, and for the output softmax."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.connections import weighted_sum
from ui.components.sum_table.sum_table import Term, Total, signed, terms
from ui.inside.units.sight import show_whole_field
from ui.inside.units.softmax_table import softmax_table
from ui.inside.units.unit import Unit
from ui.look.model_words import unit_name
from ui.look.wording import number

# Of the contributions, so many of each sign are written out.
SHOWN_OF_EACH_SIGN = 8


def show_dense(unit: Unit) -> None:
    """Show the largest products of a dense unit, of both signs, and how they become its value."""
    is_output = unit.layer.name == "output"
    taken = weighted_sum(unit.network, unit.layer.name, unit.number, unit.inputs)
    order = np.argsort(-taken.products, kind="stable")
    raising = [int(source) for source in order[:SHOWN_OF_EACH_SIGN] if taken.products[source] > 0]
    lowering = [
        int(source) for source in order[::-1][:SHOWN_OF_EACH_SIGN] if taken.products[source] < 0
    ]
    shown = [*raising, *reversed(lowering)]
    rest = float(np.delete(taken.products, shown).sum())
    others = len(taken.products) - len(shown)
    zero = int((taken.inputs == 0).sum())
    result = (
        Total(f"Sum: the logit of the {unit.number}", signed(taken.total), strong=True)
        if is_output
        else Total(
            "After ReLU: a negative sum becomes 0", number(float(unit.values), 4), strong=True
        )
    )
    st.markdown(
        f"Each of the {len(taken.inputs):,} inputs is multiplied by its weight. {zero} of the inputs "
        "are 0 for this digit and add nothing. Here are the products that raise the sum most, and "
        "those that lower it most."
    )
    name = unit_name(unit.before).capitalize()
    terms(
        f"What {unit.title.lower()} adds up",
        [f"{name} of {unit.before.name}", "Activation", "Weight", "Product"],
        [
            Term(
                f"{name.lower()} {source}",
                float(taken.products[source]),
                (number(float(taken.inputs[source]), 4), signed(float(taken.weights[source]))),
            )
            for source in shown
        ],
        [
            Total(f"The other {others:,} inputs together", signed(rest)),
            Total("Bias", signed(taken.bias)),
            *([] if is_output else [Total("Sum", signed(taken.total))]),
            result,
        ],
        key="dense-terms",
    )
    if is_output:
        softmax_table(unit.network.logits(unit.digit.image[np.newaxis])[0], unit.number)
    show_whole_field(unit)
