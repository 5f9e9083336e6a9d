"""The runs that visitors trained: listed, read once and wholly, renamed, deleted.

What is damaged is named, with what to do, and used nowhere.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

from cnn_core.errors import DigitScopeError, StoreError, quoted
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.atomic_write import remove_folder, whole_file, write_durably
from cnn_core.store.files import FILES, MANIFEST, TITLE, file_size
from cnn_core.store.ownership import read_owner
from cnn_core.store.store import (
    BUNDLED,
    MODEL_ID,
    RUN_ID,
    StoredModel,
    damaged,
    deleted,
    model_folder,
    open_model,
    runs_root,
    stranger_in,
)
from cnn_core.store.title import clean_title


@dataclass(frozen=True)
class DamagedRun:
    """An own run that nobody can use.

    problem: which of its files is damaged, and how; a clause.
    owner: as that of a StoredModel.
    """

    id: str
    folder: Path
    problem: str
    owner: str | None

    @property
    def error(self) -> StoreError:
        """What to tell whoever asks for it."""
        return damaged(self.folder, self.problem)


def list_runs() -> list[StoredModel]:
    """The own runs that are complete folders, newest first; `damaged_runs` has the others.

    Of a run that nobody has used yet only config, results, and the sizes of all files have been
    looked at; `read_run` reads all of it. What has not changed on the disk is not read again.
    """
    runs = [run for run in _shelf.look() if isinstance(run, StoredModel)]
    return sorted(runs, key=lambda run: (run.saved, run.id), reverse=True)


def damaged_runs() -> list[DamagedRun]:
    """The own runs that are known to be damaged, by id; no list of runs has them any more."""
    runs = [run for run in _shelf.look() if isinstance(run, DamagedRun)]
    return sorted(runs, key=lambda run: run.id)


def read_run(model_id: str) -> StoredModel:
    """An own run of which everything has been read, now or since it changed last.

    Raises StoreError where there is none, and where anything is damaged.
    """
    run = next((run for run in _shelf.look() if run.id == model_id), None)
    if run is None:
        raise StoreError(f"There is no model {quoted(model_id)}.")
    whole = _shelf.read(run)
    if isinstance(whole, DamagedRun):
        if not os.path.lexists(whole.folder):
            raise deleted(run.title if isinstance(run, StoredModel) else run.id)
        raise whole.error
    return whole


def read_unread_runs(seconds: float) -> int:
    """Read own runs that nobody has used yet, for about so long; how many are left unread."""
    end = time.monotonic() + seconds
    unread = _shelf.unread()
    while unread and time.monotonic() < end:
        _shelf.read(unread.pop())
    return len(unread)


def find_run(config: TrainingConfig) -> StoredModel | None:
    """A model that this very config made, bundled or own run; None where there is none.

    A training that was stopped before its end is none.
    """
    for name in BUNDLED:
        with contextlib.suppress(DigitScopeError):
            model = open_model(model_folder(name))
            if model.config == config:
                return model
    # Only the one that it may be has to be read wholly.
    for folder in _run_folders():
        with contextlib.suppress(DigitScopeError):
            model = open_model(folder)
            if model.config == config and model.is_complete:
                model.check()
                return model
    return None


def rename_run(model_id: str, title: str) -> None:
    """Give an own run another name.

    title: 1 to 40 letters, digits and common signs, of which a letter or digit is the first.
    Raises StoreError for another title, a bundled model, and a run that is not there.
    """
    folder = open_model(_own_folder(model_id)).folder
    try:
        with whole_file(folder / TITLE) as scratch:
            write_durably(scratch, clean_title(title).encode())
    except OSError as error:
        raise StoreError(
            f"The new name could not be written: {error.strerror or error}. Free some space, then "
            "try again."
        ) from error


def delete_run(model_id: str) -> None:
    """Delete an own run, damaged or not; there is no way back.

    Of a link only the link is deleted. Raises StoreError, saying what to do, for a bundled model,
    for a folder with anything but a model in it, and where the system does not let it be deleted.
    """
    folder = _own_folder(model_id)
    try:
        if stranger := None if folder.is_symlink() else stranger_in(folder):
            raise StoreError(
                f"There is something in {folder} that is no part of a model: {stranger}. Move it "
                "elsewhere, then delete the run."
            )
        remove_folder(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"The run in {folder} could not be deleted: {error.strerror or error}. Whoever runs "
            "this server can delete the folder."
        ) from error


def _own_folder(model_id: str) -> Path:
    if model_id in BUNDLED:
        raise StoreError("The bundled models can neither be renamed nor deleted.")
    return model_folder(model_id)


@dataclass(frozen=True)
class _Known:
    """What is known of a folder as long as it has this stamp; a damaged run is read no further."""

    stamp: Hashable
    run: StoredModel | DamagedRun
    is_read: bool


class _Shelf:
    """The own runs as they were when they were last read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Path, _Known] = {}

    def look(self) -> list[StoredModel | DamagedRun]:
        """All own runs; those that have changed are opened, by one visitor for all."""
        with self._lock:
            before, self._known = self._known, {}
            runs = []
            for folder in _run_folders():
                stamp, known = _stamp(folder), before.get(folder)
                if known is None or known.stamp != stamp:
                    known = self._learn(folder, stamp, open_model)
                else:
                    self._known[folder] = known
                runs.append(known.run)
            return runs

    def read(self, run: StoredModel | DamagedRun) -> StoredModel | DamagedRun:
        """A run of which everything has been read."""
        stamp, known = _stamp(run.folder), self._known.get(run.folder)
        if known is not None and known.stamp == stamp and known.is_read:
            return known.run
        return self._learn(run.folder, stamp, _read_wholly).run

    def unread(self) -> list[StoredModel | DamagedRun]:
        """The own runs of which not everything has been read."""
        self.look()
        return [known.run for known in list(self._known.values()) if not known.is_read]

    def _learn(self, folder: Path, stamp: Hashable, read: Callable[[Path], StoredModel]) -> _Known:
        """Read a run, and keep what came of it.

        It is not kept where the system did not let it be read, for want of memory for instance.
        """
        try:
            known = _Known(stamp, read(folder), read is _read_wholly)
        except StoreError as error:
            damaged = DamagedRun(folder.name, folder, error.problem, read_owner(folder))
            known = _Known(stamp, damaged, True)
            cause: BaseException | None = error
            while cause is not None:
                if isinstance(cause, OSError | MemoryError):
                    return known
                cause = cause.__cause__
        self._known[folder] = known
        return known


_shelf = _Shelf()


def _run_folders() -> list[Path]:
    """The folders of own runs, whatever is in them; what is no run at all is passed over."""
    try:
        return [path for path in runs_root().iterdir() if _is_run(path)]
    except OSError:
        return []


def _is_run(path: Path) -> bool:
    if path.name in BUNDLED or not MODEL_ID.fullmatch(path.name) or file_size(path) is not None:
        return False
    return bool(RUN_ID.fullmatch(path.name)) or any(
        os.path.lexists(path / name) for name in (*FILES, MANIFEST)
    )


def _stamp(folder: Path) -> Hashable:
    """What is different when anybody has written into a folder of the store."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        found.append(("", folder.lstat()))
    except OSError:
        return None
    return frozenset(
        (name, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        for name, status in found
    )


def _read_wholly(folder: Path) -> StoredModel:
    model = open_model(folder)
    model.check()
    return model
