"""What visitors used goes back to the system once nobody's script has run for a while."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from ui.frame import memory


class Ring:
    """Something that refers to itself, as Streamlit's sessions do."""

    def __init__(self) -> None:
        self.itself = self


def test_a_ring_of_references_goes() -> None:
    """What only refers to itself is gone, though Python's own collector rests."""
    gc.disable()
    try:
        ring = Ring()
        seen = weakref.ref(ring)
        del ring
        assert seen() is not None
        memory.give_memory_back()
        assert seen() is None
    finally:
        gc.enable()


def test_nothing_in_a_process_that_serves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's process starts no thread."""
    begun: list[object] = []
    monkeypatch.setattr(memory, "_begin", lambda: begun.append(1))
    memory.give_memory_back_when_idle()
    assert begun == []
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "streamlit", "run", "app.py"])
    memory.give_memory_back_when_idle()
    assert begun == [1]
