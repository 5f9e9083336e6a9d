"""What all visitors of a server share: the data set and the trained networks, read once."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.arithmetic import Array
from cnn_core.dataset import Mnist, SplitName, load_mnist
from cnn_core.network import Network
from cnn_core.store import BUNDLED, StoredModel, model_folder, open_model


@st.cache_resource(show_spinner=False)
def mnist() -> Mnist:
    """The data set; raises DatasetError where its file cannot be used."""
    return load_mnist()


@st.cache_resource(show_spinner=False)
def models() -> dict[str, StoredModel]:
    """The trained models that can be chosen, by id; raises StoreError where one is damaged."""
    return {name: open_model(model_folder(name)) for name in BUNDLED}


@st.cache_resource(show_spinner=False)
def network(model_id: str) -> Network:
    """The trained network of a model, ready to predict."""
    return models()[model_id].network()


@st.cache_data(show_spinner=False)
def average_digits(split: SplitName) -> NDArray[np.float32]:
    """The mean image of each class: float32 (10, 28, 28)."""
    return mnist().split(split).average_digits()


@st.cache_resource(show_spinner=False)
def test_probabilities(model_id: str) -> Array:
    """A model's stored answers to the test set: float32 (10000, 10), read-only."""
    return models()[model_id].test_probabilities()
