"""Nothing that is sent waits for an acknowledgement of what was sent before."""

from __future__ import annotations

import socket

from ui.frame.connection import send_at_once


def is_sent_at_once(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_before_and_after_send_at_once() -> None:
    """The visitor whose page opened the app, and whoever comes later to the same listener."""
    send_at_once.cache_clear()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname()):
            first, _ = listener.accept()
            with first:
                assert not is_sent_at_once(first)

                send_at_once()

                assert is_sent_at_once(first)
        with socket.create_connection(listener.getsockname()):
            later, _ = listener.accept()
            with later:
                assert is_sent_at_once(later)
