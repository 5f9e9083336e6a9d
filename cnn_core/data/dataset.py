"""MNIST, read from the bundled file: checked once, read-only, one split at a time."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import DatasetError

MNIST_PATH = Path(__file__).parents[1] / "assets" / "mnist.npz"
MNIST_SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"
CLASSES = 10
IMAGE_SIZE = 28

SplitName = Literal["train", "test"]
SPLIT_NAMES: tuple[SplitName, ...] = get_args(SplitName)


@dataclass(frozen=True)
class Split:
    """One part of MNIST.

    images: uint8 (n, 28, 28), 0 (black) to 255 (white ink), read-only.
    labels: uint8 (n,), 0 to 9, read-only.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def class_counts(self) -> NDArray[np.int64]:
        """How many images each class has: int64 (10,)."""
        return np.bincount(self.labels, minlength=CLASSES)

    def average_digits(self) -> NDArray[np.float32]:
        """The mean image of each class: float32 (10, 28, 28), 0 to 255."""
        means = [self.images[self.labels == label].mean(axis=0) for label in range(CLASSES)]
        return np.stack(means).astype(np.float32)

    def positions(
        self, label: int | None = None, shuffle_seed: int | None = None
    ) -> NDArray[np.int64]:
        """Positions of all images, or of one class, in file order or shuffled: int64 (m,)."""
        found = np.arange(len(self)) if label is None else np.flatnonzero(self.labels == label)
        if shuffle_seed is not None:
            found = np.random.default_rng(shuffle_seed).permutation(found)
        return found


class Mnist:
    """The two splits of MNIST; each is read from the file when it is first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def train(self) -> Split:
        """The 60,000 training images."""
        return self._read("train")

    @cached_property
    def test(self) -> Split:
        """The 10,000 test images."""
        return self._read("test")

    def split(self, name: SplitName) -> Split:
        """The split of that name."""
        return self.train if name == "train" else self.test

    def _read(self, name: SplitName) -> Split:
        try:
            with np.load(self._path, allow_pickle=False) as arrays:
                images, labels = arrays[f"x_{name}"], arrays[f"y_{name}"]
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
            raise DatasetError(_advice(self._path, f"it could not be read ({error})")) from error
        images.flags.writeable = False
        labels.flags.writeable = False
        return Split(images, labels)


def load_mnist(path: Path = MNIST_PATH) -> Mnist:
    """Check the MNIST file against its checksum and open it.

    Returns splits that are read on first use, so that a page that needs test digits never
    holds the 47 MB of training images.

    Raises DatasetError, naming the file, what was expected and what to do, where the file is
    missing, truncated or altered.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DatasetError(
            _advice(path, f"it could not be opened ({error.strerror or error})")
        ) from error
    if found != MNIST_SHA256:
        size = path.stat().st_size
        raise DatasetError(_advice(path, f"it has {size:,} bytes and the checksum {found}"))
    return Mnist(path)


def _advice(path: Path, problem: str) -> str:
    return (
        f"The MNIST file {path} cannot be used: {problem}. Expected is the file with the SHA-256 "
        f"checksum {MNIST_SHA256}. Restore it with `git checkout -- cnn_core/assets/mnist.npz`, "
        "or clone the project again."
    )
