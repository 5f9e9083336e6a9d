"""The store of trained models: one folder a model, written whole or not at all.

A folder holds
    config.json             everything that decided the run
    model.keras             the model as Keras saves it, for download
    weights.npz             the trained weights, for NumPy, without pickle
    history.json            loss and accuracy per epoch and per group of steps
    checkpoints.npz         the weights at chosen moments, from before training to the end
    test_probabilities.npy  float32 (10000, 10), the network's answers to the test set
    results.json            test accuracy and loss, seconds, versions
    manifest.json           size and SHA-256 checksum of each file above
    title.txt               the name that somebody gave the run, if anybody did
    owner.txt               who may rename and delete it, see cnn_core.store.ownership, if it was a visitor
The manifest names every byte that belongs to the model, so that a folder that is half-written or
damaged is noticed and never served. Title and owner are not part of the model, and not in the
manifest. What is in the files is checked when it is read, whatever the manifest says of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import threading
import time
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from cnn_core.errors import DigitScopeError, StoreError, quoted
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.arrays import read_checkpoints, read_network, read_probabilities
from cnn_core.store.atomic_write import (
    remove_folder,
    scratch_folder,
    whole_file,
    whole_folder,
    write_durably,
)
from cnn_core.store.files import (
    ALL_FILES,
    FILES,
    MANIFEST,
    MOST_BYTES_OF_A_NOTE,
    OWNER,
    TITLE,
    ContentError,
    file_size,
    largest_sizes,
    read_file,
)
from cnn_core.store.history import History
from cnn_core.store.moment import Moment
from cnn_core.store.ownership import owner_of_this_process, read_owner
from cnn_core.store.records import (
    Entry,
    read_config,
    read_history,
    read_manifest,
    read_results,
)

Value = TypeVar("Value")

BUNDLED_ROOT = Path(__file__).parents[1] / "assets" / "models"
BUNDLED = tuple(BUNDLED_TRAININGS)
RUNS_VARIABLE = "DIGITSCOPE_RUNS"
LONGEST_TITLE = 40

_MODEL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# As TrainingConfig.run_id names it; of a training that was stopped, with the epochs that it ran.
_RUN_ID = re.compile(r"([0-9a-f]{4})[0-9a-f]{8}(-\d+)?")
# Titles are shown as text on pages, where other signs would be taken for Markdown.
_TITLE_SIGNS = " -.,'’()+=%·×–"
# Letters to Unicode, and nothing to the eye: the fillers of Korean syllables.
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"


@dataclass(frozen=True)
class StoredModel:
    """A complete model in the store. Its files are read, and checked, when they are asked for.

    What reads a file raises StoreError where it is damaged: gone, cut, altered, or none that a
    training of this config writes.

    results: `test_accuracy` (0 to 1) and, unless somebody left them out, `test_loss` (nats),
        `seconds`, and versions used.
    title: its name for people.
    saved: when it was saved, in seconds since 1970.
    size: bytes that its files take.
    owner: the fingerprint of the key of whoever trained it, see cnn_core.store.ownership; None where it
        belongs to the operator.
    """

    id: str
    folder: Path
    config: TrainingConfig
    results: Mapping[str, Any]
    title: str
    saved: float
    size: int
    owner: str | None
    _manifest: Mapping[str, Entry]

    @property
    def is_bundled(self) -> bool:
        """Whether it came with the project, and is neither renamed nor deleted."""
        return self.folder.parent == BUNDLED_ROOT

    @property
    def epochs_trained(self) -> int:
        """How many epochs ran to their end."""
        return int(self.results.get("epochs_trained", self.config.epochs))

    @property
    def kept_epoch(self) -> int:
        """After which epoch it had these weights: the last or, of a stopped run, the best."""
        return int(self.results.get("kept_epoch", self.config.epochs))

    @cached_property
    def validation_accuracy(self) -> float:
        """The share of the held-out images that these weights read right, 0 to 1; read once."""
        return self.history()["epochs"][self.kept_epoch - 1]["validation_accuracy"]

    @property
    def is_complete(self) -> bool:
        """Whether all epochs of its config ran, so that training the config again gives the same."""
        return self.epochs_trained == self.config.epochs

    def network(self) -> Network:
        """The trained network."""
        return self._read(
            "weights.npz", lambda content: read_network(content, self.config.architecture)
        )

    @property
    def weights_checksum(self) -> str:
        """SHA-256 of the weights, to tell what was computed from them."""
        return self._manifest["weights.npz"].checksum

    def history(self) -> History:
        """Loss and accuracy of each epoch, train and validation, and of points within them."""
        return self._read(
            "history.json",
            lambda content: read_history(content, self.config, self.epochs_trained),
        )

    def checkpoints(self) -> dict[Moment, Network]:
        """The network at each moment that was kept, in order of time."""
        return self._read("checkpoints.npz", lambda content: read_checkpoints(content, self.config))

    def test_probabilities(self) -> Array:
        """The network's answers to the test set: float32 (10000, 10), read-only."""
        return self._read("test_probabilities.npy", read_probabilities)

    def keras_file(self) -> bytes:
        """The model as Keras saved it, to hand on; this process never opens it."""
        return self._read("model.keras", _keras_file)

    def check(self) -> None:
        """Read everything. Raises StoreError where anything is damaged."""
        for read in (
            self.network,
            self.history,
            self.checkpoints,
            self.test_probabilities,
            self.keras_file,
        ):
            read()

    def _read(self, name: str, make: Callable[[bytes], Value]) -> Value:
        """What is made of a file that has the size and the checksum of the manifest."""
        entry = self._manifest[name]
        try:
            content = read_file(self.folder / name, entry.size)
            if hashlib.sha256(content).hexdigest() != entry.checksum:
                raise ContentError("does not have the checksum of its manifest")
            return make(content)
        except ContentError as error:
            if not os.path.lexists(self.folder):
                raise _deleted(self.title) from error
            raise _damaged(self.folder, f"{name} {error}") from error


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
        return _damaged(self.folder, self.problem)


