"""What tests of every part share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist, load_mnist
from tests.support.pages import ROOT, OpenPage

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


@pytest.fixture
def open_page() -> OpenPage:
    """Open a page of the app, `overview` for instance, with what stands in its address."""

    def open_at(page: str, /, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception
        return app

    return open_at
