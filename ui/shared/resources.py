"""What all visitors of a server share: the data set and the trained networks, read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist, SplitName, load_mnist
from cnn_core.data.digit import Digit, parse_digit
from cnn_core.errors import StoreError
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.store.own_runs import list_runs, read_run
from cnn_core.store.store import BUNDLED, StoredModel, model_folder, open_model
from cnn_core.training.queue import TrainingQueue, server_queue

# A network and its answers to the test set take 0.5 to 8 MB.
NETWORKS_KEPT = 16
# As many as a large class has in use at once, of a tenth of a megabyte each for a bundled network.
ACTIVATIONS_KEPT = 64
# An id is not enough: a run may be deleted, and another be trained that has its id.
BY_WEIGHTS: dict[str | type[Any], Callable[[Any], Any]] = {
    StoredModel: lambda model: (model.id, model.weights_checksum)
}


@st.cache_resource(show_spinner=False)
def mnist() -> Mnist:
    """The data set; raises DatasetError where its file cannot be used."""
    return load_mnist()


def models() -> dict[str, StoredModel]:
    """The trained models that can be chosen, by id: bundled ones, then own runs, newest first.

    Raises StoreError where a bundled one is damaged; an own run that is known to be is left out.
    """
    return _bundled() | {run.id: run for run in list_runs()}


def model(model_id: str) -> StoredModel:
    """A trained model; of an own run everything has been read.

    Raises StoreError where there is none of that name, or no more, or it is damaged.
    """
    # Bundled ones first: only own runs need a look at the disk.
    return _bundled().get(model_id) or read_run(model_id)


def can_be_used(model_id: str) -> bool:
    """Whether there is such a model, and nothing of it is damaged."""
    try:
        model(model_id)
    except StoreError:
        return False
    return True


def network(model_id: str) -> Network:
    """The trained network of a model, ready to predict. Raises StoreError."""
    return _network(model(model_id))


def activations(network: Network, digit: Digit) -> Mapping[str, Array]:
    """Every layer's output for a digit, read-only float32 of its output shape, by layer name.

    What the sidebar has computed for its answer, the page finds here.
    """
    return _activations(network, digit.name)


def test_probabilities(model_id: str) -> Array:
    """A model's stored answers to the test set: float32 (10000, 10), read-only. Raises StoreError."""
    return _test_probabilities(model(model_id))


@st.cache_data(show_spinner=False)
def average_digits(split: SplitName) -> NDArray[np.float32]:
    """The mean image of each class: float32 (10, 28, 28)."""
    return mnist().split(split).average_digits()


def trainings() -> TrainingQueue:
    """The trainings of this server, which are in no cache: any visitor may empty those."""
    return server_queue()


# By the digit's name, since arrays have no hash. Not in one of Streamlit's caches: to look something
# up there takes half as long as a forward pass.
@lru_cache(maxsize=ACTIVATIONS_KEPT)
def _activations(network: Network, digit_name: str) -> Mapping[str, Array]:
    image = parse_digit(digit_name, mnist()).image
    outputs = {name: values[0] for name, values in network.activations(image[np.newaxis]).items()}
    for values in outputs.values():
        values.flags.writeable = False
    return outputs


@st.cache_resource(show_spinner=False)
def _bundled() -> dict[str, StoredModel]:
    return {name: open_model(model_folder(name)) for name in BUNDLED}


@st.cache_resource(show_spinner=False, max_entries=NETWORKS_KEPT, hash_funcs=BY_WEIGHTS)
def _network(model: StoredModel) -> Network:
    return model.network()


@st.cache_resource(show_spinner=False, max_entries=NETWORKS_KEPT, hash_funcs=BY_WEIGHTS)
def _test_probabilities(model: StoredModel) -> Array:
    return model.test_probabilities()
