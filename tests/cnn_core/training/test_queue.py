"""One training at a time on a server, the others in line, and a store that never outgrows its limit."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

from cnn_core.errors import StoreError, TrainingRefused
from cnn_core.store.own_runs import list_runs
from cnn_core.store.store import BUNDLED_ROOT, open_model, save_model
from cnn_core.training import queue as training_queue
from cnn_core.training.estimate import bytes_needed, estimated_seconds
from cnn_core.training.job import Phase, TrainingJob
from cnn_core.training.queue import TrainingQueue, drop_oldest, server_queue
from tests.support import talking
from tests.support.stored import CONFIG, ONE_EPOCH, files_of


def until(what: Callable[[], object]) -> None:
    """Wait until something is so; a busy machine takes its time."""
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, and trainings that only talk."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path))
    monkeypatch.setattr("cnn_core.training.job.COMMAND", talking.COMMAND)
    return tmp_path


@pytest.fixture
def queue() -> Iterator[TrainingQueue]:
    """A server's trainings; whatever runs at the end of a test is ended."""
    trainings = TrainingQueue()
    yield trainings
    while trainings.running is not None:
        trainings.cancel(trainings.running)
        time.sleep(0.01)


def begins(job: TrainingJob) -> None:
    until(lambda: job.progress.phase == Phase.TRAINING)


