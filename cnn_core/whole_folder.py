"""A folder that is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# What a process leaves behind that dies while it writes; no writing takes nearly as long.
SECONDS_UNTIL_LEFT_BEHIND = 600


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A scratch folder to write into; when the block is left it takes the other's place at once.

    Where the block raises, or the disk is full, everything stays as it was. Raises OSError.
    """
    scratch = _scratch(folder)
    try:
        yield scratch
        scratch.chmod(0o755)
        _replace(folder, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A scratch file to write; when the block is left it takes the other's place. Raises OSError."""
    scratch = path.with_name(f"{path.name}.new")
    try:
        yield scratch
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, and return when the disk has it. Raises OSError."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_folder(folder: Path) -> None:
    """Take a folder away at once: nobody ever sees half of it. Raises OSError."""
    aside = _scratch(folder)
    try:
        folder.rename(aside / "removed")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def remove_left_behind(parent: Path) -> None:
    """Take away what processes left in a folder that died while they wrote there."""
    with contextlib.suppress(OSError):
        for path in parent.glob(".*-*"):
            if path.is_dir() and time.time() - path.stat().st_mtime > SECONDS_UNTIL_LEFT_BEHIND:
                shutil.rmtree(path, ignore_errors=True)


def _scratch(folder: Path) -> Path:
    """A new folder beside another, with a name that is none of a model."""
    return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))


def _replace(folder: Path, scratch: Path) -> None:
    """Put a finished folder in place; what stood there is set aside first, as rename demands."""
    while True:
        aside = _scratch(folder) / "replaced"
        try:
            with contextlib.suppress(FileNotFoundError):
                folder.rename(aside)
            scratch.rename(folder)
        except OSError as error:
            # Another process that trained the same may have put its own there in the meantime.
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                if aside.exists():
                    aside.rename(folder)
                raise
        else:
            return
        finally:
            shutil.rmtree(aside.parent, ignore_errors=True)
