"""A network to take home: one file that reads handwriting in any browser, without this dashboard."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from cnn_core.data.dataset import CLASSES
from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.store.store import StoredModel
from ui.components.network_map.network_map import map_data
from ui.components.shared.network.sent import network_data
from ui.components.shared.register import base64_bytes
from ui.components.take_home.take_home import SOURCE, page_to_take_home
from ui.look.model_words import shape_of_blocks, validated
from ui.look.wording import count, number, percent
from ui.shared.resources import activations, mnist, network


def offer_to_take_home(model: StoredModel, *, key: str) -> None:
    """A button that hands out the file; it is made only where somebody asks for it."""
    st.download_button(
        "Take it with you",
        lambda: network_to_take_home(model),
        file_name=f"digitscope-{model.id}.html",
        mime="text/html",
        key=key,
        icon=":material/card_travel:",
        on_click="ignore",
        help="One HTML file with this network in it: open it in any browser, without internet, and it "
        "reads what you write while you write it.",
    )


def network_to_take_home(model: StoredModel) -> bytes:
    """A model as one HTML file. Raises StoreError where its files are damaged."""
    trained = network(model.id)
    digits = one_of_each_class()
    layers = trained.architecture.layers()
    data: dict[str, Any] = {
        "network": network_data(model.id, trained),
        "map": map_data(trained, activations(trained, digits[0]))
        | {
            "chosen": None,
            "label": f"The {len(layers)} layers of the network, from the pixels to the ten outputs. "
            "Arrow keys move from unit to unit and from layer to layer.",
            "compact": True,
            "invitation": "From the pixels to the answer: point at anything to see what feeds it.",
            "live": SOURCE,
        },
        "digits": [
            {"name": f"{digit.title}, a {digit.label}", "pixels": base64_bytes(digit.image)}
            for digit in digits
        ],
    }
    return page_to_take_home(
        data,
        f"{model.title} reads handwriting",
        "Write a digit on the black square, and watch a convolutional network read it.",
        facts(model),
    )


def one_of_each_class() -> list[Digit]:
    """The first test digit of each class."""
    labels = mnist().test.labels
    return [
        mnist_digit(mnist(), "test", int(np.argmax(labels == label))) for label in range(CLASSES)
    ]


def facts(model: StoredModel) -> list[str]:
    """What the file says of its network, where it comes from and how it may be used."""
    architecture = model.config.architecture
    held_out = validated(model)
    reads = filter(
        None,
        [
            held_out and f"{held_out} of the training digits that were held out of its training",
            f"{percent(model.results['test_accuracy'], 2)} of the 10,000 test digits",
        ],
    )
    return [
        "Everything is computed in your browser, from the weights in this file: it works without "
        "internet, and nothing that you write leaves it.",
        f"This network is “{model.title}”: {shape_of_blocks(architecture)}, "
        f"{number(architecture.parameters)} parameters, trained for "
        f"{count(model.epochs_trained, 'epoch')}. It reads {' and '.join(reads)} rightly.",
        "It learned from MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, which is "
        "shared under the Creative Commons licence Attribution-ShareAlike 3.0 "
        "(https://creativecommons.org/licenses/by-sa/3.0/). The ten test digits in this file are from it.",
        "This page was made by DigitScope, a dashboard that shows how a convolutional network reads "
        "handwriting. Its code is under the MIT licence, © 2026 DigitScope contributors. Copy this file "
        "and hand it on as you like.",
    ]
