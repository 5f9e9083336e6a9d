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
The manifest names every byte that belongs to the model, so that a folder that is half-written or
damaged is noticed and never served. A title is not part of the model, and not in the manifest.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.arithmetic import Array
from cnn_core.config import TrainingConfig
from cnn_core.errors import DigitScopeError, StoreError, quoted
from cnn_core.network import Network, Weights
from cnn_core.recorded import RECORDED
from cnn_core.whole_folder import remove_folder, whole_file, whole_folder, write_durably

BUNDLED_ROOT = Path(__file__).parent / "assets" / "models"
BUNDLED = tuple(RECORDED)
RUNS_VARIABLE = "DIGITSCOPE_RUNS"
FILES = (
    "config.json",
    "model.keras",
    "weights.npz",
    "history.json",
    "checkpoints.npz",
    "test_probabilities.npy",
    "results.json",
)
MANIFEST = "manifest.json"
TITLE = "title.txt"
LONGEST_TITLE = 40

_MODEL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# As TrainingConfig.run_id names it; of a training that was stopped, with the epochs that it ran.
_RUN_ID = re.compile(r"([0-9a-f]{4})[0-9a-f]{8}(-\d+)?")
# Titles are shown as text on pages, where other signs would be taken for Markdown.
_TITLE_SIGNS = " -.,'’()+=%·×–"


class Moment(NamedTuple):
    """A moment of training whose weights were kept: after `batch` batches of epoch `epoch`.

    Epoch 0, batch 0 is before training; batch 0 of a later epoch is the end of that epoch.
    """

    epoch: int
    batch: int

    @property
    def title(self) -> str:
        """Its name for people."""
        if self == (0, 0):
            return "before training"
        if self.batch:
            return f"after {self.batch} batches"
        return f"after epoch {self.epoch}"

    @property
    def prefix(self) -> str:
        """What the names of its arrays begin with in checkpoints.npz."""
        return f"{self.epoch}/{self.batch}/"


@dataclass(frozen=True)
class StoredModel:
    """A complete model in the store. Its files are read, and checked, when they are asked for.

    results: `test_accuracy` (0 to 1), `test_loss` (nats), `seconds`, and versions used.
    title: its name for people.
    saved: when it was saved, in seconds since 1970.
    size: bytes that its files take.
    """

    id: str
    folder: Path
    config: TrainingConfig
    results: Mapping[str, Any]
    title: str
    saved: float
    size: int
    _checksums: Mapping[str, str]

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

    @property
    def is_complete(self) -> bool:
        """Whether all epochs of its config ran, so that training the config again gives the same."""
        return self.epochs_trained == self.config.epochs

    def network(self) -> Network:
        """The trained network."""
        with self._reading("weights.npz") as content, np.load(io.BytesIO(content)) as arrays:
            return Network(self.config.architecture, unpack_weights(arrays))

    @property
    def weights_checksum(self) -> str:
        """SHA-256 of the weights, to tell what was computed from them."""
        return self._checksums["weights.npz"]

    def history(self) -> dict[str, list[dict[str, float]]]:
        """`epochs`: rows of loss and accuracy, train and validation; `steps`: within the epochs."""
        with self._reading("history.json") as content:
            history: dict[str, list[dict[str, float]]] = json.loads(content)
        return history

    def checkpoints(self) -> dict[Moment, Network]:
        """The network at each moment that was kept, in order of time."""
        architecture = self.config.architecture
        kept: dict[Moment, dict[str, Array]] = {}
        with self._reading("checkpoints.npz") as content, np.load(io.BytesIO(content)) as arrays:
            for key in arrays.files:
                epoch, batch, rest = key.split("/", 2)
                kept.setdefault(Moment(int(epoch), int(batch)), {})[rest] = arrays[key]
            return {moment: Network(architecture, unpack_weights(kept[moment])) for moment in kept}

    def test_probabilities(self) -> Array:
        """The network's answers to the test set: float32 (10000, 10), read-only."""
        with self._reading("test_probabilities.npy") as content:
            probabilities: Array = np.load(io.BytesIO(content))
        probabilities.flags.writeable = False
        return probabilities

    def keras_file(self) -> bytes:
        """The model as Keras saved it, to hand on; this process never opens it."""
        return self._bytes("model.keras")

    @contextlib.contextmanager
    def _reading(self, name: str) -> Iterator[bytes]:
        """The content of a file; StoreError where what is made of it cannot be made of it."""
        content = self._bytes(name)
        try:
            yield content
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise _damaged(self.folder, f"{name} is not what its config promises") from error

    def _bytes(self, name: str) -> bytes:
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise _damaged(self.folder, f"{name} cannot be read ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != self._checksums[name]:
            raise _damaged(self.folder, f"{name} does not have the checksum of its manifest")
        return content


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
    if not folder.is_dir():
        raise StoreError(
            f"There is no trained model in {folder}. Train the bundled ones with `make models`, "
            "or choose another model."
        )
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        sizes = {name: int(manifest[name]["bytes"]) for name in FILES}
        checksums = {name: str(manifest[name]["sha256"]) for name in FILES}
        saved = (folder / MANIFEST).stat().st_mtime
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, "its manifest is missing or unreadable") from error
    for name, size in sizes.items():
        if _file_size(folder / name) != size:
            raise _damaged(folder, f"{name} is missing or does not have {size:,} bytes")
    unread = StoredModel(
        folder.name,
        folder,
        TrainingConfig(),
        {},
        _title(folder),
        saved,
        sum(sizes.values()),
        checksums,
    )
    try:
        config = TrainingConfig.from_dict(json.loads(unread._bytes("config.json")))
        results = json.loads(unread._bytes("results.json"))
    except (ValueError, TypeError) as error:
        raise _damaged(folder, f"its config is not one that can be run ({error})") from error
    return replace(unread, config=config, results=results)


