"""A weight that is typed in is the one that is changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import streamlit as st

from cnn_core.network.kernels import kernel_named
from ui.inside.own_kernel import edit_weight, is_edited, own_kernel


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A visitor who has chosen a preset of three rows."""
    state: dict[str, Any] = {"kernel": "sobel-right", "kernel-size": 3}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_one_weight_is_changed() -> None:
    """In its row and column; the preset stays as it is."""
    before = kernel_named("sobel-right").weights(3).copy()
    edit_weight(0, 2, 7.5)
    edit_weight(3, 0, 1)  # There is no such row.

    expected = before.copy()
    expected[0, 2] = 7.5
    np.testing.assert_array_equal(own_kernel(), expected)
    np.testing.assert_array_equal(kernel_named("sobel-right").weights(3), before)
    assert is_edited()


def test_weights_of_another_size_are_not_used(session: dict[str, Any]) -> None:
    """The preset in the new size."""
    edit_weight(1, 1, 3)
    session["kernel-size"] = 5
    np.testing.assert_array_equal(own_kernel(), kernel_named("sobel-right").weights(5))
    assert not is_edited()
