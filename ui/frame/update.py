"""An update of the app's files reaches a running server: it starts itself anew."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import streamlit as st

from cnn_core.training.queue import server_queue

SECONDS_BETWEEN_LOOKS = 5.0

_log = logging.getLogger(__name__)


@cache
def follow_updates(*sources: Path) -> None:
    """Start this server anew, in its own process, once its files have changed and no training runs.

    Without it a page that is opened after an update is new and what it imports is old. Streamlit's own
    watchers do the same work for each visitor who comes, which costs five times what his page does,
    and see nothing while there is none; where one of them is on, nothing is done here. Windows cannot
    replace a running process; there nothing is done either, nor in a process that is no server of
    Streamlit's, as that of a test.

    sources: files, and folders with all that lies in them.
    """
    if (
        is_server(sys.orig_argv)
        and st.get_option("server.fileWatcherType") == "none"
        and sys.platform != "win32"
    ):
        threading.Thread(target=_follow, args=sources, name="updates", daemon=True).start()


def is_server(command: Sequence[str]) -> bool:
    """Whether a process was started by `streamlit run`, or `python -m streamlit run`."""
    words = [Path(word).name for word in command]
    return ("streamlit", "run") in pairwise(words)


def _follow(*sources: Path) -> None:
    at_start = last = _state(sources)
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        now = _state(sources)
        # Files that still change are a copy half made; a training would end with the server.
        if now == last != at_start and server_queue().running is None:
            _log.warning("The app's files have changed: the server starts anew.")
            _start_anew()
        last = now


def _start_anew() -> None:
    """Replace this process by what it was started as."""
    # uvicorn's listener would survive, and keep its port from the new server.
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  Numbers, not paths.
        with contextlib.suppress(OSError):  # The one of the listing itself is closed by now.
            os.set_inheritable(int(name), int(name) <= 2)  # Input, output and errors stay.
    os.environ["STREAMLIT_SERVER_HEADLESS"] = "true"  # No second browser is opened.
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _state(sources: tuple[Path, ...]) -> dict[Path, tuple[int, int]]:
    """When each file was written, and its size in bytes."""
    state = {}
    for source in sources:
        for path in source.rglob("*") if source.is_dir() else [source]:
            # What Python and editors leave beside the files is none of them.
            if path.parent.name == "__pycache__" or path.name.startswith("."):
                continue
            with contextlib.suppress(OSError):
                found = path.stat()
                if not path.is_dir():
                    state[path] = (found.st_mtime_ns, found.st_size)
    return state
