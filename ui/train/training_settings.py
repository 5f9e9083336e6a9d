"""The settings of the next training, kept in the session, and the widgets that change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cnn_core.errors import (
    ArchitectureError,
    DigitScopeError,
    TrainingConfigError,
    TrainingRefused,
    quoted,
)
from cnn_core.network.architecture import (
    LARGEST_KERNEL,
    MOST_BLOCKS,
    MOST_DROPOUT,
    MOST_FILTERS,
    MOST_UNITS,
    Architecture,
)
from cnn_core.recipe.config import (
    HELD_OUT_IMAGES,
    OPTIMIZERS,
    PRESETS,
    SGD_MOMENTUM,
    TRAINABLE_IMAGES,
    Augmentation,
    TrainingConfig,
)
from cnn_core.training.limits import Limits
from ui.look.wording import number
from ui.visitor.choice import choose_one, hold_to

FIRST_PRESET = "quick"
OWN = "own"
LEARNING_RATES = ("0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1")
BATCH_SIZES = (8, 16, 32, 64, 128, 256, 512, 1024)
_BLOCKS = range(1, MOST_BLOCKS + 1)
# What a block gets that the preset does not have.
MORE_FILTERS = 64

PRESET_TITLES = {
    "quick": "Quick",
    "baseline": "Baseline",
    "improved": "Improved",
    OWN: "Own",
}
PRESET_WORDS = {
    "quick": f"A whole training to watch, in less than a minute. It leaves out "
    f"{number(TRAINABLE_IMAGES - PRESETS['quick'].training_images)} of the "
    f"{number(TRAINABLE_IMAGES)} training images and stops after {PRESETS['quick'].epochs} epochs, "
    "so it reads worse than it could.",
    "baseline": "The network that this project explains: all training images, "
    f"{PRESETS['baseline'].epochs} epochs, nothing else.",
    "improved": f"Padding, {PRESETS['improved'].epochs} epochs of images moved at random, a falling "
    "learning rate and weight decay. This takes many minutes.",
    OWN: "Your own settings: change whatever you like.",
}
OPTIMIZER_TITLES = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}
# The settings of the network, in the order in which they are shown.
NETWORK = ("blocks", "filters", "kernel_size", "padding", "dense_units", "dropout")


def key_of(setting: str) -> str:
    """The key of a setting's widget."""
    return f"train-{setting}"


def begin(followed: TrainingConfig | None) -> None:
    """Fill in the first settings, unless the visitor has been here before.

    followed: the settings of the training whose address was opened.
    """
    if key_of("preset") not in st.session_state:
        fill_in(followed or PRESETS[FIRST_PRESET])
        _note_change("preset")


def fill_in(config: TrainingConfig) -> None:
    """Set every widget to a config."""
    architecture, moved = config.architecture, config.augmentation
    filters = list(architecture.filters) + [MORE_FILTERS] * MOST_BLOCKS
    settings: dict[str, Any] = {
        "blocks": len(architecture.filters),
        **{f"filters-{place}": filters[place] for place in range(MOST_BLOCKS)},
        "kernel_size": architecture.kernel_size,
        "padding": architecture.padding,
        "dense_units": architecture.dense_units,
        "dropout": architecture.dropout,
        "epochs": config.epochs,
        "training_images": config.training_images,
        "batch_size": config.batch_size,
        "optimizer": config.optimizer,
        "learning_rate": f"{config.learning_rate:g}",
        "schedule": config.schedule,
        "weight_decay": config.weight_decay,
        "label_smoothing": config.label_smoothing,
        "shift": float(moved.shift),
        "rotation": float(moved.rotation),
        "zoom": float(moved.zoom),
        "shear": float(moved.shear),
        "seed": config.seed,
    }
    for setting, value in settings.items():
        st.session_state[key_of(setting)] = value


def architecture() -> Architecture:
    """The network as it is set up now. Raises ArchitectureError, saying why it cannot be built."""
    return Architecture(
        filters=tuple(_value(f"filters-{place}") for place in range(_value("blocks"))),
        kernel_size=_value("kernel_size"),
        padding=_value("padding"),
        dense_units=_value("dense_units"),
        dropout=round(_value("dropout"), 4),
    )


def learning_rate() -> float:
    """The learning rate as it is typed in. Raises TrainingConfigError for what is none."""
    text = str(_value("learning_rate")).strip().replace(",", ".")
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1:
        raise TrainingConfigError(
            f"A learning rate is a number above 0 and up to 1, 0.002 for instance, not {quoted(text)}."
        )
    return rate