def runs_root() -> Path:
    """Where own runs are kept: the folder in $DIGITSCOPE_RUNS, or `runs` in the working folder."""
    return Path(os.environ.get(RUNS_VARIABLE) or "runs")


def model_folder(model_id: str) -> Path:
    """The folder of a bundled model or of a run. Raises StoreError for a text that is no id."""
    if not _MODEL_ID.fullmatch(model_id):
        raise StoreError(f"{quoted(model_id)} is not the name of a model.")
    return (BUNDLED_ROOT if model_id in BUNDLED else runs_root()) / model_id


def load_network(model_id: str) -> Network:
    """The trained network `baseline`, `improved`, or of a run by its id. Raises StoreError."""
    return open_model(model_folder(model_id)).network()


def open_model(folder: Path) -> StoredModel:
    """The model in a folder.

    Raises StoreError, saying what to do, where there is none, or it is half-written or damaged.
    """
    if not os.path.lexists(folder):
        raise StoreError(
            f"There is no trained model in {folder}. Train the bundled ones with `make models`, "
            "or choose another model."
        )
    if folder.is_symlink():
        raise _damaged(folder, "it is a link, not a folder of its own")
    try:
        manifest = read_manifest(read_file(folder / MANIFEST))
        saved = (folder / MANIFEST).stat().st_mtime
    except (ContentError, OSError) as error:
        raise _damaged(folder, f"its manifest is missing or unreadable: it {error}") from error
    for name, entry in manifest.items():
        if file_size(folder / name) != entry.size:
            raise _damaged(folder, f"{name} is missing or does not have {entry.size:,} bytes")
    size = sum(entry.size for entry in manifest.values())
    owner = read_owner(folder)
    model = StoredModel(
        folder.name, folder, TrainingConfig(), {}, _title(folder), saved, size, owner, manifest
    )
    _refuse_large(model, {"config.json": MOST_BYTES_OF_A_NOTE})
    model = replace(model, config=model._read("config.json", read_config))
    _refuse_large(model, largest_sizes(model.config))
    results = model._read("results.json", lambda content: read_results(content, model.config))
    return replace(model, results=results)


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
            raise _deleted(run.title if isinstance(run, StoredModel) else run.id)
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
            model = open_model(BUNDLED_ROOT / name)
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
        if stranger := None if folder.is_symlink() else _stranger(folder):
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


def clean_title(text: str) -> str:
    """A title as it is kept: spaces as one, accents composed. Raises StoreError, saying why.

    Whatever is accepted is shown as text wherever it stands: in Markdown, in a chart, in a list.
    """
    title = " ".join(unicodedata.normalize("NFC", text).split())
    if not title or len(title) > LONGEST_TITLE:
        raise StoreError(f"A name has 1 to {LONGEST_TITLE} characters, not {len(title)}.")
    if not title[0].isalnum():
        raise StoreError("A name begins with a letter or a digit.")
    if odd := next((sign for sign in title if not (sign.isalnum() or sign in _TITLE_SIGNS)), None):
        raise StoreError(
            f"A name has letters, digits and {_TITLE_SIGNS.strip()} in it, no {odd!r}."
        )
    if any(letter in title for letter in _UNSEEN_LETTERS):
        raise StoreError("A name has no letters in it that cannot be seen.")
    if "www." in title.lower():
        # Markdown makes a link of it without being asked.
        raise StoreError("A name is no address: leave out “www.”.")
    return title


