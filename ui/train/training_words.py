"""What happens in a training, explained on the digit at hand."""

from __future__ import annotations

import math

import streamlit as st

from cnn_core.recipe.config import HELD_OUT_IMAGES, PRESETS, SGD_MOMENTUM, TRAINABLE_IMAGES
from ui.look.gloss import prose
from ui.look.wording import a_digit, number
from ui.shared.resources import activations, network
from ui.visitor.current import current_digit, current_model


def explain_training() -> None:
    """Loss, optimizer, validation: each in a paragraph, the loss with its numbers."""
    with st.expander("What happens in a training", icon=":material/menu_book:"):
        prose(
            "**The [loss]: categorical [cross-entropy].** The target of a digit is a [one-hot] vector $t$: "
            "1 for its [label], 0 for the other nine. The network answers with ten "
            "probabilities $p$. The loss is"
        )
        st.latex(r"L = -\sum_{i=0}^{9} t_i \ln p_i = -\ln p_{\text{label}}")
        st.markdown(_example())
        prose(
            "It is 0 where the network is certain and right, and grows without bound where it is "
            "certain and wrong. It fits [softmax]: together their [gradient] by a [logit] is simply "
            "$p_i - t_i$, which never fades while the answer is wrong. [Accuracy] could not be "
            "trained on: it does not change when a [weight] moves a little.\n\n"
            "**Sparse categorical cross-entropy** is the same number, written for labels that are "
            "integers, 7 instead of (0, 0, 0, 0, 0, 0, 0, 1, 0, 0): all terms but one are 0 "
            "anyway. It saves the one-hot vectors. The one-hot form can do more: with [label "
            "smoothing] the target is no longer all 0 and 1.\n\n"
            "**The [optimizer].** After each [batch] every weight has a gradient: how the loss would "
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


def _example() -> str:
    """Both forms of the loss, for the current digit and model."""
    digit, model = current_digit(), current_model()
    if digit.label is None:
        return "A drawing has no label, so there is no loss to compute for the current digit."
    probabilities = activations(network(model.id), digit)["output"]
    share = float(probabilities[digit.label])
    loss = -math.log(share) if share > 0 else math.inf
    return (
        f"{digit.title} was written as {a_digit(digit.label)}, and {model.title} gives the "
        f"{digit.label} a probability of {share:.6f}: its loss is −ln {share:.6f} = "
        f"**{number(loss, 6)}**."
    )
