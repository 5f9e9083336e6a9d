"""When a server whose files have changed starts anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.pages import OpenPage
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


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python -m streamlit run app.py --server.headless true", True),
        ("/home/user/venv/bin/python3 /home/user/venv/bin/streamlit run app.py", True),
        ("python -m pytest tests -k streamlit", False),
        ("python -c run", False),
        ("python -m streamlit hello", False),
    ],
)
def test_only_a_server_starts_anew(command: str, expected: bool) -> None:
    """Streamlit's own test harness says that there is a server where there is none."""
    assert update.is_server(command.split()) is expected


def test_no_page_of_a_test_follows_updates(open_page: OpenPage) -> None:
    """A test that writes a file would end with the process that runs it."""
    open_page("overview")
    assert "updates" not in {thread.name for thread in threading.enumerate()}
