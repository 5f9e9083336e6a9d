"""Improvements: from the baseline to the improved network, step by step, and what became better."""

import streamlit as st

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.findings.compared import COMPARED
from cnn_core.network.architecture import POOL_SIZE
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from cnn_core.recipe.improvements import known_improvements
from ui.check.blind_spot_experiment import show_experiment
from ui.check.blind_spot_try import try_it
from ui.check.blind_spot_view import blind_pixels, show_digits_misread_for_it, show_maps
from ui.check.improvements_figure import errors
from ui.check.improvements_view import one_improvement, show_improvements
from ui.check.robustness_view import robustness, show_robustness, what_was_lost
from ui.frame.article import question, takeaway
from ui.look.contents import contents
from ui.look.gloss import prose
from ui.look.wording import number, percent
from ui.visitor.guess_first import guess_first

# Pixels: farther than the improved network's training images were ever moved.
MOVED = 4

improvements = {improvement.name: improvement for improvement in known_improvements()}
parameters = {
    name: IMPROVEMENTS[name].config.architecture.parameters for name in ("baseline", "improved")
}
first, last = improvements["baseline"].mean, improvements["improved"].mean
question(
    "How did it get better?",
    "The same kinds of [layers] with "
    f"{number(parameters['improved'] / parameters['baseline'])} times the [parameters], trained in another "
    f"way, make {percent((1 - last) / (1 - first), 0)} of the mistakes. Here is every step on the way, "
    "what it gave, and what it did not.",
)
contents(
    {
        "steps": "Step by step",
        "blind-spot": "The blind spot",
        "robustness": "Off the beaten track",
    }
)


def show_blind_spot() -> None:
    """Why there is one, which pixels are in it, what it costs, and a try of one's own."""
    layers = IMPROVEMENTS["baseline"].config.architecture.layers()
    rows = [IMAGE_SIZE] + [
        layer.output_shape[0] for layer in layers if layer.kind in ("convolution", "pooling")
    ]
    prose(
        f"With [padding] *valid* the sizes run {' → '.join(map(str, rows))}. The last [pool] is handed "
        f"{rows[-2]}×{rows[-2]} values and reads only the top-left {POOL_SIZE}×{POOL_SIZE} of them, so "
        "whatever stands at the right or at the bottom edge of the image never reaches the answer. "
        "Padding *same* keeps all of it in sight."
    )
    show_maps()
    show_digits_misread_for_it()
    show_experiment()
    try_it()


st.header("Step by step", anchor="steps")
prose(
    "Each step is a network that was trained anew with one idea more than the one before, three times, "
    "with another [random start] each time. The dots show how far luck alone moves the result."
)
show_improvements(list(improvements.values()))
one_improvement()

st.header("The blind spot", anchor="blind-spot")
unseen = int(blind_pixels("baseline").sum())
everywhere = blind_pixels("baseline").size
unseen_words = f"{number(unseen)}, {percent(unseen / everywhere, 0)} of them"
if guess_first(
    f"Baseline is handed {everywhere} pixels. How many of them can never change its answer, whatever its "
    "[weights] are?",
    ("None", f"{IMAGE_SIZE}, one row", unseen_words),
    unseen_words,
    key="blind-spot",
):
    show_blind_spot()

st.header("Off the beaten track", anchor="robustness")
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
    f"{percent(now)} are read right now, and {percent(was)} were. Better here is not better at "
    f"everything. {what_was_lost()}"
)
