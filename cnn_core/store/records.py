"""What a stored model says of itself in JSON, checked entry by entry."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cnn_core.errors import DigitScopeError
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.files import FILES, ContentError
from cnn_core.store.history import EpochRow, History, StepPoint

# Differences of sums, of which points within an epoch are made, are a little off.
ROUNDING = 0.01
LONGEST = 200

_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_RESULTS = {"test_accuracy", "test_loss", "seconds", "epochs_trained", "kept_epoch"}
_VERSIONS = {"python", "keras", "tensorflow"}


@dataclass(frozen=True)
class Entry:
    """What a manifest says of one file: its bytes, and their SHA-256 checksum in hexadecimal."""

    size: int
    checksum: str


def read_manifest(content: bytes) -> dict[str, Entry]:
    """What manifest.json says of each of FILES. Raises ContentError."""
    manifest = _named(_json(content), "")
    entries = {}
    for name in FILES:
        entry = _named(manifest.get(name), f"of {name} ")
        size, checksum = entry.get("bytes"), entry.get("sha256")
        if type(size) is not int or not 0 <= size < 2**40:
            raise ContentError(f"has no size of {name}")
        if not isinstance(checksum, str) or not _CHECKSUM.fullmatch(checksum):
            raise ContentError(f"has no checksum of {name}")
        entries[name] = Entry(size, checksum)
    return entries


def read_config(content: bytes) -> TrainingConfig:
    """The config in config.json. Raises ContentError."""
    try:
        return TrainingConfig.from_dict(_json(content))
    except DigitScopeError as error:
        raise ContentError(f"is no config that can be run: {str(error)[:LONGEST]}") from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ContentError("is no config that can be run") from error


def read_results(content: bytes, config: TrainingConfig) -> dict[str, Any]:
    """What is in results.json, as StoredModel describes it. Raises ContentError."""
    results = _named(_json(content), "")
    if "test_accuracy" not in results:
        raise ContentError("does not say how many of the test digits were read right")
    if set(results) - _RESULTS - _VERSIONS:
        raise ContentError("has entries that no training writes")
    _number(results, "test_accuracy", 0, 1)
    for name in ("test_loss", "seconds"):
        if name in results:
            _number(results, name, 0, 1e9)
    trained = _whole(results, "epochs_trained", 1, config.epochs)
    _whole(results, "kept_epoch", 1, config.epochs if trained is None else trained)
    for name in _VERSIONS & set(results):
        if not isinstance(results[name], str) or not _VERSION.fullmatch(results[name]):
            raise ContentError(f"has a {name} that is no version")
    return results


def read_history(content: bytes, config: TrainingConfig, epochs_trained: int) -> History:
    """What is in history.json. Raises ContentError."""
    history = _named(_json(content), "")
    if set(history) != {"epochs", "steps"}:
        raise ContentError("is not made of epochs and steps")
    epochs, steps = (_rows(history, name) for name in ("epochs", "steps"))
    if len(epochs) != epochs_trained:
        raise ContentError(f"has {len(epochs)} epochs, where {epochs_trained} were trained")
    for number, row in enumerate(epochs, start=1):
        _row(row, EpochRow.__required_keys__, EpochRow.__optional_keys__)
        _whole(row, "epoch", number, number)
        _number(row, "validation_accuracy", 0, 1)
        _number(row, "loss", 0, math.inf)
        _number(row, "validation_loss", 0, math.inf)
        _number(row, "learning_rate", 0, 1)
    # A training that was stopped had begun another epoch, whose points are kept.
    epochs_begun = min(epochs_trained + 1, config.epochs)
    before = 0
    for row in steps:
        _row(row, StepPoint.__required_keys__)
        _whole(row, "step", before + 1, epochs_begun * config.steps_per_epoch)
        before = row["step"]
    return {"epochs": epochs, "steps": steps}


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ContentError("is no JSON that can be read") from error


def _named(value: Any, whose: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ContentError(f"{whose}is no set of named entries".strip())
    return value


def _rows(history: dict[str, Any], name: str) -> list[Any]:
    rows = history[name]
    if not isinstance(rows, list):
        raise ContentError(f"has no list of {name}")
    return rows


def _row(row: Any, names: Collection[str], optional: Collection[str] = ()) -> None:
    """A row has these entries, and all of them are numbers; losses and shares of them make sense."""
    if not isinstance(row, dict) or set(row) - set(optional) != set(names):
        raise ContentError("has a row with other entries than a training writes")
    for name in row:
        _number(row, name, -math.inf, math.inf)
    _number(row, "accuracy", -ROUNDING, 1 + ROUNDING)


def _number(values: dict[str, Any], name: str, least: float, most: float) -> None:
    value = values[name]
    # Of whole numbers only those that a float can hold; true and false are none.
    if type(value) not in (int, float) or not abs(value) < 1e300 or not least <= value <= most:
        raise ContentError(f"has a {name} that is no number in its range")


def _whole(values: dict[str, Any], name: str, least: int, most: int) -> int | None:
    if name not in values:
        return None
    value = values[name]
    if type(value) is not int or not least <= value <= most:
        raise ContentError(f"has a {name} that is no whole number from {least} to {most}")
    return value
