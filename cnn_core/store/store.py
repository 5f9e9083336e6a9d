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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from cnn_core.errors import StoreError, quoted
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.arrays import read_checkpoints, read_network, read_probabilities
from cnn_core.store.atomic_write import (
    scratch_folder,
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
from cnn_core.store.title import clean_title

Value = TypeVar("Value")

BUNDLED_ROOT = Path(__file__).parents[1] / "assets" / "models"
BUNDLED = tuple(BUNDLED_TRAININGS)
RUNS_VARIABLE = "DIGITSCOPE_RUNS"

MODEL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# As TrainingConfig.run_id names it; of a training that was stopped, with the epochs that it ran.
RUN_ID = re.compile(r"([0-9a-f]{4})[0-9a-f]{8}(-\d+)?")


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
                raise deleted(self.title) from error
            raise damaged(self.folder, f"{name} {error}") from error


def runs_root() -> Path:
    """Where own runs are kept: the folder in $DIGITSCOPE_RUNS, or `runs` in the working folder."""
    return Path(os.environ.get(RUNS_VARIABLE) or "runs")


def model_folder(model_id: str) -> Path:
    """The folder of a bundled model or of a run. Raises StoreError for a text that is no id."""
    if not MODEL_ID.fullmatch(model_id):
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
        raise damaged(folder, "it is a link, not a folder of its own")
    try:
        manifest = read_manifest(read_file(folder / MANIFEST))
        saved = (folder / MANIFEST).stat().st_mtime
    except (ContentError, OSError) as error:
        raise damaged(folder, f"its manifest is missing or unreadable: it {error}") from error
    for name, entry in manifest.items():
        if file_size(folder / name) != entry.size:
            raise damaged(folder, f"{name} is missing or does not have {entry.size:,} bytes")
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


def check_destination(folder: Path, needed: int = 0) -> None:
    """Make sure, before anything is trained for it, that a model can be saved in a folder.

    needed: bytes that have to be free there. Saving replaces the folder. Raises StoreError where
    there is something in it that is not of a model, so that no mistyped path costs anybody their
    files, where it cannot be written, and where there is not enough room.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stranger = stranger_in(folder)
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
    parts = RUN_ID.fullmatch(folder.name)
    if parts is None:
        return folder.name
    return f"Run {parts[1]}" + (", stopped" if parts[2] else "")


def stranger_in(folder: Path) -> str | None:
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
            raise damaged(model.folder, problem)


def _keras_file(content: bytes) -> bytes:
    if not content.startswith(b"PK\x03\x04"):
        raise ContentError("is no file of Keras")
    return content


def _not_saved(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The model could not be saved in {folder}: {error.strerror or error}. "
        "Free some space or choose another folder, then train again."
    )


def deleted(title: str) -> StoreError:
    """What to tell whoever uses a model whose folder is gone."""
    return StoreError(f"{title} was deleted a moment ago. Choose another model.")


def damaged(folder: Path, problem: str) -> StoreError:
    """What to tell whoever asks for a damaged model; problem: which file, and how; a clause."""
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
