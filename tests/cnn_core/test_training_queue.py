"""One training at a time on a server, the others in line, and a store that never outgrows its limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cnn_core.errors import TrainingRefused
from cnn_core.estimate import estimated_seconds
from cnn_core.store import list_runs, save_model
from cnn_core.training_job import Phase, TrainingJob
from cnn_core.training_queue import TrainingQueue, drop_oldest
from tests.cnn_core import talking
from tests.cnn_core.test_store import CONFIG, ONE_EPOCH, files_of


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
    monkeypatch.setattr("cnn_core.training_job.COMMAND", talking.COMMAND)
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
        assert [queue.place(job) for job in (first, second, third)] == [0, 1, 2]
        assert queue.waiting == 2
        assert second.progress.phase == Phase.WAITING

        queue.cancel(first)
        begins(second)

        assert first.has_ended
        assert queue.running is second
        assert queue.place(third) == 1

        queue.cancel(third)
        assert third.progress.phase == Phase.CANCELLED
        assert queue.waiting == 0

    def test_a_failure_lets_the_next_begin(
        self, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever happens to one training, the next has its turn."""
        monkeypatch.setattr("cnn_core.training_job.COMMAND", ("/no/such/python",))
        first = queue.submit(CONFIG)
        until(lambda: first.has_ended)
        monkeypatch.setattr("cnn_core.training_job.COMMAND", talking.COMMAND)

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
