"""A training in a process of its own: started, followed through its events, stopped."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import DigitScopeError
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.atomic_write import scratch_folder
from cnn_core.store.history import History
from cnn_core.store.own_runs import delete_run
from cnn_core.store.ownership import OWNER_VARIABLE, fingerprint
from cnn_core.store.store import model_folder, open_model
from cnn_core.training.events import (
    Batch,
    Done,
    End,
    Epoch,
    Event,
    Failed,
    Look,
    NotAnEvent,
    Start,
    Stopped,
    Trained,
    event_of,
)

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "cnn_core.train", "--config", "-", "--json", "--background")
# A process that was asked to end and has not ended by then is killed.
SECONDS_TO_END = 8.0
# Reading the test set and saving take some seconds, on a small and busy machine a minute.
SECONDS_TO_SAVE = 120.0
# The longest event is a look at 256 kernels of 11×11, 170 kB.
LONGEST_LINE = 1_000_000

_log = logging.getLogger(__name__)


class Phase(StrEnum):
    """How far a training has come; the last three are ends."""

    WAITING = "waiting"
    STARTING = "starting"
    TRAINING = "training"
    SAVING = "saving"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


ENDS = (Phase.DONE, Phase.CANCELLED, Phase.FAILED)


@dataclass
class Progress:
    """What is known of a training so far: its events, added up.

    epochs, steps_per_epoch: how many there will be.
    epoch, batch: where it is; epoch is counted from 1, and 0 before training.
    seconds: since the first batch began.
    history: rows of finished epochs and points within them, as the store keeps them.
    samples: ten held-out digits from 0 to 9, uint8 (10, 28, 28).
    kernels: of the first layer, float32 (filters, size, size), and
    probabilities: of the samples, float32 (10, 10), both after batch look[1] of epoch look[0].
    message: what went wrong, or was found out, in sentences.
    done: what is known of the run in the store, once it is saved.
    """

    epochs: int
    steps_per_epoch: int
    phase: Phase = Phase.WAITING
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    history: History = field(default_factory=lambda: History(epochs=[], steps=[]))
    samples: NDArray[np.uint8] | None = None
    kernels: NDArray[np.float32] | None = None
    probabilities: NDArray[np.float32] | None = None
    look: tuple[int, int] = (0, 0)
    message: str = ""
    done: Done | None = None

    @property
    def run(self) -> str | None:
        """The id of the run in the store, once it is saved."""
        return None if self.done is None else self.done.run

    @property
    def was_trained_before(self) -> bool:
        """Whether the run was found instead of trained."""
        return self.done is not None and self.done.cached

    @property
    def share(self) -> float:
        """How much of the training is done, 0 to 1."""
        if self.phase in (Phase.SAVING, Phase.DONE):
            return 1.0
        done = max(self.epoch - 1, 0) * self.steps_per_epoch + self.batch
        return min(done / (self.epochs * self.steps_per_epoch), 1.0)

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take if it goes on as fast; None where that is not known yet."""
        if self.phase != Phase.TRAINING or self.share < 0.01 or self.seconds < 1:
            return None
        return self.seconds * (1 / self.share - 1)

    def take(self, event: Event) -> None:
        """Add an event of the training process."""
        match event:
            case Start():
                self.samples = event.samples
            case Look():
                self.kernels, self.probabilities = event.kernels, event.probabilities
                self.look = (event.epoch, event.batch)
            case Batch():
                self.phase = Phase.TRAINING
                self.epoch, self.batch = event.epoch, event.batch
                self.seconds = event.seconds
                self.history["steps"].extend(event.points)
            case Epoch():
                self.phase = Phase.TRAINING
                self.epoch, self.batch = event.epoch, self.steps_per_epoch
                self.seconds = event.seconds
                self.history["epochs"].append(event.row)
            case Trained():
                self.history["steps"].extend(event.points)
                self.phase = Phase.SAVING
            case Done():
                self.done, self.phase = event, Phase.DONE
            case Failed():
                self.message, self.phase = event.message, Phase.FAILED
            case Stopped():
                self.message, self.phase = event.message, Phase.CANCELLED


