"""A folder that is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# No folder of anybody else has this name: what was left behind under it is taken away.
_SCRATCH = ".digitscope-"
_REPLACED = "replaced"


@contextlib.contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A new folder in another, which is gone with all that is in it when the block is left.

    It is held until then, so that `remove_left_behind` leaves it alone however long that takes.
    Raises OSError.
    """
    scratch, held = _new_scratch(parent)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if held is not None:
            os.close(held)


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A scratch folder to write into; when the block is left it takes the other's place at once.

    Where the block raises, or the disk is full, everything stays as it was. Raises OSError.
    """
    with scratch_folder(folder.parent) as scratch:
        yield scratch
        scratch.chmod(0o755)
        _replace(folder, scratch)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A scratch file to write; when the block is left it takes the other's place. Raises OSError."""
    # Not in the file's own folder: a process that dies must leave nothing strange in there.
    with scratch_folder(path.parent.parent) as scratch:
        yield scratch / path.name
        (scratch / path.name).replace(path)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, and return when the disk has it. Raises OSError."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_folder(folder: Path) -> None:
    """Take a folder away at once: nobody ever sees half of it; of a link only the link goes.

    Raises OSError.
    """
    # A full disk has no room for a new folder, but for another name it has.
    aside = folder.with_name(f"{_SCRATCH}{secrets.token_hex(4)}")
    folder.rename(aside)
    if aside.is_symlink():
        aside.unlink()
    else:
        shutil.rmtree(aside, ignore_errors=True)


def remove_left_behind(parent: Path) -> None:
    """Take away what processes left in a folder that died while they wrote there.

    A scratch folder that a living process holds stays, and so does everything else. A folder that
    was about to be replaced when its process died is put back. Windows has no such hold: there,
    nothing is taken away.
    """
    with contextlib.suppress(OSError):
        for scratch in parent.glob(f"{_SCRATCH}*"):
            with contextlib.suppress(OSError):
                _remove_unless_held(scratch)


def _remove_unless_held(scratch: Path) -> None:
    held = _hold(scratch)
    if held is None:
        return
    try:
        for folder in scratch.glob(f"{_REPLACED}/*"):
            if not (scratch.parent / folder.name).exists():
                folder.rename(scratch.parent / folder.name)
        shutil.rmtree(scratch, ignore_errors=True)
    finally:
        os.close(held)


def _new_scratch(parent: Path) -> tuple[Path, int | None]:
    """A new folder, and what holds it, if anything can."""
    while True:
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=parent))
        try:
            held = _hold(scratch)
        except (BlockingIOError, FileNotFoundError):
            continue  # Somebody tidies up in this very moment, and takes it for left behind.
        except OSError:
            return scratch, None  # Some network disks hold no folder, for nobody who tidies up.
        if scratch.exists():
            return scratch, held
        if held is not None:
            os.close(held)


def _hold(folder: Path) -> int | None:
    """Hold a folder until what is returned is closed, or this process ends, however it does.

    None on Windows. Raises BlockingIOError where another holds it, and OSError.
    """
    if sys.platform == "win32":
        return None
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held


def _replace(folder: Path, scratch: Path) -> None:
    """Put a finished folder in place; what stood there is set aside first, as rename demands."""
    while True:
        with scratch_folder(folder.parent) as aside:
            replaced = aside / _REPLACED / folder.name
            replaced.parent.mkdir()
            try:
                with contextlib.suppress(FileNotFoundError):
                    folder.rename(replaced)
                scratch.rename(folder)
            except OSError as error:
                # Another process that trained the same may have put its own there meanwhile.
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    if replaced.exists():
                        replaced.rename(folder)
                    raise
            else:
                return
