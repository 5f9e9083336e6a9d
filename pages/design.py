"""Design choices: networks without one of their parts, and what each part earns."""

import streamlit as st

from cnn_core.findings.variant_results import mean
from cnn_core.findings.variants import MOVED_BY
from cnn_core.recipe.variants import REFERENCE, VARIANTS
from ui.check.variants_templates import show_templates
from ui.check.variants_try import try_it
from ui.check.variants_view import (
    design_choices,
    show_labels,
    show_networks,
    show_results,
    show_script,
)
from ui.frame.article import question, takeaway
from ui.look.wording import percent
from ui.visitor.guess_first import guess_first

question(
    "What does each part of the network earn?",
    "[Convolution], [ReLU], [max pooling], depth: leave one out, train again in the same way, three times "
    "with another [random start], and see what is lost.",
)

variants = design_choices()
show_networks(variants)
moved = {each.name: mean(each.moved_accuracies) for each in variants}
fewest = VARIANTS[min(moved, key=lambda name: moved[name])].title
if not guess_first(
    f"Every test digit is moved by {MOVED_BY} pixels, in eight directions. Which network reads fewest of "
    "them?",
    [VARIANTS[name].title for name in moved],
    fewest,
    key="variants",
):
    st.stop()

st.header("What was measured")
show_results()
show_labels()
try_it([each.name for each in variants])
show_templates()
show_script()

still = {each.name: mean(each.accuracies) for each in variants}
wide = "dense-wide"
takeaway(
    f"{VARIANTS[wide].title}, and no convolution, read {percent(still[wide])} of the digits where they "
    f"were trained to stand, and {percent(moved[wide])} of them two pixels beside; "
    f"{VARIANTS[REFERENCE].title} {percent(still[REFERENCE])} and {percent(moved[REFERENCE])}. A [kernel] "
    "is used at every place: what it has learned at one, it finds at all. A dense unit has a weight of "
    "its own for each pixel."
)
