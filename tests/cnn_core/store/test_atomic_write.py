"""Folders that are written whole or not at all, and what is left of those who died while they wrote."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_core.store import atomic_write as module
from cnn_core.store.atomic_write import (
    remove_folder,
    remove_left_behind,
    scratch_folder,
    whole_file,
    whole_folder,
)

# Writes a folder as a training does, and dies before the rename of a given number.
DIES = """
import os, signal, sys
from pathlib import Path
from cnn_core.store.atomic_write import whole_folder

left, rename = int(sys.argv[2]), Path.rename

def rename_or_die(source, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(source, target)

Path.rename = rename_or_die
with whole_folder(Path(sys.argv[1])) as scratch:
    (scratch / "content").write_text("new")
"""


def die_before_rename(number: int, folder: Path) -> None:
    """Let a process write a folder, and die before it sets the old aside (1) or after that (2)."""
    child = subprocess.run([sys.executable, "-c", DIES, str(folder), str(number)], check=False)
    assert child.returncode == -signal.SIGKILL


class TestLeftBehind:
    def test_of_a_process_that_died(self, tmp_path: Path) -> None:
        """What a process left that was killed while it wrote is gone at once."""
        die_before_rename(1, tmp_path / "model")
        assert list(tmp_path.iterdir())

        remove_left_behind(tmp_path)

        assert list(tmp_path.iterdir()) == []

    def test_what_was_about_to_be_replaced_is_put_back(self, tmp_path: Path) -> None:
        """Dying between the two renames does not cost the folder that was there before."""
        with whole_folder(tmp_path / "model") as scratch:
            (scratch / "content").write_text("old")
        die_before_rename(2, tmp_path / "model")
        assert not (tmp_path / "model").exists()

        remove_left_behind(tmp_path)

        assert [path.name for path in tmp_path.iterdir()] == ["model"]
        assert (tmp_path / "model" / "content").read_text() == "old"

    @pytest.mark.parametrize("when", [0, 4_000_000_000])
    def test_whoever_still_writes_is_left_alone(self, tmp_path: Path, when: int) -> None:
        """However slowly another process writes, and whatever its clock or this one says."""
        with whole_folder(tmp_path / "model") as scratch:
            (scratch / "content").write_text("whole")
            os.utime(scratch, (when, when))
            remove_left_behind(tmp_path)

        assert (tmp_path / "model" / "content").read_text() == "whole"

    def test_nothing_of_anybody_else(self, tmp_path: Path) -> None:
        """In a folder that is somebody's home, all that is theirs stays, hidden or old or both."""
        names = {
            ".oh-my-zsh",
            ".config-settings",
            ".0123456789ab-abcdefgh",
            "thesis",
            ".digitscope",
        }
        for name in names:
            (tmp_path / name).mkdir()
            (tmp_path / name / "precious").write_text("two years of work")
            os.utime(tmp_path / name, (0, 0))
        (tmp_path / ".digitscope-notes").write_text("a file is no scratch folder")
        (tmp_path / ".digitscope-link").symlink_to(tmp_path / "thesis")

        remove_left_behind(tmp_path)

        assert {path.parent.name for path in tmp_path.rglob("precious")} == names
        assert (tmp_path / ".digitscope-notes").exists()

    def test_no_such_folder(self, tmp_path: Path) -> None:
        """Where nothing was ever written there is nothing to tidy up."""
        remove_left_behind(tmp_path / "nowhere")

        assert list(tmp_path.iterdir()) == []

    def test_a_disk_that_holds_no_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """There folders can be written all the same, and nothing is taken for left behind."""

        def no_locks(_folder: Path) -> int:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

        monkeypatch.setattr(module, "_hold", no_locks)
        with whole_folder(tmp_path / "model") as scratch:
            (scratch / "content").write_text("whole")
            remove_left_behind(tmp_path)

        assert [path.name for path in tmp_path.iterdir()] == ["model"]

    def test_taken_for_left_behind_in_the_very_moment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever tidies up between the making of a folder and its holding costs nobody anything."""
        hold, moments = module._hold, []

        def tidied_up_just_now(folder: Path) -> int | None:
            moments.append(folder)
            if len(moments) == 1:
                raise BlockingIOError  # It is held by whoever is about to take it away.
            if len(moments) == 2:
                shutil.rmtree(folder)  # It was taken away.
            return hold(folder)

        monkeypatch.setattr(module, "_hold", tidied_up_just_now)
        with scratch_folder(tmp_path) as scratch:
            assert scratch.is_dir()
            assert len(moments) == 3


class TestWholeFile:
    def test_dying_leaves_nothing_beside_it(self, tmp_path: Path) -> None:
        """While a file is written, nothing strange stands in its folder."""
        path = tmp_path / "run" / "title.txt"
        path.parent.mkdir()
        with whole_file(path) as scratch:
            scratch.write_text("new")
            assert list(path.parent.iterdir()) == []

        assert path.read_text() == "new"
        assert [each.name for each in tmp_path.iterdir()] == ["run"]


class TestRemoveFolder:
    def test_on_a_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Room can be made where there is not even room for a new folder."""

        def full(*_arguments: object, **_options: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        folder = tmp_path / "run"
        folder.mkdir()
        monkeypatch.setattr(Path, "mkdir", full)
        monkeypatch.setattr(os, "mkdir", full)

        remove_folder(folder)

        assert list(tmp_path.iterdir()) == []
