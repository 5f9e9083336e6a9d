"""A Streamlit app on a free port of this machine, for browser tests and measurements."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
APP = ROOT / "app.py"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Server:
    """A running app: where it answers, and which process it is."""

    url: str
    process_id: int


@contextmanager
def serve(
    script: Path = APP, *options: str, folder: Path = ROOT, **environment: str
) -> Iterator[Server]:
    """Run a Streamlit script until the block is left.

    options: of `streamlit run`, beside those that serving takes.
    folder: where the server starts, and reads .streamlit/config.toml.
    environment: variables that the server gets beside those of this process.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}"]
    command += options
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", process.pid)
            if not _answers(server, process):
                log.seek(0)
                raise RuntimeError(f"{script} was not served:\n{log.read().decode()}")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(server: Server, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server becomes healthy before its time is up or its process ends."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.01)
        else:
            return True
    return False
