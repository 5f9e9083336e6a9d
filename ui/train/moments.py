"""What the moments of a training make of a digit, and of the sample, kept for all visitors."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit
from cnn_core.errors import ComputedError
from cnn_core.findings.dead_network import Vitals, vitals
from cnn_core.findings.moments import Reading, confusions, read_at_each, sample_of
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel
from ui.shared.background import Job
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import BY_WEIGHTS, mnist

COUNTS_KEPT = 20
# Enough to show which maps respond at all, and read in a tenth of a second at every moment.
DIGITS_FOR_VITALS = 100
# Of half a megabyte each; with the largest networks ten.
READINGS_KEPT = 8

Counts = NDArray[np.int64]


@st.cache_data(
    show_spinner=False,
    max_entries=READINGS_KEPT,
    hash_funcs=BY_WEIGHTS | {Digit: lambda digit: digit.name},
)
def reading_of(model: StoredModel, digit: Digit, layer: str) -> Reading:
    """How each moment of a training read a digit, with the feature maps of one convolution."""
    return read_at_each(list(checkpoints(model.id).values()), layer, digit.image)


def counts_ahead(model: StoredModel) -> Counts | None:
    """What came with the project, int64 (moments, 10, 10); None for a run of one's own."""
    if not model.is_bundled:
        return None
    try:
        return load_computed("moments", [model])[model.id].astype(np.int64)
    except (ComputedError, KeyError):
        # Trained again since: it is counted like any other.
        return None


@st.cache_data(show_spinner=False, max_entries=COUNTS_KEPT, hash_funcs=BY_WEIGHTS)
def vitals_of(model: StoredModel) -> Vitals:
    """What was alive at each moment of a training, as the first held-out digits show."""
    digits = sample_of(mnist().train).images[:DIGITS_FOR_VITALS]
    return vitals(list(checkpoints(model.id).values()), digits)


def counting(model: StoredModel) -> Job[Counts]:
    """The count of this model's moments; it is begun where nobody has asked for it before."""
    question = (model.id, model.weights_checksum)
    job: Job[Any] | None = st.session_state.get("moments-job")
    if job is None or job.question != question:
        begin_counting(model)
    current: Job[Counts] = st.session_state["moments-job"]
    return current


def begin_counting(model: StoredModel) -> None:
    """Count beside the page how each moment reads the sample."""
    networks = list(checkpoints(model.id).values())
    st.session_state["moments-job"] = Job(
        "moments",
        (model.id, model.weights_checksum),
        confusions(networks, sample_of(mnist().train)),
        len(networks),
        COUNTS_KEPT,
    )