class TrainingJob:
    """A training that waits, runs or has ended.

    token: whoever knows it may stop the training and, later, rename and delete its run; nobody can
        guess it.
    progress: what is known of it; another thread fills it in.
    dropped: titles of older runs that were deleted to make room for this one.
    """

    def __init__(self, config: TrainingConfig, command: Sequence[str] | None = None) -> None:
        self.config = config
        self.token = secrets.token_urlsafe(9)
        self.progress = Progress(config.epochs, config.steps_per_epoch)
        self.dropped: list[str] = []
        self.is_stopping = False
        self._command = COMMAND if command is None else command
        self._why_cancelled: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._timers: list[threading.Timer] = []
        self._started = self._heard = time.monotonic()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.progress.phase in ENDS

    @property
    def can_stop(self) -> bool:
        """Whether there is a finished epoch that a stop would keep."""
        progress = self.progress
        has_epoch = bool(progress.history["epochs"]) and progress.phase == Phase.TRAINING
        return has_epoch and not self.is_stopping

    @property
    def seconds_silent(self) -> float:
        """How long ago its process started or last said anything; 0 where it has ended or waits."""
        if self.has_ended or self.progress.phase == Phase.WAITING:
            return 0.0
        return time.monotonic() - self._heard

    @property
    def seconds_since_start(self) -> float:
        """How long ago its process was started; of one that waits, how long it has waited."""
        return time.monotonic() - self._started

    @property
    def process_id(self) -> int | None:
        """The training process, where there is one."""
        return None if self._process is None else self._process.pid

    def start(self, minutes: float, on_end: Callable[[TrainingJob], None]) -> None:
        """Start the process; a thread follows it. `on_end` is called once, in that thread.

        minutes: after which it is stopped, and keeps the best that it has by then.
        """
        self.progress.phase = Phase.STARTING
        self._started = self._heard = time.monotonic()
        threading.Thread(target=self._run, args=(minutes, on_end), daemon=True).start()

    def stop(self) -> None:
        """End the training, and save the weights of its best epoch so far."""
        if self._process is not None and not self.is_stopping:
            self.is_stopping = True
            _tell(self._process, "stop")

    def cancel(self, why: str = "The training was cancelled; nothing was saved.") -> None:
        """End the training, and keep nothing of it."""
        if self.has_ended:
            return
        self._why_cancelled = why
        if self.progress.phase == Phase.WAITING:
            self._end(Phase.CANCELLED, why)
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        self._after(SECONDS_TO_END, process.kill)

    def fail(self, message: str) -> None:
        """End a training that waits, because it cannot be started."""
        self._end(Phase.FAILED, message)

    def _run(self, minutes: float, on_end: Callable[[TrainingJob], None]) -> None:
        try:
            # Whatever the process leaves behind that is killed is gone with this folder.
            with (
                scratch_folder(Path(tempfile.gettempdir())) as scratch,
                tempfile.TemporaryFile() as errors,
            ):
                self._follow(scratch, errors, minutes)
        except NotAnEvent as error:
            _log.error("training said what is no event: %s", error)
            self._end(
                Phase.FAILED,
                "The training process said what nobody understands, and was ended; nothing was "
                "saved. What it said stands in the server's log. Train again.",
            )
        except Exception as error:
            # Whatever it was, the page must not wait for ever.
            _log.exception("training could not be followed")
            self._end(Phase.FAILED, f"The training process could not be run: {error}.")
        finally:
            for timer in self._timers:
                timer.cancel()
            on_end(self)

    def _follow(self, scratch: Path, errors: IO[bytes], minutes: float) -> None:
        search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            self._command,
            env=os.environ
            | {
                "PYTHONPATH": search,
                "TMPDIR": str(scratch),
                OWNER_VARIABLE: fingerprint(self.token),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._after(60 * minutes, self._time_is_up)
        _tell(process, json.dumps(self.config.to_dict()))
        if self._why_cancelled is not None:  # Between start and here.
            self.cancel(self._why_cancelled)
        last: End | None = None
        try:
            while line := process.stdout.readline(LONGEST_LINE):
                self._heard = time.monotonic()
                last = self._take(line) or last
        except BaseException:
            process.kill()
            raise
        finally:
            status = process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()
        self._conclude(last, status, errors)

    def _take(self, line: bytes) -> End | None:
        """Add an event to the progress, or return it where it is the last.

        The page hears of the end when the process has ended. Raises NotAnEvent.
        """
        event = event_of(line)
        if isinstance(event, End):
            return event
        self.progress.take(event)
        return None

    def _conclude(self, last: End | None, status: int, errors: IO[bytes]) -> None:
        if self._why_cancelled is not None:
            if isinstance(last, Done) and not last.cached:
                with contextlib.suppress(DigitScopeError):  # It was saved in that very moment.
                    delete_run(last.run)
            self._end(Phase.CANCELLED, self._why_cancelled)
        elif last := last or self._saved_without_a_word():
            self.progress.take(last)
        else:
            errors.seek(max(errors.seek(0, os.SEEK_END) - 4000, 0))
            said = errors.read().decode(errors="replace")
            _log.error("training ended with status %s:\n%s", status, said)
            self._end(Phase.FAILED, _what_happened(status, said))

    def _saved_without_a_word(self) -> Done | None:
        """What a process would have said that was killed just after it had saved its run."""
        if self.progress.phase != Phase.SAVING:
            return None
        epochs = len(self.progress.history["epochs"])
        name = self.config.run_id + (f"-{epochs}" if epochs < self.config.epochs else "")
        try:
            run = open_model(model_folder(name))
        except DigitScopeError:
            return None
        if run.config != self.config:
            return None
        return Done(run.id, str(run.folder), cached=False, **run.results)

    def _end(self, phase: Phase, message: str) -> None:
        self.progress.message, self.progress.phase = message, phase

    def _time_is_up(self) -> None:
        if self.progress.history["epochs"]:
            if self.progress.phase != Phase.SAVING:
                self.progress.message = (
                    "The time that this server gives to one training was over; the best epoch "
                    "until then was kept."
                )
                self.stop()
            self._after(SECONDS_TO_SAVE, self._did_not_stop)
        else:
            self.cancel(
                "The time that this server gives to one training was over before its first epoch; "
                "nothing was saved. Take fewer images or a smaller network."
            )

    def _did_not_stop(self) -> None:
        self.cancel(
            "The time that this server gives to one training was over, and the training process "
            "did not answer when it was asked to save what it had. It was ended; nothing was saved."
        )

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, call)
        timer.daemon = True
        timer.start()
        self._timers.append(timer)


def _tell(process: subprocess.Popen[bytes], line: str) -> None:
    """Write a line to a process that may have ended already."""
    assert process.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()


def _what_happened(status: int, said: str) -> str:
    """What to tell whoever waits for a process that ended without a word."""
    if "MemoryError" in said or "bad_alloc" in said or "out of memory" in said.lower():
        return (
            "The training process ran out of memory; nothing was saved. Take smaller batches or "
            "fewer filters."
        )
    if status < 0:
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"signal {-status}"
        return (
            f"The training process was ended from outside ({name}); nothing was saved. Systems do "
            "that when memory runs short: train again, and if it happens again take smaller "
            "batches or fewer filters."
        )
    return (
        f"The training process ended with status {status} and without a word; nothing was saved. "
        "What it wrote last stands in the server's log. Train again."
    )