def check_destination(folder: Path, needed: int = 0) -> None:
    """Make sure, before anything is trained for it, that a model can be saved in a folder.

    needed: bytes that have to be free there. Saving replaces the folder. Raises StoreError where
    there is something in it that is not of a model, so that no mistyped path costs anybody their
    files, where it cannot be written, and where there is not enough room.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stranger = _stranger(folder)
        with scratch_folder(folder.parent):
            pass
        free = shutil.disk_usage(folder.parent).free
    except OSError as error:
        is_file = folder.parent.is_file()
        problem = f"{folder.parent} is a file" if is_file else error.strerror or error
        raise StoreError(
            f"No model can be saved in {folder}: {problem}. Whoever runs this can choose another "
            f"folder; ${RUNS_VARIABLE} names the one of own runs."
        ) from error
    if stranger:
        raise StoreError(
            f"A model saved in {folder} would replace what is there ({stranger} for instance), and "
            "that is no model. Name a folder that does not exist yet."
        )
    if free < needed:
        raise StoreError(
            f"Training and saving this network takes {needed / 1e6:,.1f} MB of room, and "
            f"{folder.parent} has {free / 1e6:,.1f} MB left. Free some space, then train again."
        )


def save_model(folder: Path, files: Mapping[str, bytes]) -> StoredModel:
    """Write a model into the store: all of it appears at once, replacing a model that was there.

    files: the content of every file in FILES.
    It belongs to whoever this process trains for. A model that is replaced keeps its owner: training
    it again gives the same, and takes it from nobody.
    Raises StoreError, leaving nothing behind, where the disk is full or cannot be written, where
    something else than a model would be replaced, and where it could not be read again: weights
    that have become infinite, for instance.
    """
    check_destination(folder)
    owner = owner_of_this_process()
    with contextlib.suppress(StoreError):
        owner = open_model(folder).owner
    manifest = {
        name: {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
        for name in FILES
    }
    try:
        with whole_folder(folder) as scratch:
            for name in FILES:
                write_durably(scratch / name, files[name])
            write_durably(scratch / MANIFEST, json.dumps(manifest, indent=1).encode())
            # A name that somebody gave it outlives training it again.
            with contextlib.suppress(ContentError):
                write_durably(scratch / TITLE, read_file(folder / TITLE))
            if owner is not None:
                write_durably(scratch / OWNER, owner.encode())
            model = open_model(scratch)
            model.check()
    except OSError as error:
        raise _not_saved(folder, error) from error
    except StoreError as error:
        raise StoreError(
            f"The model was not saved in {folder}, since nobody could use it: {error.problem}. "
            "Train again; where its numbers grew too large, with a smaller learning rate."
        ) from error
    return replace(model, id=folder.name, folder=folder)


def _own_folder(model_id: str) -> Path:
    folder = model_folder(model_id)
    if folder.parent == BUNDLED_ROOT:
        raise StoreError("The bundled models can neither be renamed nor deleted.")
    return folder


def _title(folder: Path) -> str:
    """The title that was given, or one made of the id."""
    if folder.parent == BUNDLED_ROOT:
        return (
            BUNDLED_TRAININGS[folder.name].title
            if folder.name in BUNDLED_TRAININGS
            else folder.name
        )
    with contextlib.suppress(ContentError, ValueError, StoreError):
        return clean_title(read_file(folder / TITLE).decode())
    parts = _RUN_ID.fullmatch(folder.name)
    if parts is None:
        return folder.name
    return f"Run {parts[1]}" + (", stopped" if parts[2] else "")


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
    if path.name in BUNDLED or not _MODEL_ID.fullmatch(path.name) or file_size(path) is not None:
        return False
    return bool(_RUN_ID.fullmatch(path.name)) or any(
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


def _stranger(folder: Path) -> str | None:
    """Something in a folder that is no part of a model, by name. Raises OSError."""
    if not os.path.lexists(folder):
        return None
    return min(
        (
            path.name
            for path in folder.iterdir()
            if path.name not in ALL_FILES
            or (path.is_dir() and not path.is_symlink() and any(path.iterdir()))
        ),
        default=None,
    )


def _refuse_large(model: StoredModel, most: Mapping[str, int]) -> None:
    for name, limit in most.items():
        size = model._manifest[name].size
        if size > limit:
            problem = f"{name} has {size:,} bytes, where at most {limit:,} make sense"
            raise _damaged(model.folder, problem)


def _keras_file(content: bytes) -> bytes:
    if not content.startswith(b"PK\x03\x04"):
        raise ContentError("is no file of Keras")
    return content


def _not_saved(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The model could not be saved in {folder}: {error.strerror or error}. "
        "Free some space or choose another folder, then train again."
    )


def _read_wholly(folder: Path) -> StoredModel:
    model = open_model(folder)
    model.check()
    return model


def _deleted(title: str) -> StoreError:
    return StoreError(f"{title} was deleted a moment ago. Choose another model.")


def _damaged(folder: Path, problem: str) -> StoreError:
    remedy = (
        f"Restore it with `git checkout -- cnn_core/assets/models/{folder.name}`, or train it "
        "again with `make models`."
        if folder.parent == BUNDLED_ROOT
        else "Put its files back if you have them elsewhere, or delete it on the page of all runs and "
        "train the model again."
    )
    error = StoreError(f"The model in {folder} is damaged: {problem}. {remedy}")
    error.problem = problem
    return error
