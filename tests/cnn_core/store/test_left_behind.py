"""What a process left behind goes, but only when nobody can be writing there any more."""

from __future__ import annotations

import os
import time
from pathlib import Path

from cnn_core.store.atomic_write import SECONDS_UNTIL_LEFT_BEHIND, remove_left_behind


def folder(parent: Path, name: str, seconds: float) -> Path:
    """A folder with a file in it, last written to so many seconds ago."""
    made = parent / name
    made.mkdir()
    (made / "config.json").write_text("{}")
    then = time.time() - seconds
    os.utime(made, (then, then))
    return made


def test_only_what_was_left_behind_long_ago_goes(tmp_path: Path) -> None:
    """Scratch folders of long ago; not one that may still be written to, and never a model."""
    long_ago, just_now = SECONDS_UNTIL_LEFT_BEHIND + 60, SECONDS_UNTIL_LEFT_BEHIND - 60
    left = folder(tmp_path, ".0123456789ab-x1y2", long_ago)
    written = folder(tmp_path, ".0123456789ab-z3", just_now)
    model = folder(tmp_path, "0123456789ab-5", long_ago)

    remove_left_behind(tmp_path)

    assert not left.exists()
    assert (written / "config.json").exists()
    assert (model / "config.json").exists()
