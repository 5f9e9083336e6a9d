"""The trainings of a server: one at a time, first come, first served."""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from collections import OrderedDict, deque
from pathlib import Path
from types import ModuleType

from cnn_core.errors import LimitsError, StoreError, TrainingRefused
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.atomic_write import remove_left_behind
from cnn_core.store.own_runs import delete_run, list_runs
from cnn_core.store.store import check_destination, runs_root
from cnn_core.training.estimate import bytes_needed
from cnn_core.training.job import TrainingJob
from cnn_core.training.limits import BYTES_PER_MEGABYTE, limits

# A visitor who comes back hours later still finds out how it ended.
ENDED_KEPT = 50
_KEPT_IN = "digitscope_kept"

_log = logging.getLogger(__name__)


class TrainingQueue:
    """One training that runs, those that wait for it, and the last that have ended."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting: deque[TrainingJob] = deque()
        self._running: TrainingJob | None = None
        self._ended: OrderedDict[str, TrainingJob] = OrderedDict()

    def submit(self, config: TrainingConfig, instead_of: str | None = None) -> TrainingJob:
        """Take on a training: it starts at once, or waits for its turn.

        instead_of: the token of the visitor's last training, which must have ended.
        Raises TrainingRefused, saying why, LimitsError, and StoreError where its run could not be
        saved.
        """
        allowed = limits()
        if not allowed.training:
            raise TrainingRefused("Training is switched off on this server.")
        allowed.check(config)
        check_destination(runs_root() / config.run_id, bytes_needed(config))
        with self._lock:
            last = self.find(instead_of)
            if last is not None and not last.has_ended:
                raise TrainingRefused("Your last training has not ended yet; one at a time.")
            if self._running is not None and len(self._waiting) >= allowed.waiting:
                raise TrainingRefused(
                    f"{len(self._waiting)} trainings wait already, and that is the most. Try "
                    "again later."
                )
            job = TrainingJob(config)
            self._waiting.append(job)
            self._start_next()
        return job

    def find(self, token: str | None) -> TrainingJob | None:
        """The training with a token, whether it waits, runs or has ended; None for any other."""
        with self._lock:
            active = [job for job in (self._running, *self._waiting) if job is not None]
            found = next((job for job in active if job.token == token), None)
            return found or self._ended.get(token or "")

    @property
    def running(self) -> TrainingJob | None:
        """The training that runs."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def jobs_before(self, job: TrainingJob) -> int:
        """How many trainings end before a waiting one starts; 0 for any other."""
        with self._lock:
            return self._waiting.index(job) + 1 if job in self._waiting else 0

    def cancel(self, job: TrainingJob) -> None:
        """End a training that waits or runs, and keep nothing of it."""
        with self._lock:
            job.cancel()
            if job in self._waiting:
                self._waiting.remove(job)
                self._keep(job)

    def _start_next(self) -> None:
        # Whatever was killed, the last training of this server or another server, left its scratch.
        for folder in (runs_root(), Path(tempfile.gettempdir())):
            remove_left_behind(folder)
        while self._running is None and self._waiting:
            self._running = job = self._waiting.popleft()
            try:
                job.start(limits().minutes, self._ended_now)
            except (LimitsError, RuntimeError) as error:  # RuntimeError: no thread can be started.
                job.fail(f"The training could not be started: {str(error).rstrip('.')}.")
                self._running = None
                self._keep(job)

    def _ended_now(self, job: TrainingJob) -> None:
        try:
            if job.progress.run is not None:
                job.dropped = drop_oldest(limits().store_megabytes, job.progress.run)
        except LimitsError:
            _log.exception("nobody knows how large the store may be; nothing was deleted")
        finally:
            with self._lock:
                self._running = None
                self._keep(job)
                self._start_next()

    def _keep(self, job: TrainingJob) -> None:
        self._ended[job.token] = job
        while len(self._ended) > ENDED_KEPT:
            self._ended.popitem(last=False)


def server_queue() -> TrainingQueue:
    """The queue of this process: there is one, whatever happens to caches and to code.

    It is kept in a module without a file. Anybody may empty Streamlit's caches by a message, and its
    file watcher imports anew whatever module has a file when code changes; trainings that run would
    be lost to their owners, and others start beside them.
    """
    kept = vars(sys.modules.setdefault(_KEPT_IN, ModuleType(_KEPT_IN)))
    queue: TrainingQueue = kept.setdefault("queue", TrainingQueue())
    return queue


def drop_oldest(megabytes: int, spared: str) -> list[str]:
    """Delete own runs, the oldest first, until the rest takes no more than this together.

    spared: the id of a run that stays in any case. Returns the titles of those that are gone.
    """
    runs = list_runs()
    size = sum(run.size for run in runs)
    dropped = []
    for run in reversed(runs):
        if size <= megabytes * BYTES_PER_MEGABYTE:
            break
        if run.id == spared:
            continue
        try:
            delete_run(run.id)
        except StoreError:
            continue
        size -= run.size
        dropped.append(run.title)
    return dropped
