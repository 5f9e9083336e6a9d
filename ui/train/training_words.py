"""What happens in a training, in words."""

from __future__ import annotations

import streamlit as st

from cnn_core.recipe.config import HELD_OUT_IMAGES, PRESETS, SGD_MOMENTUM, TRAINABLE_IMAGES
from ui.look.gloss import prose
from ui.look.wording import number


def explain_training() -> None:
    """Optimizer and validation, each in a paragraph, and where the loss is explained."""
    with st.expander("What happens in a training", icon=":material/menu_book:"):
        prose(
            "**The [optimizer].** After each [batch] every [weight] has a [gradient]: how the [loss] would "
            "change if the weight grew. *[SGD]* takes a step against it, here with a [momentum] of "
            f"{SGD_MOMENTUM}: so much of the last step is taken again. *[RMSprop]* divides each "
            "gradient by the size that it usually has, so that all weights move about equally "
            "fast. *[Adam]* does both: a running mean of the gradient over the root of a running "
            "mean of its square. A [learning rate] of "
            f"{PRESETS['baseline'].learning_rate:g} is what Keras proposes for it and what the baseline "
            f"takes; the improved network begins with {PRESETS['improved'].learning_rate:g}.\n\n"
            f"**[Validation].** The last {number(HELD_OUT_IMAGES)} of the 60,000 training images are "
            f"never learned from; {number(TRAINABLE_IMAGES)} remain. After each epoch the network "
            "reads them, and that tells learning from learning [by heart]. Whatever is chosen, how "
            "many epochs for instance, is chosen on them, and so the sidebar and the page Runs name "
            "the share of them that a network reads right. The 10,000 [test digits] are for the "
            "verdict: each network reads them when its training has ended, and what came of it "
            "stands on the pages Evaluation, Improvements and About. Whoever chooses by that has "
            "spoilt it: on new digits the best of many is likely to be worse than it looked."
        )
        st.page_link(
            "pages/loss.py", label="How wrong an answer is: the loss", icon=":material/speed:"
        )
        st.page_link("pages/one_weight.py", label="How one weight moves", icon=":material/moving:")
