"""When a server whose files have changed starts anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from ui.frame import update


class StartedAnew(Exception):
    """Stands for the process that is replaced."""


def test_starts_anew_once_all_is_written_and_nobody_trains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits until two looks find the same, and until the training that runs has ended."""
    page, queue = tmp_path / "page.py", SimpleNamespace(running=None)
    page.write_text("")
    between_looks: list[Callable[[], object]] = [
        lambda: None,
        lambda: (tmp_path / ".page.py.swp").write_text("an editor's"),
        lambda: page.write_text("half of"),
        lambda: page.write_text("half of it and the rest"),
        lambda: setattr(queue, "running", "a training"),
        lambda: setattr(queue, "running", None),
        lambda: pytest.fail("was to be started anew at the last look"),
    ]

    def start_anew() -> None:
        raise StartedAnew

    monkeypatch.setattr(update, "_start_anew", start_anew)
    monkeypatch.setattr(update, "server_queue", lambda: queue)
    monkeypatch.setattr("time.sleep", lambda _: between_looks.pop(0)())

    with pytest.raises(StartedAnew):
        update._follow(tmp_path)

    assert len(between_looks) == 1
