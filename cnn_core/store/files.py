"""The files of a stored model: their names, how large they can be, and reading them with care.

Whoever can write into the folder of runs can put anything there: what is read is a plain file of
the size that was asked for, never a link, a pipe or a device, and never more than fits.
"""

from __future__ import annotations

import stat
from math import prod
from pathlib import Path

from cnn_core.data.dataset import CLASSES
from cnn_core.recipe.config import TrainingConfig

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
OWNER = "owner.txt"
ALL_FILES = (*FILES, MANIFEST, TITLE, OWNER)

# Config, results, manifest, title and owner have a few hundred bytes.
MOST_BYTES_OF_A_NOTE = 20_000
MOST_MOMENTS = 32
TEST_IMAGES = 10_000
MOST_BYTES_OF_A_HEADER = 1_000


class ContentError(Exception):
    """What is in a file is not what it has to be. The message goes on from the file's name."""


def file_size(path: Path) -> int | None:
    """The bytes of a plain file; None where there is none, or anything else. Follows no link."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def read_file(path: Path, most: int = MOST_BYTES_OF_A_NOTE) -> bytes:
    """The content of a plain file of at most so many bytes. Raises ContentError."""
    size = file_size(path)
    if size is None:
        raise ContentError("is missing, or no plain file")
    if size > most:
        raise ContentError(f"has {size:,} bytes, where at most {most:,} make sense")
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise ContentError(f"cannot be read ({error.strerror})") from error


def largest_sizes(config: TrainingConfig) -> dict[str, int]:
    """The most bytes that each of FILES has after a training with this config."""
    shapes = config.architecture.weight_shapes()
    parameters = sum(prod(kernel) + prod(bias) for kernel, bias in shapes.values())
    weights = 4 * parameters + 2 * len(shapes) * MOST_BYTES_OF_A_HEADER + 1_000
    return {
        "config.json": MOST_BYTES_OF_A_NOTE,
        # The weights, what the optimizer keeps for each of them, and how they are connected.
        "model.keras": 6 * weights + 1_000_000,
        "weights.npz": weights,
        # A row for every epoch, and a point for every 20 steps at most.
        "history.json": 1_000 + 1_000 * config.epochs + 20 * config.epochs * config.steps_per_epoch,
        "checkpoints.npz": MOST_MOMENTS * weights,
        "test_probabilities.npy": 4 * TEST_IMAGES * CLASSES + MOST_BYTES_OF_A_HEADER,
        "results.json": MOST_BYTES_OF_A_NOTE,
    }
