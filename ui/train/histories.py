"""The histories of trainings, read once, with names that tell them apart on a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from cnn_core.store.history import History
from cnn_core.store.store import StoredModel
from ui.shared.resources import BY_WEIGHTS
from ui.train.history_chart import RunHistory

HISTORIES_KEPT = 32


def histories_of(models: Sequence[StoredModel]) -> list[RunHistory]:
    """What a chart shows of these trainings. Raises StoreError where one is damaged."""
    titles = Counter(model.title for model in models)
    return [
        RunHistory(
            model.title if titles[model.title] == 1 else f"{model.title} ({model.id})",
            _history(model),
            model.config.steps_per_epoch,
        )
        for model in models
    ]


@st.cache_data(show_spinner=False, max_entries=HISTORIES_KEPT, hash_funcs=BY_WEIGHTS)
def _history(model: StoredModel) -> History:
    return model.history()