def list_runs() -> list[StoredModel]:
    """The own runs that are complete folders, newest first; damaged ones are left out.

    What has not changed on the disk is not read again.
    """
    try:
        folders = [path for path in runs_root().iterdir() if _MODEL_ID.fullmatch(path.name)]
    except OSError:
        return []
    runs = []
    for folder in folders:
        if folder.name not in BUNDLED:
            with contextlib.suppress(DigitScopeError):
                runs.append(_open_unchanged(folder, _stamp(folder)))
    return sorted(runs, key=lambda run: (run.saved, run.id), reverse=True)


def find_run(config: TrainingConfig) -> StoredModel | None:
    """A model that this very config made, bundled or own run; None where there is none.

    A training that was stopped before its end is none.
    """
    for name in BUNDLED:
        with contextlib.suppress(DigitScopeError):
            model = open_model(BUNDLED_ROOT / name)
            if model.config == config:
                return model
    return next((run for run in list_runs() if run.config == config and run.is_complete), None)


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

    Raises StoreError for a bundled model, for a folder with anything but a model in it, and where
    the system does not let it be deleted.
    """
    folder = _own_folder(model_id)
    check_destination(folder)
    try:
        remove_folder(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"The run in {folder} could not be deleted: {error.strerror or error}."
        ) from error


def clean_title(text: str) -> str:
    """A title as it is kept: spaces as one, accents composed. Raises StoreError, saying why."""
    title = " ".join(unicodedata.normalize("NFC", text).split())
    if not title or len(title) > LONGEST_TITLE:
        raise StoreError(f"A name has 1 to {LONGEST_TITLE} characters, not {len(title)}.")
    if not title[0].isalnum():
        raise StoreError("A name begins with a letter or a digit.")
    if odd := next((sign for sign in title if not (sign.isalnum() or sign in _TITLE_SIGNS)), None):
        raise StoreError(
            f"A name has letters, digits and {_TITLE_SIGNS.strip()} in it, no {odd!r}."
        )
    return title


def check_destination(folder: Path) -> None:
    """Make sure, before anything is trained for it, that a model can be saved in a folder.

    Saving replaces the folder. Raises StoreError where there is something in it that is not of a
    model, so that no mistyped path costs anybody their files, and where it cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        strangers = {path.name for path in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        raise _not_saved(folder, error) from error
    if strangers := strangers - {*FILES, MANIFEST, TITLE}:
        raise StoreError(
            f"A model saved in {folder} would replace what is there ({min(strangers)} for "
            "instance), and that is no model. Name a folder that does not exist yet."
        )
    if not os.access(folder.parent, os.W_OK):
        raise StoreError(f"Nothing can be written in {folder.parent}. Choose another folder.")


def save_model(folder: Path, files: Mapping[str, bytes]) -> StoredModel:
    """Write a model into the store: all of it appears at once, replacing a model that was there.

    files: the content of every file in FILES.
    Raises StoreError, leaving nothing behind, where the disk is full or cannot be written, or
    where something else than a model would be replaced.
    """
    check_destination(folder)
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
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(folder / TITLE, scratch / TITLE)
            model = open_model(scratch)
    except OSError as error:
        raise _not_saved(folder, error) from error
    return replace(model, id=folder.name, folder=folder)


def pack_weights(weights: Mapping[str, Weights], prefix: str = "") -> dict[str, Array]:
    """Weights as named arrays, `conv1/kernel` and `conv1/bias`, for an .npz file."""
    packed: dict[str, Array] = {}
    for name, layer in weights.items():
        packed[f"{prefix}{name}/kernel"] = layer.kernel
        packed[f"{prefix}{name}/bias"] = layer.bias
    return packed


def unpack_weights(arrays: Mapping[str, Array]) -> dict[str, Weights]:
    """The weights that `pack_weights` named."""
    names = dict.fromkeys(key.rsplit("/", 1)[0] for key in arrays)
    return {name: Weights(arrays[f"{name}/kernel"], arrays[f"{name}/bias"]) for name in names}


def npz_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz file of named arrays."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def npy_bytes(array: Array) -> bytes:
    """An .npy file of one array."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _own_folder(model_id: str) -> Path:
    folder = model_folder(model_id)
    if folder.parent == BUNDLED_ROOT:
        raise StoreError("The bundled models can neither be renamed nor deleted.")
    return folder


def _title(folder: Path) -> str:
    """The title that was given, or one made of the id."""
    if folder.parent == BUNDLED_ROOT:
        return RECORDED[folder.name].title if folder.name in RECORDED else folder.name
    with contextlib.suppress(OSError, ValueError, StoreError):
        return clean_title((folder / TITLE).read_text(encoding="utf-8"))
    parts = _RUN_ID.fullmatch(folder.name)
    if parts is None:
        return folder.name
    return f"Run {parts[1]}" + (", stopped" if parts[2] else "")


@lru_cache(maxsize=256)
def _open_unchanged(folder: Path, _stamp: Hashable) -> StoredModel:
    return open_model(folder)


def _stamp(folder: Path) -> Hashable:
    """What is different when anybody has written into a folder of the store."""
    marks: list[tuple[int, int, int] | None] = []
    for name in (*FILES, MANIFEST, TITLE):
        try:
            status = (folder / name).stat()
        except OSError:
            marks.append(None)
        else:
            marks.append((status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(marks)


def _file_size(path: Path) -> int | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _not_saved(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The model could not be saved in {folder}: {error.strerror or error}. "
        "Free some space or choose another folder, then train again."
    )


def _damaged(folder: Path, problem: str) -> StoreError:
    remedy = (
        f"Restore it with `git checkout -- cnn_core/assets/models/{folder.name}`, or train it "
        "again with `make models`."
        if folder.parent == BUNDLED_ROOT
        else "Delete the folder and train the model again."
    )
    return StoreError(f"The model in {folder} is not complete: {problem}. {remedy}")
