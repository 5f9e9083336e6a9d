"""Improvements: from the baseline to the improved network, step by step, and what became better."""

import streamlit as st

from cnn_core.findings.compared import COMPARED
from cnn_core.recipe.improvements import known_improvements
from ui.check.blind_spot_experiment import show_experiment
from ui.check.blind_spot_try import try_it
from ui.check.blind_spot_view import show_digits_misread_for_it, show_maps
from ui.check.improvements_figure import errors
from ui.check.improvements_view import one_improvement, show_improvements
from ui.check.robustness_view import robustness, show_robustness, what_was_lost
from ui.frame.article import question, takeaway
from ui.look.wording import percent

# Pixels: farther than the improved network's training images were ever moved.
MOVED = 4

improvements = {improvement.name: improvement for improvement in known_improvements()}
first, last = improvements["baseline"].mean, improvements["improved"].mean
question(
    "How did it get better?",
    "The same eleven layers, trained in another way, make "
    f"{percent((1 - last) / (1 - first), 0)} of the mistakes. Here is every step on the way, what "
    "it gave, and what it did not.",
)

st.header("Step by step")
st.markdown(
    "Each step is a network that was trained anew with one idea more than the one before, three times, "
    "with another random start each time. The dots show how far luck alone moves the result."
)
show_improvements(list(improvements.values()))
one_improvement()

st.header("The blind spot")
st.markdown(
    "With padding *valid* the sizes run 28 → 26 → 13 → 11 → 5 → 3 → 1. The last pool is handed 3×3 "
    "values and keeps the top-left 2×2, so whatever stands at the right or at the bottom edge of the "
    "image never reaches the answer. Padding *same* keeps all of it in sight."
)
show_maps()
show_digits_misread_for_it()
show_experiment()
try_it()

st.header("Off the beaten track")
st.markdown(
    "The test digits are tidy: centred, upright, white on black. How fast does a network get worse "
    "when they are not? Measured ahead, for Baseline and Improved."
)
# Before the part of the page that runs by itself: what is missing is to be said for the page.
robustness()
show_robustness()
st.page_link(
    "pages/what_if.py",
    label="Combine such changes, and paint, on the page What if",
    icon=":material/tune:",
)
st.page_link(
    "pages/preparation.py",
    label="Why did my own drawing fail?",
    icon=":material/healing:",
)
was, now = (robustness()[name].shifted(-MOVED, -MOVED).accuracy for name in COMPARED)
takeaway(
    f"From {percent(first, 2)} to {percent(last, 2)} sounds like little, and is {errors(first)} errors "
    f"in 10,000 turned into {errors(last)}. Of digits moved {MOVED} pixels up and {MOVED} to the left, "
    f"{percent(now)} are read right now, and {percent(was)} were. But a network learns what it is "
    f"shown, and nothing else. {what_was_lost()}"
)
