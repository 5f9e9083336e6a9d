"""The widgets of the settings of the next training: those of the network, and those of the training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cnn_core.network.architecture import LARGEST_KERNEL, MOST_DROPOUT, MOST_FILTERS, MOST_UNITS
from cnn_core.recipe.config import HELD_OUT_IMAGES, OPTIMIZERS, SGD_MOMENTUM, TRAINABLE_IMAGES
from ui.look.gloss import meaning, prose
from ui.look.wording import number
from ui.train.training_settings import BLOCKS, key_of, note_change, value_of
from ui.visitor.choice import choose_one

LEARNING_RATES = ("0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1")
BATCH_SIZES = (8, 16, 32, 64, 128, 256, 512, 1024)
OPTIMIZER_TITLES = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}


def choose_network(explain: Callable[[str], None]) -> None:
    """The widgets of the network; after each, `explain` is called with its setting."""
    blocks = choose_one(
        "Convolution blocks",
        BLOCKS,
        help="A block is a convolution with ReLU and a 2×2 max pooling after it, which halves rows "
        "and columns.",
        **_kept("blocks"),
    )
    explain("blocks")
    prose("[Filters] of each [convolution]")
    with st.container(horizontal=True, gap="small"):
        for block in range(blocks):
            st.number_input(
                f"Convolution {block + 1}",
                1,
                MOST_FILTERS,
                width=110,
                **_kept(f"filters-{block}", "filters"),
            )
    explain("filters")
    st.slider(
        "Kernel size",
        1,
        LARGEST_KERNEL,
        help="Rows and columns of every kernel.",
        **_kept("kernel_size"),
    )
    explain("kernel_size")
    choose_one(
        "Padding",
        ("valid", "same"),
        format_func={
            "valid": "None (“valid”)",
            "same": "Keeps the size (“same”)",
        }.__getitem__,
        help=meaning("padding"),
        **_kept("padding"),
    )
    explain("padding")
    st.number_input(
        "Hidden units",
        1,
        MOST_UNITS,
        help="Units of the dense layer between the last maps and the ten outputs.",
        **_kept("dense_units"),
    )
    explain("dense_units")
    st.slider(
        "Dropout",
        0.0,
        MOST_DROPOUT,
        step=0.05,
        help="Share of the hidden units that are silenced, at random and anew for every training image.",
        **_kept("dropout"),
    )
    explain("dropout")


def choose_training(explain: Callable[[str], None]) -> None:
    """The widgets of the training; after some, `explain` is called with their setting."""
    st.number_input(
        "Epochs", 1, 500, help="How often each training image is learned from.", **_kept("epochs")
    )
    explain("epochs")
    st.number_input(
        "Training images",
        10,
        TRAINABLE_IMAGES,
        step=1000,
        help=f"The first ones of {number(TRAINABLE_IMAGES)}. The last {number(HELD_OUT_IMAGES)} of the "
        "60,000 are held out for validation.",
        **_kept("training_images"),
    )
    st.select_slider(
        "Batch size",
        BATCH_SIZES,
        help="How many images are read before each step.",
        **_kept("batch_size"),
    )
    choose_one(
        "Optimizer",
        OPTIMIZERS,
        format_func=OPTIMIZER_TITLES.__getitem__,
        help=f"How a gradient becomes a step. SGD has a momentum of {SGD_MOMENTUM} and usually wants a "
        "learning rate some ten times larger than Adam and RMSprop.",
        **_kept("optimizer"),
    )
    st.selectbox(
        "Learning rate",
        list(dict.fromkeys((*LEARNING_RATES, value_of("learning_rate")))),
        accept_new_options=True,
        help="How large a step is. Choose one, or type your own.",
        **_kept("learning_rate"),
    )
    explain("learning_rate")
    choose_one(
        "Schedule",
        ("constant", "cosine"),
        format_func={"constant": "Constant", "cosine": "Falls to 0 (cosine)"}.__getitem__,
        help="What becomes of the learning rate until the last step.",
        **_kept("schedule"),
    )
    _choose_augmentation()
    _choose_the_rest()


def _choose_augmentation() -> None:
    """The widgets for how each image is moved."""
    with st.expander(_augmentation_title(), icon=":material/3d_rotation:"):
        st.caption("Each image is moved at random, afresh in every epoch; 0 is not at all.")
        left, right = st.columns(2)
        with left:
            st.slider("Shift, pixels", 0.0, 10.0, step=0.5, **_kept("shift"))
            st.slider("Zoom, share", 0.0, 0.5, step=0.05, **_kept("zoom"))
        with right:
            st.slider("Rotation, degrees", 0.0, 90.0, step=1.0, **_kept("rotation"))
            st.slider("Shear, pixels a row", 0.0, 1.0, step=0.05, **_kept("shear"))


def _choose_the_rest() -> None:
    """The widgets for what is seldom changed."""
    with st.expander("Weight decay, label smoothing, seed", icon=":material/more_horiz:"):
        st.number_input(
            "Weight decay",
            0.0,
            1.0,
            step=0.005,
            format="%g",
            help="Share of each weight taken away per step, times the learning rate. With Adam this "
            "is AdamW.",
            **_kept("weight_decay"),
        )
        st.number_input(
            "Label smoothing",
            0.0,
            0.5,
            step=0.05,
            format="%g",
            help="Probability spread evenly over all ten digits of each target.",
            **_kept("label_smoothing"),
        )
        st.number_input(
            "Seed",
            0,
            2**31 - 1,
            help="Of every random choice: the same seed gives the same network again.",
            **_kept("seed"),
        )


def _augmentation_title() -> str:
    moved = [name for name in ("shift", "rotation", "zoom", "shear") if value_of(name)]
    return "Augmentation: " + (", ".join(moved) if moved else "none")


def _kept(setting: str, group: str | None = None) -> dict[str, Any]:
    """Where a widget keeps its setting, and what happens when it is changed."""
    return {
        "key": key_of(setting),
        "on_change": note_change,
        "args": (group or setting,),
        "persist_state": "session",
    }
