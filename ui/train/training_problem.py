"""What is wrong with the settings of the next training, and beside which of them to say so."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cnn_core.errors import ArchitectureError, DigitScopeError, TrainingConfigError, TrainingRefused
from cnn_core.training.limits import Limits
from ui.train.training_settings import config

# The settings of the network, in the order in which they are shown.
NETWORK = ("blocks", "filters", "kernel_size", "padding", "dense_units", "dropout")


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
