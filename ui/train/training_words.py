"""What happens in a training, in words."""

from __future__ import annotations

import streamlit as st

from cnn_core.recipe.config import HELD_OUT_IMAGES, SGD_MOMENTUM, TRAINABLE_IMAGES
from ui.look.wording import number


def explain_training() -> None:
    """Optimizer and validation, each in a paragraph, and where the loss is explained."""
    with st.expander("What happens in a training", icon=":material/menu_book:"):
        st.markdown(
            "**The optimizer.** After each batch every weight has a gradient: how the loss would "
            "change if the weight grew. *SGD* takes a step against it, here with a momentum of "
            f"{SGD_MOMENTUM}: nine tenths of the last step are taken again. *RMSprop* divides each "
            "gradient by the size that it usually has, so that all weights move about equally "
            "fast. *Adam* does both: a running mean of the gradient over the root of a running "
            "mean of its square. It works with a learning rate of 0.001 nearly everywhere, and "
            "that is why the baseline takes it.\n\n"
            f"**Validation.** The last {number(HELD_OUT_IMAGES)} of the 60,000 training images are "
            f"never learned from; {number(TRAINABLE_IMAGES)} remain. After each epoch the network "
            "reads them, and that tells learning from learning by heart. Whatever is chosen, how "
            "many epochs for instance, is chosen on them. The 10,000 test digits are read once, "
            "when everything is decided."
        )
        st.page_link(
            "pages/loss.py", label="How wrong an answer is: the loss", icon=":material/speed:"
        )
        st.page_link("pages/one_weight.py", label="How one weight moves", icon=":material/moving:")
