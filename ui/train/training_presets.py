"""The presets of a training: settings to start from, each for a purpose."""

from __future__ import annotations

import streamlit as st

from cnn_core.recipe.config import PRESETS, TRAINABLE_IMAGES
from ui.look.gloss import glossed
from ui.look.wording import number, percent
from ui.train.training_settings import OWN, fill_in, key_of, value_of
from ui.visitor.choice import choose_one, hold_to

PRESET_TITLES = {
    "quick": "Quick",
    "baseline": "Baseline",
    "improved": "Improved",
    OWN: "Own",
}
PRESET_WORDS = {
    "quick": f"A whole training to watch, the shortest of the three. It leaves out "
    f"{number(TRAINABLE_IMAGES - PRESETS['quick'].training_images)} of the "
    f"{number(TRAINABLE_IMAGES)} training images and stops after {PRESETS['quick'].epochs} [epochs], "
    "so it reads worse than it could.",
    "baseline": "The simpler of the two networks that this project explains: all "
    f"{number(TRAINABLE_IMAGES)} training images that are not [held out], {PRESETS['baseline'].epochs} "
    "[epochs] at one [learning rate], [dropout] of "
    f"{percent(PRESETS['baseline'].architecture.dropout, 0)}; no image is moved.",
    "improved": f"[Padding], {PRESETS['improved'].epochs} [epochs] of images moved at random, a falling "
    "learning rate and weight decay. This takes the longest.",
    OWN: "Your own settings: change whatever you like.",
}


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
    st.caption(glossed(PRESET_WORDS[value_of("preset")]))


def _take_preset() -> None:
    hold_to(list(PRESET_TITLES), key_of("preset"))
    chosen = value_of("preset")
    st.session_state["train-last"] = None
    if chosen != OWN:
        fill_in(PRESETS[chosen])
