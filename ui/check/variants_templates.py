"""What is left of a network without ReLU and with mean pools: one weighted sum for each digit."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.findings.variants import as_one_sum
from cnn_core.network.arithmetic import Array
from cnn_core.recipe.variants import VARIANTS
from ui.check.variants_try import network_of
from ui.look.colors import colour_signed
from ui.look.gloss import glossed, prose
from ui.look.pictures import show
from ui.look.wording import number
from ui.visitor.current import current_digit

_NAME = "only-sums"


@st.cache_resource(show_spinner=False)
def templates() -> tuple[Array, Array]:
    """The weights, float32 (784, 10), and the bias, float32 (10,), of the one sum."""
    return as_one_sum(network_of(_NAME))


def show_templates() -> None:
    """Its ten sums as pictures, and that they give what its layers give."""
    training = VARIANTS[_NAME]
    st.header("Depth without ReLU")
    layers = sum(layer.parameters > 0 for layer in training.config.architecture.layers())
    image = current_digit().image
    weights, bias = templates()
    at_once = image.reshape(-1).astype(np.float32) / 255 @ weights + bias
    by_layers = network_of(_NAME).logits(image[np.newaxis])[0]
    prose(
        f"Sums of sums are sums. Without ReLU and with average pooling the {layers} [layers] with "
        f"[weights], {number(training.config.architecture.parameters)} parameters, are together one "
        "weighted sum for each of the ten digits: whatever they have learned, a single layer could say "
        "as well. Here are the weights of the ten sums, one for each pixel. Ink on blue speaks for the "
        "digit, ink on orange against it; without any colour is the blind spot."
    )
    largest = float(np.abs(weights).max())
    with st.grid(5, min_column_width=110):
        for digit in range(CLASSES):
            show(
                colour_signed(weights[:, digit].reshape(IMAGE_SIZE, IMAGE_SIZE), largest),
                alt=f"The weights of the sum for the {digit}, one for each pixel",
                caption=f"{digit}: {number(float(at_once[digit]), 2)}",
            )
    st.caption(
        glossed(
            f"Below each picture: the [logit] that this one sum gives {current_digit().title}. All layers, "
            "one after another, give the same to within "
            f"{number(float(np.abs(at_once - by_layers).max()), 6)}. All pictures share one scale, from "
            f"{number(-largest, 2)} (orange) to {number(largest, 2)} (blue)."
        )
    )
