"""What a training tells while it goes on, and how that is written: one JSON object a line.

The training process makes these events, `python -m cnn_core.train --json` writes them, and whoever
reads its lines has the same events again. `--help` describes them in the words of this file.
"""

from __future__ import annotations

import base64
import inspect
import json
import textwrap
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.store.history import EpochRow, StepPoint

Digits = Annotated[NDArray[np.uint8], "(10, 28, 28)"]
Kernels = Annotated[NDArray[np.float32], "(filters, rows, columns)"]
Answers = Annotated[NDArray[np.float32], "(10, 10)"]


@dataclass(frozen=True, eq=False)
class Start:
    """The network is built, and learns nothing yet.

    run: the id of the run. parameters: of the network.
    epochs: how many there will be. steps: batches in an epoch.
    samples: ten held-out digits from 0 to 9, uint8 (10, 28, 28); in the line as base64.
    """

    run: str
    parameters: int
    epochs: int
    steps: int
    samples: Digits


@dataclass(frozen=True, eq=False)
class Look:
    """What the network is after a batch of an epoch. At most 2 a second.

    epoch, batch: both from 1, or 0 before training. kernel_size: rows and columns of a kernel.
    kernels: of conv1, float32 (filters, rows, columns); in the line as base64, little-endian.
    probabilities: of the samples, float32 (10, 10), a row for each sample.
    """

    epoch: int
    batch: int
    kernel_size: int
    kernels: Kernels
    probabilities: Answers


@dataclass(frozen=True)
class Batch:
    """A batch was learned from. At most 4 a second.

    epoch, batch: both from 1. seconds: since the first batch began.
    loss, accuracy: means of the epoch so far, in nats and from 0 to 1.
    points: of the history, each a step, loss, accuracy; those since the last batch event.
    """

    epoch: int
    batch: int
    loss: float
    accuracy: float
    seconds: float
    points: list[StepPoint]


@dataclass(frozen=True)
class Epoch:
    """An epoch is at its end, and the held-out images have been read.

    epoch: from 1. loss, accuracy: means over the epoch, in nats and from 0 to 1.
    validation_loss, validation_accuracy: of the held-out images.
    learning_rate: at the end of the epoch. seconds: since the first batch began.
    """

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    seconds: float

    @property
    def row(self) -> EpochRow:
        """The same as a row of the history."""
        return EpochRow(
            epoch=self.epoch,
            loss=self.loss,
            accuracy=self.accuracy,
            validation_loss=self.validation_loss,
            validation_accuracy=self.validation_accuracy,
            learning_rate=self.learning_rate,
            seconds=self.seconds,
        )


@dataclass(frozen=True)
class Trained:
    """Nothing more is learned; what follows is reading the test set, and saving.

    epochs_trained: how many came to their end. kept_epoch: the one whose weights are saved.
    points: the last ones, as of a batch event.
    """

    epochs_trained: int
    kept_epoch: int
    points: list[StepPoint]


@dataclass(frozen=True)
class Done:
    """The run is in the store. What its results do not say, the line does not say either.

    run: its id there. folder: where it is. cached: whether it was there before.
    test_accuracy: share of the test digits that it reads right. test_loss: in nats.
    seconds: of training. epochs_trained, kept_epoch: as told when it was trained.
    python, keras, tensorflow: the versions that it was trained with.
    """

    run: str
    folder: str
    cached: bool
    test_accuracy: float
    test_loss: float | None = None
    seconds: float | None = None
    epochs_trained: int | None = None
    kept_epoch: int | None = None
    python: str | None = None
    keras: str | None = None
    tensorflow: str | None = None


@dataclass(frozen=True)
class Failed:
    """Nothing was saved.

    message: what went wrong, and what to do, in sentences.
    """

    message: str


@dataclass(frozen=True)
class Stopped:
    """The training was asked to stop, and nothing was saved.

    message: says so.
    """

    message: str


End = Done | Failed | Stopped
Event = Start | Look | Batch | Epoch | Trained | End
Report = Callable[[Event], None]


