"""What a training tells, and the lines that it is told in: they are read by people's own programs too."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from cnn_core.store.history import EpochRow, StepPoint
from cnn_core.training.events import (
    Batch,
    Done,
    Epoch,
    Event,
    Failed,
    Look,
    NotAnEvent,
    Start,
    Stopped,
    Trained,
    event_of,
    line_of,
)

POINT = StepPoint(step=20, loss=2.5, accuracy=0.25)
SAMPLES = np.arange(7840, dtype=np.uint64).astype(np.uint8).reshape(10, 28, 28)
PROBABILITIES = (np.arange(100).reshape(10, 10) / 128).astype(np.float32)
# 1 and −2 as little-endian float32, for the corners of a kernel of 2×2.
KERNELS = np.array([[[1, 0], [0, -2]]], np.float32)
PACKED = "AACAPwAAAAAAAAAAAAAAwA=="

LINES: dict[str, Event] = {
    '{"event": "batch", "epoch": 1, "batch": 21, "loss": 2.25, "accuracy": 0.5, "seconds": 0.31, '
    '"points": [{"step": 20, "loss": 2.5, "accuracy": 0.25}]}': Batch(
        epoch=1, batch=21, loss=2.25, accuracy=0.5, seconds=0.31, points=[POINT]
    ),
    '{"event": "epoch", "epoch": 2, "loss": 0.5, "accuracy": 0.75, "validation_loss": 0.25, '
    '"validation_accuracy": 0.875, "learning_rate": 0.001, "seconds": 4.5}': Epoch(
        epoch=2,
        loss=0.5,
        accuracy=0.75,
        validation_loss=0.25,
        validation_accuracy=0.875,
        learning_rate=0.001,
        seconds=4.5,
    ),
    '{"event": "trained", "epochs_trained": 3, "kept_epoch": 2, "points": []}': Trained(
        epochs_trained=3, kept_epoch=2, points=[]
    ),
    '{"event": "done", "run": "0123", "folder": "/runs/0123", "cached": true, '
    '"test_accuracy": 0.9}': Done("0123", "/runs/0123", cached=True, test_accuracy=0.9),
    '{"event": "done", "run": "0123", "folder": "/runs/0123", "cached": false, '
    '"test_accuracy": 0.9, "test_loss": 0.125, "seconds": 7.0, "epochs_trained": 3, '
    '"kept_epoch": 2, "python": "3.12.1", "keras": "3.9", "tensorflow": "2.21"}': Done(
        "0123", "/runs/0123", False, 0.9, 0.125, 7.0, 3, 2, "3.12.1", "3.9", "2.21"
    ),
    '{"event": "failed", "message": "Out of memory."}': Failed("Out of memory."),
    '{"event": "stopped", "message": "Nothing was saved."}': Stopped("Nothing was saved."),
}
START = Start(run="0123", parameters=1426, epochs=2, steps=4, samples=SAMPLES)
LOOK = Look(epoch=1, batch=9, kernel_size=2, kernels=KERNELS, probabilities=PROBABILITIES)


@pytest.mark.parametrize("line", LINES)
def test_an_event_and_its_line(line: str) -> None:
    """Each is written to the letter as it always was, and read back as the same event."""
    assert line_of(LINES[line]) == line
    assert event_of(line) == LINES[line]
    assert event_of(line.encode() + b"\n") == LINES[line]


def test_a_start_and_its_line() -> None:
    """Pixels travel as base64, digit by digit and row by row."""
    line = json.loads(line_of(START))
    read = event_of(line_of(START))

    assert list(line) == ["event", "run", "parameters", "epochs", "steps", "samples"]
    assert line["samples"].startswith("AAECAwQF")
    assert isinstance(read, Start)
    assert (read.run, read.parameters, read.epochs, read.steps) == ("0123", 1426, 2, 4)
    assert read.samples.dtype == np.uint8
    np.testing.assert_array_equal(read.samples, SAMPLES)


def test_a_look_and_its_line() -> None:
    """Kernels travel as base64 of little-endian float32, probabilities as ten rows of numbers."""
    line = json.loads(line_of(LOOK))
    read = event_of(line_of(LOOK))

    assert list(line) == ["event", "epoch", "batch", "kernel_size", "kernels", "probabilities"]
    assert line["kernels"] == PACKED
    assert line["probabilities"] == PROBABILITIES.tolist()
    assert isinstance(read, Look)
    assert (read.epoch, read.batch, read.kernel_size) == (1, 9, 2)
    assert read.kernels.dtype == read.probabilities.dtype == np.dtype(np.float32)
    np.testing.assert_array_equal(read.kernels, KERNELS)
    np.testing.assert_array_equal(read.probabilities, PROBABILITIES)


def test_an_epoch_is_a_row_of_the_history() -> None:
    """The history has every entry of the event, and no other."""
    epoch = next(event for event in LINES.values() if isinstance(event, Epoch))

    assert epoch.row == asdict(epoch)
    assert set(epoch.row) == EpochRow.__required_keys__ | EpochRow.__optional_keys__


def test_a_loss_past_all_numbers() -> None:
    """A training that comes to that ends with a message of its own: its events are none the less."""
    event = event_of(line_of(Batch(1, 1, float("inf"), 0.1, 0.5, [])))

    assert isinstance(event, Batch)
    assert event.loss == float("inf")


def every_event() -> dict[str, dict[str, Any]]:
    """One of each, with all its entries, as it stands in its line."""
    events = [json.loads(line_of(event)) for event in (*LINES.values(), START, LOOK)]
    return {event["event"]: event for event in sorted(events, key=len)}


WRONG: dict[str, list[Any]] = {
    "text": [1, None, ["a"]],
    "truth": [0, 1, "true", None],
    "count": [-1, 1.0, True, "1", None],
    "number": ["1", True, None, [1.0], 10**400],
    "points": [None, {}, [1], [{"step": 1, "loss": 1.0}], [POINT | {"epoch": 1}]],
    "step": [[POINT | {"step": 1.5}]],
    "digits": [PACKED, "ä", 7, None, [0] * 7840],
    "kernels": [PACKED[:-4], "!", 7, [1.0]],
    "kernel size": [0, 3],
    "probabilities": [[[0.1] * 10] * 9, [[0.1] * 9] * 10, [0.1] * 100, None, [["0"] * 10] * 10],
}
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "start": {
        "run": ("text",),
        "parameters": ("count",),
        "epochs": ("count",),
        "steps": ("count",),
        "samples": ("digits",),
    },
    "look": {
        "epoch": ("count",),
        "batch": ("count",),
        "kernel_size": ("count", "kernel size"),
        "kernels": ("kernels",),
        "probabilities": ("probabilities",),
    },
    "batch": {
        "epoch": ("count",),
        "batch": ("count",),
        "loss": ("number",),
        "accuracy": ("number",),
        "seconds": ("number",),
        "points": ("points", "step"),
    },
    "epoch": {
        "epoch": ("count",),
        "loss": ("number",),
        "accuracy": ("number",),
        "validation_loss": ("number",),
        "validation_accuracy": ("number",),
        "learning_rate": ("number",),
        "seconds": ("number",),
    },
    "trained": {"epochs_trained": ("count",), "kept_epoch": ("count",), "points": ("points",)},
    "done": {
        "run": ("text",),
        "folder": ("text",),
        "cached": ("truth",),
        "test_accuracy": ("number",),
        "test_loss": ("number",),
        "seconds": ("number",),
        "epochs_trained": ("count",),
        "kept_epoch": ("count",),
        "python": ("text",),
        "keras": ("text",),
        "tensorflow": ("text",),
    },
    "failed": {"message": ("text",)},
    "stopped": {"message": ("text",)},
}
MAY_BE_LEFT_OUT = {
    "done": set(KINDS["done"]) - {"run", "folder", "cached", "test_accuracy"},
}


@pytest.mark.parametrize("event", KINDS)
def test_what_is_no_event(event: str) -> None:
    """An entry that is missing, that nobody knows or that is of another kind makes it none."""
    right = every_event()[event]
    wrong = [right | {"more": 1}, right | {"event": event.upper()}, right | {"event": [event]}]
    assert set(right) - {"event"} == set(KINDS[event])
    for name, kinds in KINDS[event].items():
        wrong += [right | {name: value} for kind in kinds for value in WRONG[kind]]
        less = {other: value for other, value in right.items() if other != name}
        if name in MAY_BE_LEFT_OUT.get(event, ()):
            event_of(json.dumps(less))
        else:
            wrong.append(less)
    event_of(json.dumps(right))
    for line in wrong:
        with pytest.raises(NotAnEvent):
            pytest.fail(f"was read as an event: {event_of(json.dumps(line))}")


@pytest.mark.parametrize(
    "line", [b"", b"hello", b"[1]", b"7", b"{}", b"\xff", b"[" * 100_000, b"null"]
)
def test_what_is_no_line_of_an_event(line: bytes) -> None:
    """Whatever it is instead, there is one error, which quotes its beginning."""
    with pytest.raises(NotAnEvent) as caught:
        event_of(line)

    assert repr(line[:200]) in str(caught.value)
    assert len(str(caught.value)) < 1000
