"""What a process weighs, and what it uses of the processor."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def megabytes(process_id: int) -> float:
    """Resident memory of a process."""
    kilobytes = subprocess.check_output(["ps", "-o", "rss=", "-p", str(process_id)])
    return int(kilobytes) * 1024 / 1e6


def cpu_seconds(process_id: int) -> float:
    """What a process has used of the processor, all its threads together; Linux only."""
    # The name in brackets may hold spaces; user and system time are fields 14 and 15.
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
