"""What a process uses is read from the system."""

from __future__ import annotations

import os
import sys
import time

import pytest

from bench.process import cpu_seconds


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_work_is_counted_and_sleep_is_not() -> None:
    """A tenth of a second of work appears, as much as this process says itself."""
    before, own = cpu_seconds(os.getpid()), time.process_time()
    while time.process_time() - own < 0.1:
        pass

    assert cpu_seconds(os.getpid()) - before == pytest.approx(time.process_time() - own, abs=0.03)
