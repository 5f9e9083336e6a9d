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
The manifest names every byte that belongs to the model, so that a folder that is half-written or
damaged is noticed and never served.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnn_core.arithmetic import Array
from cnn_core.config import TrainingConfig
from cnn_core.errors import DigitScopeError, StoreError
from cnn_core.network import Network, Weights
from cnn_core.recorded import RECORDED

BUNDLED_ROOT = Path(__file__).parent / "assets" / "models"
BUNDLED = tuple(name for name in RECORDED if (BUNDLED_ROOT / name).is_dir())
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

_MODEL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


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
    """

    id: str
    folder: Path
    config: TrainingConfig
    results: Mapping[str, Any]
    _checksums: Mapping[str, str]

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
        raise StoreError(f"“{model_id[:40]}” is not the name of a model.")
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
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, "its manifest is missing or unreadable") from error
    for name, size in sizes.items():
        if _file_size(folder / name) != size:
            raise _damaged(folder, f"{name} is missing or does not have {size:,} bytes")
    unread = StoredModel(folder.name, folder, TrainingConfig(), {}, checksums)
    try:
        config = TrainingConfig.from_dict(json.loads(unread._bytes("config.json")))
        results = json.loads(unread._bytes("results.json"))
    except (ValueError, TypeError) as error:
        raise _damaged(folder, f"its config is not one that can be run ({error})") from error
    return StoredModel(folder.name, folder, config, results, checksums)


def find_run(config: TrainingConfig) -> StoredModel | None:
    """A complete model that this very config made, own run or bundled; None where there is none."""
    for folder in (runs_root() / config.run_id, *(BUNDLED_ROOT / name for name in BUNDLED)):
        try:
            model = open_model(folder)
        except DigitScopeError:
            continue
        if model.config == config:
            return model
    return None


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
    if strangers := strangers - {*FILES, MANIFEST}:
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
    scratch: Path | None = None
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        for name in FILES:
            _write_durably(scratch / name, files[name])
        _write_durably(scratch / MANIFEST, json.dumps(manifest, indent=1).encode())
        scratch.chmod(0o755)
        model = open_model(scratch)
        _replace(folder, scratch)
    except OSError as error:
        raise _not_saved(folder, error) from error
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
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


def _file_size(path: Path) -> int | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(folder: Path, scratch: Path) -> None:
    """Put a finished folder in place; what stood there is set aside first, as rename demands."""
    while True:
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent)) / "replaced"
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
