"""What is sent to a browser leaves at once."""

from __future__ import annotations

import contextlib
import os
import socket
from functools import cache


@cache
def send_at_once() -> None:
    """Switch Nagle's algorithm off, once, for this server's connections and those to come.

    With it the end of a larger answer waits until the browser's system has acknowledged the rest,
    40 ms and more. asyncio switches it off by itself, but not for a socket such as Streamlit 1.67
    binds, one that does not name its protocol. Without /dev/fd, on Windows, nothing is changed.
    """
    with contextlib.suppress(FileNotFoundError):
        for name in os.listdir("/dev/fd"):  # noqa: PTH208  Numbers, not paths.
            # Some are no sockets, and the one of the listing itself is closed by now.
            with contextlib.suppress(OSError):
                shared = socket.socket(fileno=int(name))
                try:
                    # What a listener accepts later has its options.
                    if shared.family in (socket.AF_INET, socket.AF_INET6):
                        shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                finally:
                    shared.detach()  # It stays open for whom it belongs to.
