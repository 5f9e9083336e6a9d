"""How far a computation has come is what it says itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from tests.support.seen import alone, words
from ui.shared.progress import follow


def say(text: str) -> None:
    """Show a text."""
    st.markdown(text)


@pytest.mark.parametrize("waiting", [False, True])
def test_a_quarter(waiting: bool) -> None:
    """2,500 of 10,000, and what it found so far below."""
    job: Any = SimpleNamespace(
        done=2_500,
        total=10_000,
        is_running=True,
        is_finished=False,
        is_waiting=waiting,
        cancel=None,
    )

    app = alone(lambda: follow(job, "digits read", lambda: say("so far")))

    (bar,) = app.get("progress")
    assert bar.proto.value == 25
    assert bar.proto.text.startswith("2,500 of 10,000 digits read.")
    assert ("Another visitor's digits are read first." in bar.proto.text) == waiting
    assert words(app) == "so far"
    assert [button.label for button in app.button] == ["Stop"]


def test_at_the_end_only_the_result_is_left() -> None:
    """No bar, nothing to stop."""
    job: Any = SimpleNamespace(done=9, total=9, is_running=False, is_finished=True)
    app = alone(lambda: follow(job, "digits read", lambda: say("found")))
    assert words(app) == "found"
    assert not app.get("progress")
    assert not app.button
