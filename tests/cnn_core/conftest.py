"""What the tests of cnn_core share."""

from __future__ import annotations

import importlib
from typing import Any

import pytest


@pytest.fixture(scope="session")
def keras() -> Any:
    """The Keras module; imported only where a test needs it, because that takes seconds."""
    return importlib.import_module("keras")
