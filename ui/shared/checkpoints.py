"""The networks of one training at its moments, read once for all visitors."""

from __future__ import annotations

import streamlit as st

from cnn_core.network.network import Network
from cnn_core.store.moment import Moment
from cnn_core.store.store import StoredModel
from ui.shared.resources import BY_WEIGHTS, model


def checkpoints(model_id: str) -> dict[Moment, Network]:
    """The network of a model at each moment that was kept, in order of time. Raises StoreError."""
    return _checkpoints(model(model_id))


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=BY_WEIGHTS)
def _checkpoints(model: StoredModel) -> dict[Moment, Network]:
    return model.checkpoints()
