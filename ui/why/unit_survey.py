"""What each feature map and hidden unit answers to, counted ahead."""

from __future__ import annotations

import streamlit as st

from cnn_core.findings.units import UnitsOfLayer, load_units
from cnn_core.store.store import StoredModel
from ui.shared.resources import models


def survey_of(model: StoredModel) -> dict[str, UnitsOfLayer] | None:
    """By layer name; None for a model that is not one of the two that were looked at.

    Raises ComputedError.
    """
    return _surveys().get(model.id)


@st.cache_resource(show_spinner=False)
def _surveys() -> dict[str, dict[str, UnitsOfLayer]]:
    return load_units(models())
