"""Memory that visitors used goes back to the system once they have left."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import time
from functools import cache

from ui.frame.update import is_server

SECONDS_IDLE = 60.0
# From <malloc.h>. Every run of a script is a thread, and what one frees another may not use.
_M_ARENA_MAX, _ARENAS = -8, 2

_last_run = 0.0


def give_memory_back_when_idle() -> None:
    """Note that a script runs; once none has run for a minute, collect what it left behind.

    Much of it is in rings of references, which Python does not collect on an idle server, and what is
    freed stays with the C library.
    Nothing is done in a process that is no server of Streamlit's, as that of a test.
    """
    global _last_run
    _last_run = time.monotonic()
    if is_server(sys.orig_argv):
        _begin()


@cache
def _begin() -> None:
    if library := _c_library():
        library.mallopt(_M_ARENA_MAX, _ARENAS)
    threading.Thread(target=_wait, name="memory", daemon=True).start()


def _wait() -> None:
    given_back = 0.0
    while True:
        time.sleep(SECONDS_IDLE / 4)
        if given_back < _last_run < time.monotonic() - SECONDS_IDLE:
            given_back = _last_run
            give_memory_back()


def give_memory_back() -> None:
    """Collect garbage, which takes a tenth of a second, and hand free memory back."""
    gc.collect()
    if library := _c_library():
        library.malloc_trim(0)


def _c_library() -> ctypes.CDLL | None:
    """glibc, where that is what Python runs on."""
    try:
        library = ctypes.CDLL("libc.so.6")
        library.mallopt, library.malloc_trim  # noqa: B018  Asked for, to see whether they are there.
    except (OSError, AttributeError):
        return None
    return library