class TestQueue:
    def test_first_come_first_served(self, queue: TrainingQueue) -> None:
        """One runs, the others wait in the order in which they came, and see their place."""
        first, second, third = (queue.submit(replace(CONFIG, seed=seed)) for seed in range(3))
        begins(first)

        assert queue.running is first
        assert [queue.jobs_before(job) for job in (first, second, third)] == [0, 1, 2]
        assert queue.waiting == 2
        assert second.progress.phase == Phase.WAITING

        queue.cancel(first)
        begins(second)

        assert first.has_ended
        assert queue.running is second
        assert queue.jobs_before(third) == 1

        queue.cancel(third)
        assert third.progress.phase == Phase.CANCELLED
        assert queue.waiting == 0

    def test_a_failure_lets_the_next_begin(
        self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever happens to one training, the next has its turn."""
        monkeypatch.setattr("cnn_core.training.job.COMMAND", ("/no/such/python",))
        first = queue.submit(CONFIG)
        until(lambda: first.has_ended)
        monkeypatch.setattr("cnn_core.training.job.COMMAND", talking.COMMAND)

        second = queue.submit(CONFIG)
        begins(second)

        assert first.progress.phase == Phase.FAILED
        assert queue.find(first.token) is first

    def test_found_again_by_its_token_only(self, queue: TrainingQueue) -> None:
        """Waiting, running or ended, a training is found by its token, and by nothing else."""
        first, second = queue.submit(CONFIG), queue.submit(CONFIG)

        assert queue.find(first.token) is first
        assert queue.find(second.token) is second
        assert queue.find(None) is None
        assert queue.find("") is None
        assert queue.find("guess") is None
        queue.cancel(second)
        assert queue.find(second.token) is second

    def test_one_for_each_visitor(self, queue: TrainingQueue) -> None:
        """Who has a training that waits or runs gets no second one."""
        first = queue.submit(CONFIG)

        with pytest.raises(TrainingRefused, match="one at a time"):
            queue.submit(CONFIG, first.token)

        queue.cancel(first)
        until(lambda: first.has_ended)
        begins(queue.submit(CONFIG, first.token))

    def test_limits(self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the operator does not allow is refused, and the reason said."""
        monkeypatch.setenv("DIGITSCOPE_MOST_WAITING", "1")
        monkeypatch.setenv("DIGITSCOPE_MOST_EPOCHS", "5")
        with pytest.raises(TrainingRefused, match="6 epochs are more than the 5"):
            queue.submit(replace(CONFIG, epochs=6))
        queue.submit(CONFIG)
        queue.cancel(queue.submit(CONFIG))
        waiting = queue.submit(CONFIG)
        with pytest.raises(TrainingRefused, match="that is the most"):
            queue.submit(CONFIG)
        queue.cancel(waiting)
        monkeypatch.setenv("DIGITSCOPE_TRAINING", "off")
        with pytest.raises(TrainingRefused, match="switched off"):
            queue.submit(CONFIG)


class TestFaults:
    """No fault of one training, of the store or of the settings holds up those who come later."""

    def test_killed_while_saving_lets_the_next_begin(
        self, queue: TrainingQueue, runs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next one begins in a store without a trace of it."""
        monkeypatch.setattr("cnn_core.training.job.COMMAND", talking.SAVING)
        first = queue.submit(CONFIG)
        until(lambda: list(runs.glob(".*/weights.npz")))
        monkeypatch.setattr("cnn_core.training.job.COMMAND", talking.COMMAND)
        second = queue.submit(replace(CONFIG, seed=1))
        assert first.process_id is not None
        os.kill(first.process_id, signal.SIGKILL)
        begins(second)

        assert "nothing was saved" in first.progress.message
        assert list(runs.iterdir()) == []

    @pytest.mark.parametrize("place", ["a-file", "a-file/below"])
    def test_no_folder_to_save_in(
        self, queue: TrainingQueue, runs: Path, monkeypatch: pytest.MonkeyPatch, place: str
    ) -> None:
        """It is refused before anything starts; where the folder is mended, training goes on."""
        (runs / "a-file").write_text("mine")
        monkeypatch.setenv("DIGITSCOPE_RUNS", str(runs / place))
        with pytest.raises(StoreError, match="No model can be saved in"):
            queue.submit(CONFIG)
        assert queue.running is None

        monkeypatch.setenv("DIGITSCOPE_RUNS", str(runs))
        begins(queue.submit(CONFIG))

    def test_a_home_for_a_folder(self, queue: TrainingQueue, runs: Path) -> None:
        """Among somebody's own files a training touches none of them."""
        files = {".oh-my-zsh/zshrc", ".config-settings/keys", "thesis/text", "0123456789ab/notes"}
        for name in files:
            (runs / name).parent.mkdir()
            (runs / name).write_text("two years of work")
            os.utime((runs / name).parent, (0, 0))
        drop_oldest(0, spared="")
        begins(queue.submit(CONFIG))

        assert {str(path.relative_to(runs)) for path in runs.glob("*/*")} == files

    def test_too_little_room(self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a disk that is nearly full a training is refused instead of lost at its end."""
        left = bytes_needed(CONFIG) - 1
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=left))

        with pytest.raises(StoreError, match=r"takes 0\.\d MB of room, .* Free some space"):
            queue.submit(CONFIG)

        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=left + 1))
        begins(queue.submit(CONFIG))

    def test_limits_that_make_no_sense_any_more(
        self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An operator who changes a limit to nonsense stops no queue for good."""
        first, second = queue.submit(CONFIG), queue.submit(replace(CONFIG, seed=1))
        begins(first)
        monkeypatch.setenv("DIGITSCOPE_MOST_MINUTES", "many")
        queue.cancel(first)
        until(lambda: second.has_ended)

        assert "DIGITSCOPE_MOST_MINUTES is a whole number" in second.progress.message
        assert queue.find(second.token) is second
        monkeypatch.delenv("DIGITSCOPE_MOST_MINUTES")
        begins(queue.submit(CONFIG))

    def test_no_thread_can_be_started(
        self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A machine at its limit fails the training, not the queue."""

        def exhausted(*_arguments: object) -> None:
            raise RuntimeError("can't start new thread")

        with monkeypatch.context() as patch:
            patch.setattr(TrainingJob, "start", exhausted)
            job = queue.submit(CONFIG)

        assert job.progress.message == "The training could not be started: can't start new thread."
        begins(queue.submit(CONFIG))

    def test_cancelling_what_has_ended(self, queue: TrainingQueue) -> None:
        """An old button, pressed late, changes nothing: not the training, and not the next one."""
        first, second = queue.submit(CONFIG), queue.submit(replace(CONFIG, seed=1))
        queue.cancel(first)
        begins(second)
        how_it_ended = replace(first.progress)
        queue.cancel(first)

        assert first.progress == how_it_ended
        assert queue.running is second
        assert not second.has_ended

    def test_two_servers(self, queue: TrainingQueue, runs: Path) -> None:
        """What another server writes into the same folder stays, however long it takes."""
        other = TrainingJob(CONFIG, talking.SAVING)
        other.start(10, lambda _job: None)
        until(lambda: list(runs.glob(".*/weights.npz")))
        (scratch,) = runs.iterdir()
        os.utime(scratch, (0, 0))
        begins(queue.submit(CONFIG))

        assert list(runs.iterdir()) == [scratch]
        other.cancel()
        assert other.process_id is not None
        os.kill(other.process_id, signal.SIGKILL)
        until(lambda: other.has_ended)


class TestDropOldest:
    def test_oldest_first(self, runs: Path) -> None:
        """Beyond the limit the oldest runs go, until the others fit."""
        sizes = self.save(runs, 4)
        assert sum(sizes[2:]) < 1_000_000 < sum(sizes[1:])

        dropped = drop_oldest(1, spared="run-3")

        assert dropped == ["run-0", "run-1"]
        assert [run.id for run in list_runs()] == ["run-3", "run-2"]

    def test_the_newest_stays_whatever_its_size(self, runs: Path) -> None:
        """A run that alone is larger than the store is not taken from whoever has just made it."""
        self.save(runs, 3)

        assert drop_oldest(0, spared="run-1") == ["run-0", "run-2"]
        assert [run.id for run in list_runs()] == ["run-1"]

    def test_enough_room(self, runs: Path) -> None:
        """Where all fit, nothing is deleted."""
        self.save(runs, 2)

        assert drop_oldest(100, spared="run-1") == []
        assert len(list_runs()) == 2

    def save(self, runs: Path, count: int) -> list[int]:
        """Runs of about 400 kB, saved one after the other; how large each is."""
        return [
            save_model(runs / f"run-{place}", files_of(replace(CONFIG, seed=place))).size
            for place in range(count)
        ]


class TestRoom:
    # Of the other bundled ones only some moments are kept.
    @pytest.mark.parametrize("name", ["baseline", "improved"])
    def test_is_at_least_what_a_run_takes(self, name: str) -> None:
        """What trained networks take is less than what was said to be needed, and not much less."""
        model = open_model(BUNDLED_ROOT / name)

        assert 1 < bytes_needed(model.config) / model.size < 1.6


class TestEstimate:
    def test_nothing_to_judge_by(self) -> None:
        """Without an earlier run nobody knows how long it takes."""
        assert estimated_seconds(CONFIG, []) is None

    def test_twice_the_work(self, runs: Path) -> None:
        """As much work again takes as long again; other work as much longer."""
        results = b'{"test_accuracy": 0.9, "seconds": 10, "epochs_trained": 1}'
        run = save_model(
            runs / "run", files_of() | {"results.json": results, "history.json": ONE_EPOCH}
        )

        assert estimated_seconds(CONFIG, [run]) == pytest.approx(10 * CONFIG.epochs)
        fewer = replace(CONFIG, training_images=10_000)
        seconds = estimated_seconds(fewer, [run])
        # Learning from an image is three times the work of reading a held-out one.
        share = (3 * 10_000 + 6_000) / (3 * 54_000 + 6_000)
        assert seconds == pytest.approx(10 * CONFIG.epochs * share)


def test_the_queue_of_a_server_outlives_a_change_of_its_code() -> None:
    """Code that is imported anew, as Streamlit does after a change, finds the same queue."""
    spec = spec_from_file_location("changed", training_queue.__file__)
    assert spec is not None
    assert spec.loader is not None
    changed = module_from_spec(spec)
    spec.loader.exec_module(changed)

    assert changed.TrainingQueue is not TrainingQueue
    assert changed.server_queue() is server_queue()
