"""What tests of every part share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from cnn_core.data.dataset import Mnist, load_mnist

# Tests run in this process and in child processes; TensorFlow greets on standard error unless told
# not to, and looks for GPUs that it must not take from a training that runs beside the tests.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

# A first example that imports TensorFlow, or a busy machine, is slow and yet right.
settings.register_profile("digitscope", deadline=None, max_examples=40)
settings.load_profile("digitscope")


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """The bundled data set."""
    return load_mnist()
