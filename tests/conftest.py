"""What tests of every part share."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_runner
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


@pytest.fixture(scope="session", autouse=True)
def _pages_open_quickly() -> Iterator[None]:
    """Spare every run of a page what Streamlit does for others than this app.

    In a process that has imported Keras, which serving never does, it collects garbage twice a run,
    0.5 s in all. For every AppTest it looks for components in all installed packages, 0.2 s.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        patch.setattr(
            manifest_scanner,
            "scan_component_manifests",
            functools.cache(manifest_scanner.scan_component_manifests),
        )
        yield


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
