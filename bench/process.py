"""What a process weighs."""

from __future__ import annotations

import subprocess


def megabytes(process_id: int) -> float:
    """Resident memory of a process."""
    kilobytes = subprocess.check_output(["ps", "-o", "rss=", "-p", str(process_id)])
    return int(kilobytes) * 1024 / 1e6
