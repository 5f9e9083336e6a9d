"""What a network makes of all training digits: read on request, beside the page, once for all visitors."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.findings.neighbours import all_features
from cnn_core.recipe.config import HELD_OUT_IMAGES, TRAINABLE_IMAGES
from cnn_core.store.store import StoredModel
from ui.look.wording import number
from ui.shared.background import Job, kept_result
from ui.shared.progress import follow
from ui.shared.resources import mnist, network

TRAINING_DIGITS = TRAINABLE_IMAGES + HELD_OUT_IMAGES
# Of each model some 15 MB; the last two that were asked for are kept.
MODELS_KEPT = 2


def training_features(model: StoredModel) -> NDArray[np.float16] | None:
    """The features of all training digits, float16 (60000, units), where they have been read.

    Otherwise None, after a button that reads them, or how far that has come.
    """
    features: NDArray[np.float16] | None = kept_result("features", model.weights_checksum)
    if features is not None:
        # The job has the same features; it must not keep them when they are no longer wanted.
        st.session_state.pop("features-job", None)
        return features
    job: Job[NDArray[np.float16]] | None = st.session_state.get("features-job")
    if job is not None and job.question != model.weights_checksum:
        job.cancel()
        job = None
    if job is not None and job.is_running:
        follow(job, "training digits read", lambda: None)
        return None
    st.button(
        f"Read the {number(TRAINING_DIGITS)} training digits",
        key="read-training",
        icon=":material/play_arrow:",
        on_click=_start,
        args=(model,),
        type="primary",
    )
    st.caption(
        f"{model.title} reads all of them once, which takes about half a minute; you can go "
        "on using the page, and stop it. After that every digit has its neighbours at once, for all "
        "visitors."
    )
    return None


def _start(model: StoredModel) -> None:
    st.session_state["features-job"] = Job(
        "features",
        model.weights_checksum,
        all_features(network(model.id), mnist().train.images, np.float16),
        TRAINING_DIGITS,
        MODELS_KEPT,
    )