class NotAnEvent(ValueError):
    """A line that no training writes."""


def line_of(event: Event) -> str:
    """An event as a line of JSON, without its end."""
    line: dict[str, Any] = {"event": _name(type(event))}
    for name, kind in _ENTRIES[type(event)].items():
        value = getattr(event, name)
        if value is not None:
            line[name] = _WRITERS[kind](value) if kind in _WRITERS else value
    return json.dumps(line)


def event_of(line: str | bytes) -> Event:
    """The event that `line_of` wrote. Raises NotAnEvent for every other line."""
    try:
        entries = json.loads(line)
        kind = _KINDS[entries.pop("event")]
        given = _read_entries(entries, _ENTRIES[kind], _OPTIONAL[kind])
        if kind is Look:
            size = given["kernel_size"]
            given["kernels"] = given["kernels"].reshape(-1, size, size)
        return kind(**given)
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise NotAnEvent(f"{line[:200]!r} ({error!r})") from error


def description() -> str:
    """Every event with its entries, for people who read the lines."""
    return "\n".join(_described(kind) for kind in _ENTRIES)


def _described(kind: type[Event]) -> str:
    lines = (inspect.getdoc(kind) or "").splitlines()
    text = textwrap.indent("\n".join(filter(None, lines)), " " * 11)
    return f"  {_name(kind):<9}{text[11:]}"


def _name(kind: type[Event]) -> str:
    return kind.__name__.lower()


def _read_entries(
    values: Any, kinds: dict[str, Any], optional: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Exactly these entries, each of its kind. Raises ValueError, TypeError or OverflowError."""
    if not isinstance(values, dict) or set(values) - optional != set(kinds) - optional:
        raise ValueError(f"its entries are not {', '.join(kinds)}")
    return {name: _READERS[kinds[name]](value) for name, value in values.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is neither true nor false")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r:.40} is no count")
    return value


def _number(value: Any) -> float:
    """A number; one that is not finite is one too, because a training may come to that."""
    if type(value) not in (int, float):
        raise TypeError(f"{value!r:.40} is no number")
    return float(value)


def _points(value: Any) -> list[StepPoint]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r:.40} is no list of points")
    points: list[Any] = [_read_entries(point, _POINT) for point in value]
    return points


def _unpacked(value: Any, dtype: str) -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(_text(value), validate=True), dtype)


def _digits(value: Any) -> Digits:
    return _unpacked(value, "u1").reshape(CLASSES, IMAGE_SIZE, IMAGE_SIZE)


def _kernels(value: Any) -> Kernels:
    """All numbers of all kernels in a row; how large a kernel is stands in another entry."""
    return _unpacked(value, "<f4").astype(np.float32)


def _answers(value: Any) -> Answers:
    rows = [[_number(share) for share in row] for row in value]
    return np.array(rows, np.float32).reshape(CLASSES, CLASSES)


def _packed(array: NDArray[Any]) -> str:
    little_endian = array.astype(array.dtype.newbyteorder("<"))
    return base64.b64encode(little_endian.tobytes()).decode()


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole,
    float: _number,
    list[StepPoint]: _points,
    Digits: _digits,
    Kernels: _kernels,
    Answers: _answers,
}
_WRITERS: dict[Any, Callable[[Any], Any]] = {
    Digits: _packed,
    Kernels: _packed,
    Answers: np.ndarray.tolist,
}


def _required(hint: Any) -> Any:
    """A kind of entry, without saying that it may be left out."""
    return get_args(hint)[0] if type(None) in get_args(hint) else hint


_KINDS: dict[str, type[Event]] = {_name(kind): kind for kind in get_args(Event)}
_ENTRIES: dict[type[Event], dict[str, Any]] = {
    kind: {
        name: _required(hint) for name, hint in get_type_hints(kind, include_extras=True).items()
    }
    for kind in _KINDS.values()
}
_OPTIONAL = {
    kind: frozenset(entry.name for entry in fields(kind) if entry.default is not MISSING)
    for kind in _ENTRIES
}
_POINT = get_type_hints(StepPoint)