def config() -> TrainingConfig:
    """Everything as it is set up now. Raises ArchitectureError or TrainingConfigError."""
    return TrainingConfig(
        architecture=architecture(),
        epochs=_value("epochs"),
        batch_size=_value("batch_size"),
        optimizer=_value("optimizer"),
        learning_rate=learning_rate(),
        schedule=_value("schedule"),
        weight_decay=_value("weight_decay"),
        label_smoothing=_value("label_smoothing"),
        # Sliders add up their steps, and 0.1 + 0.05 is not quite 0.15.
        augmentation=Augmentation(
            *(round(_value(name), 4) for name in ("shift", "rotation", "zoom", "shear"))
        ),
        training_images=_value("training_images"),
        seed=_value("seed"),
    )


@dataclass(frozen=True)
class Problem:
    """Why the settings cannot be trained: the error, and the setting to show it beside."""

    error: DigitScopeError
    setting: str


def problem(allowed: Limits) -> Problem | None:
    """What is wrong with the settings, beside the one that made it so; None where nothing is.

    Several settings together make a network impossible. The one to blame is the last one that was
    changed.
    """
    last = st.session_state.get("train-last")
    blamed = last if last in NETWORK else "kernel_size"
    try:
        built = config()
    except ArchitectureError as error:
        return Problem(error, blamed)
    except TrainingConfigError as error:
        return Problem(error, "learning_rate")
    try:
        allowed.check(built)
    except TrainingRefused as error:
        return Problem(error, "epochs" if built.epochs > allowed.epochs else blamed)
    return None


def choose_seed(seed: int) -> None:
    """Set the seed; for callbacks."""
    st.session_state[key_of("seed")] = seed
    _note_change("seed")


def choose_preset() -> None:
    """The presets, and what the chosen one is for."""
    choose_one(
        "Start from",
        list(PRESET_TITLES),
        key=key_of("preset"),
        format_func=PRESET_TITLES.__getitem__,
        on_change=_take_preset,
        persist_state="session",
    )
    st.caption(PRESET_WORDS[_value("preset")])


def choose_network(explain: Callable[[str], None]) -> None:
    """The widgets of the network; after each, `explain` is called with its setting."""
    blocks = choose_one(
        "Convolution blocks",
        _BLOCKS,
        help="A block is a convolution with ReLU and a 2×2 max pooling after it, which halves rows "
        "and columns.",
        **_kept("blocks"),
    )
    explain("blocks")
    st.markdown("Filters of each convolution")
    with st.container(horizontal=True, gap="small"):
        for place in range(blocks):
            st.number_input(
                f"Convolution {place + 1}",
                1,
                MOST_FILTERS,
                width=110,
                **_kept(f"filters-{place}", "filters"),
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
        help="Zeros around each map, so that a kernel can stand on its edge.",
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
        help="Share of the hidden units that are silenced at random in each training step.",
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
        help=f"How a gradient becomes a step. SGD has a momentum of {SGD_MOMENTUM} and wants a learning "
        "rate ten times larger than Adam and RMSprop.",
        **_kept("optimizer"),
    )
    st.selectbox(
        "Learning rate",
        list(dict.fromkeys((*LEARNING_RATES, _value("learning_rate")))),
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
    with st.expander(_augmentation_title(), icon=":material/3d_rotation:"):
        st.caption("Each image is moved at random, afresh in every epoch; 0 is not at all.")
        left, right = st.columns(2)
        with left:
            st.slider("Shift, pixels", 0.0, 10.0, step=0.5, **_kept("shift"))
            st.slider("Zoom, share", 0.0, 0.5, step=0.05, **_kept("zoom"))
        with right:
            st.slider("Rotation, degrees", 0.0, 90.0, step=1.0, **_kept("rotation"))
            st.slider("Shear, pixels a row", 0.0, 1.0, step=0.05, **_kept("shear"))
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
    moved = [name for name in ("shift", "rotation", "zoom", "shear") if _value(name)]
    return "Augmentation: " + (", ".join(moved) if moved else "none")


def _kept(setting: str, group: str | None = None) -> dict[str, Any]:
    """Where a widget keeps its setting, and what happens when it is changed."""
    return {
        "key": key_of(setting),
        "on_change": _note_change,
        "args": (group or setting,),
        "persist_state": "session",
    }


def _value(setting: str) -> Any:
    return st.session_state[key_of(setting)]


def _take_preset() -> None:
    hold_to(list(PRESET_TITLES), key_of("preset"))
    chosen = _value("preset")
    st.session_state["train-last"] = None
    if chosen != OWN:
        fill_in(PRESETS[chosen])


def _note_change(setting: str) -> None:
    """Remember which setting it was, and whether all of them together are a preset."""
    st.session_state["train-last"] = setting
    hold_to(_BLOCKS, key_of("blocks"))
    try:
        now = config()
    except ValueError:
        st.session_state[key_of("preset")] = OWN
        return
    st.session_state[key_of("preset")] = next(
        (name for name, preset in PRESETS.items() if preset == now), OWN
    )
