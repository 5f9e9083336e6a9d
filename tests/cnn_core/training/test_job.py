"""A training in a process of its own, and whatever can happen to that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.store.atomic_write import remove_left_behind
from cnn_core.store.moment import Moment
from cnn_core.store.own_runs import find_run, list_runs
from cnn_core.store.ownership import is_owner
from cnn_core.store.store import StoredModel, model_folder, open_model
from cnn_core.training.job import (
    COMMAND,
    SECONDS_TO_END,
    SECONDS_TO_SAVE,
    Phase,
    Progress,
    TrainingJob,
)
from tests.support import talking
from tests.support.trainings import TINY

ROOT = Path(__file__).parents[3]
SECONDS = 120.0


def until(what: Callable[[], object]) -> None:
    """Wait until something is so; a busy machine takes its time."""
    end = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def is_alive(process_id: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def run_to_end(job: TrainingJob, minutes: float = 10) -> Progress:
    """Start a job, and wait for its end."""
    ended: list[TrainingJob] = []
    job.start(minutes, ended.append)
    until(lambda: ended)
    assert ended == [job]
    assert job.has_ended
    return job.progress


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The store of the runs of this file."""
    folder = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGITSCOPE_RUNS", str(folder))
        yield folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def finished(runs: Path) -> TrainingJob:
    """A training that came to its end."""
    job = TrainingJob(TINY)
    run_to_end(job)
    return job


@pytest.fixture(scope="module")
def stopped(runs: Path) -> TrainingJob:
    """A training of five hundred epochs that was stopped after some, as soon as it could be."""
    job = TrainingJob(replace(TINY, epochs=500))
    ended: list[TrainingJob] = []
    job.start(10, ended.append)
    until(lambda: len(job.progress.history["epochs"]) >= 3 or ended)
    assert job.can_stop
    job.stop()
    assert not job.can_stop
    until(lambda: ended)
    return job


def model_of(job: TrainingJob) -> StoredModel:
    """What a job left in the store."""
    assert job.progress.run is not None, job.progress.message
    return open_model(model_folder(job.progress.run))


class TestFinished:
    def test_belongs_to_whoever_has_its_token(self, finished: TrainingJob) -> None:
        """The process that trained it left the fingerprint of the token, and no token."""
        owner = model_of(finished).owner

        assert is_owner(owner, [finished.token])
        assert not is_owner(owner, ["another"])

    def test_is_in_the_store(self, finished: TrainingJob) -> None:
        """Its run is complete, and found by its config."""
        assert finished.progress.phase == Phase.DONE
        assert finished.progress.run == TINY.run_id
        assert find_run(TINY) is not None
        assert model_of(finished).is_complete

    def test_progress_is_what_was_recorded(self, finished: TrainingJob) -> None:
        """What was shown while it ran is, to the last point, what the store keeps."""
        progress = finished.progress

        assert progress.history == model_of(finished).history()
        assert [point["step"] for point in progress.history["steps"]] == [20, 41]
        assert progress.done is not None
        assert asdict(progress.done).items() >= model_of(finished).results.items()
        assert progress.share == 1

    def test_last_look(self, finished: TrainingJob, mnist: Mnist) -> None:
        """The last kernels and probabilities shown are those of the trained network."""
        progress, network = finished.progress, model_of(finished).network()
        labels = mnist.train.labels[54_000:]
        samples = [54_000 + int(np.flatnonzero(labels == label)[0]) for label in range(10)]

        assert progress.look == (2, TINY.steps_per_epoch)
        assert progress.kernels is not None
        np.testing.assert_array_equal(
            progress.kernels, network.weights["conv1"].kernel[:, :, 0].transpose(2, 0, 1)
        )
        np.testing.assert_array_equal(progress.samples, mnist.train.images[samples])
        np.testing.assert_array_equal(
            progress.probabilities, network.predict(mnist.train.images[samples])
        )

    def test_found_at_once_the_next_time(self, finished: TrainingJob) -> None:
        """The same settings again are not trained again."""
        again = run_to_end(TrainingJob(TINY))

        assert again.was_trained_before
        assert again.run == finished.progress.run


class TestStopped:
    def test_the_best_epoch_is_kept(self, stopped: TrainingJob) -> None:
        """The weights are those of the epoch that read the held-out images best."""
        model = model_of(stopped)
        epochs = model.history()["epochs"]
        best = max(epochs, key=lambda row: (row["validation_accuracy"], -row["validation_loss"]))
        moments = model.checkpoints()
        last = Moment(model.kept_epoch, 0)

        assert model.kept_epoch == best["epoch"]
        assert model.epochs_trained == len(epochs) < 500
        assert list(moments)[-1] == last
        np.testing.assert_array_equal(
            moments[last].weights["conv1"].kernel, model.network().weights["conv1"].kernel
        )

    def test_is_not_taken_for_the_whole_run(self, stopped: TrainingJob) -> None:
        """It has a name of its own, and its settings can be trained to the end."""
        model = model_of(stopped)

        assert model.id == f"{stopped.config.run_id}-{model.epochs_trained}"
        assert model.config == stopped.config
        assert not model.is_complete
        assert model.id in [run.id for run in list_runs()]
        assert find_run(stopped.config) is None


class TestFaults:
    def test_killed_from_outside(self, runs: Path) -> None:
        """A process that the system kills is a message, and nothing is saved."""
        job = TrainingJob(replace(TINY, seed=1))
        ended: list[TrainingJob] = []
        job.start(10, ended.append)
        until(lambda: job.process_id)
        assert job.process_id is not None
        os.kill(job.process_id, signal.SIGKILL)
        until(lambda: ended)

        assert job.progress.phase == Phase.FAILED
        assert "ended from outside (SIGKILL); nothing was saved" in job.progress.message
        assert find_run(job.config) is None

    def test_out_of_memory(self, runs: Path) -> None:
        """A process that gets no more memory is a message that says so, and what to do."""
        little = ("sh", "-c", 'ulimit -v 1500000; exec "$@"', "sh", *COMMAND)
        progress = run_to_end(TrainingJob(replace(TINY, seed=2), little))

        assert progress.phase == Phase.FAILED
        assert "memory" in progress.message
        assert "smaller batches or fewer filters" in progress.message

    def test_full_disk(self, runs: Path) -> None:
        """A disk without room for the model is a message, and leaves nothing behind."""
        before = set(runs.iterdir())
        small = ("sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *COMMAND)
        progress = run_to_end(TrainingJob(replace(TINY, seed=3, epochs=1), small))

        assert progress.phase == Phase.FAILED
        assert "Free some space" in progress.message
        assert set(runs.iterdir()) == before

    def test_no_such_command(self) -> None:
        """Where no process can be started at all, that is a message too."""
        progress = run_to_end(TrainingJob(TINY, ("/no/such/python",)))

        assert progress.phase == Phase.FAILED
        assert "could not be run" in progress.message

    @pytest.mark.parametrize(
        "noise",
        ["'hello'", "'[1]'", "'{}'", "'7'", "'[' * 100_000", '\'{"event": "batch"}\'', "b'\\xff'"],
    )
    def test_noise_instead_of_events(self, noise: str) -> None:
        """A process that says what nobody understands is ended, and reported."""
        talk = f"print({noise}, flush=True); input(); input()"
        job = TrainingJob(TINY, (sys.executable, "-c", talk))
        progress = run_to_end(job)

        assert progress.phase == Phase.FAILED
        assert "said what nobody understands" in progress.message
        assert job.process_id is not None
        assert not is_alive(job.process_id)

    def test_a_line_without_an_end(self) -> None:
        """It is not waited for until it fills the memory: the process is ended long before."""
        talk = "import sys\nwhile True: sys.stdout.write('x' * 100_000)"
        progress = run_to_end(TrainingJob(TINY, (sys.executable, "-c", talk)))

        assert "said what nobody understands" in progress.message

    def test_killed_while_saving(self, runs: Path, temporary: Path) -> None:
        """Nothing half-written is served, and nothing is left in the store or the system's folder."""
        before = set(runs.iterdir())
        job = TrainingJob(replace(TINY, seed=4), talking.SAVING)
        ended: list[TrainingJob] = []
        job.start(10, ended.append)
        until(lambda: list(runs.glob(".*/weights.npz")))
        assert list(temporary.rglob("model.keras"))
        assert job.process_id is not None
        os.kill(job.process_id, signal.SIGKILL)
        until(lambda: ended)

        assert "ended from outside (SIGKILL); nothing was saved" in job.progress.message
        assert find_run(job.config) is None
        assert list(temporary.iterdir()) == []
        remove_left_behind(runs)
        assert set(runs.iterdir()) == before

    def test_killed_just_after_saving(self, runs: Path) -> None:
        """A run that is whole is not called lost because its process could not say so any more."""
        config = replace(TINY, seed=5, epochs=1)
        progress = run_to_end(TrainingJob(config, talking.SAVED))

        assert progress.phase == Phase.DONE
        assert progress.run == config.run_id
        assert not progress.was_trained_before
        assert progress.done is not None
        assert progress.done.test_accuracy == 0.9

    def test_dies_without_a_word(self) -> None:
        """A process that only ends is reported with its status."""
        progress = run_to_end(TrainingJob(TINY, (sys.executable, "-c", "raise SystemExit(7)")))

        assert "ended with status 7 and without a word" in progress.message

    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
    def test_server_that_dies_takes_it_along(self, runs: Path, number: signal.Signals) -> None:
        """However the server ends, the training process is gone within seconds."""
        script = (
            "import sys, time; from dataclasses import replace\n"
            "from cnn_core.training.job import TrainingJob\n"
            "from tests.support.trainings import TINY\n"
            # What was trained before would be found, and end, at once.
            "job = TrainingJob(replace(TINY, seed=901)); job.start(10, print)\n"
            "while not job.process_id: time.sleep(0.01)\n"
            "print(job.process_id, flush=True); time.sleep(600)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            child = int(server.stdout.readline())
            assert is_alive(child)
            server.send_signal(number)
        end = time.monotonic() + 30

        while is_alive(child):
            assert time.monotonic() < end, "an orphan is left"
            time.sleep(0.05)

    def test_server_dies_while_it_is_stopped(self, runs: Path) -> None:
        """A process that somebody has stopped does not stay for ever when its server has died."""
        script = (
            "import os, signal, time; from dataclasses import replace\n"
            "from cnn_core.training.job import TrainingJob\n"
            "from tests.support.trainings import TINY\n"
            # What was trained before would be found, and end, at once.
            "job = TrainingJob(replace(TINY, seed=902)); job.start(10, print)\n"
            "while job.progress.samples is None: time.sleep(0.01)\n"
            "os.kill(job.process_id, signal.SIGSTOP)\n"
            "print(job.process_id, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
        )
        if sys.platform != "linux":
            pytest.skip("Only Linux wakes a process when its parent dies.")
        server = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=SECONDS,
        )

        until(lambda: not is_alive(int(server.stdout)))


class TestStoppedProcess:
    """A process that somebody has stopped (SIGSTOP): it neither runs nor ends."""

    @pytest.fixture
    def frozen(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainingJob]:
        """A training that is stopped after its first epoch, and whose timers a test lets go off."""
        self.timers: dict[float, Callable[[], None]] = {}
        monkeypatch.setattr(
            TrainingJob, "_after", lambda _job, seconds, call: self.timers.update({seconds: call})
        )
        job = TrainingJob(TINY, talking.COMMAND)
        self.ended: list[TrainingJob] = []
        yield job
        assert job.process_id is not None
        assert not is_alive(job.process_id)

    def freeze(self, job: TrainingJob) -> int:
        job.start(10, self.ended.append)
        until(lambda: job.progress.history["epochs"])
        assert job.process_id is not None
        os.kill(job.process_id, signal.SIGSTOP)
        return job.process_id

    def test_its_silence_is_told(self, frozen: TrainingJob) -> None:
        """How long nothing was heard of it grows, until it goes on."""
        assert frozen.seconds_silent == 0
        process = self.freeze(frozen)
        until(lambda: frozen.seconds_silent > 0.3)
        assert frozen.seconds_since_start > frozen.seconds_silent
        os.kill(process, signal.SIGCONT)
        frozen.stop()
        until(lambda: self.ended)

        assert frozen.progress.message == "Asked to stop."
        assert frozen.seconds_silent == 0

    def test_can_be_cancelled(self, frozen: TrainingJob) -> None:
        """It does not see that it was asked to end, and is ended."""
        self.freeze(frozen)
        frozen.cancel()
        assert not frozen.has_ended
        self.timers[SECONDS_TO_END]()
        until(lambda: self.ended)

        assert frozen.progress.phase == Phase.CANCELLED

    def test_its_time_is_up(self, frozen: TrainingJob) -> None:
        """The time that a training may take is an end for it as well."""
        self.freeze(frozen)
        for seconds in (600, SECONDS_TO_SAVE, SECONDS_TO_END):
            assert not frozen.has_ended
            self.timers[seconds]()
        until(lambda: self.ended)

        assert frozen.progress.phase == Phase.CANCELLED
        assert "did not answer when it was asked to save" in frozen.progress.message


class TestConversation:
    """With a process that only talks like a training."""

    def following(self) -> tuple[TrainingJob, list[TrainingJob]]:
        job = TrainingJob(TINY, talking.COMMAND)
        ended: list[TrainingJob] = []
        assert job.progress.phase == Phase.WAITING
        job.start(10, ended.append)
        until(lambda: job.progress.history["epochs"])
        return job, ended

    def test_cancel(self) -> None:
        """Cancelling ends the process and keeps nothing."""
        job, ended = self.following()
        assert job.can_stop
        assert job.progress.seconds_left == pytest.approx(4.0)
        job.cancel()
        until(lambda: ended)

        assert job.progress.phase == Phase.CANCELLED
        assert job.progress.message == "The training was cancelled; nothing was saved."
        assert job.process_id is not None
        assert not is_alive(job.process_id)

    def test_time_is_up(self) -> None:
        """After its time a training is asked to stop, and keeps its best."""
        job = TrainingJob(TINY, talking.COMMAND)
        ended: list[TrainingJob] = []
        job.start(1 / 60 / 50, ended.append)
        until(lambda: ended)

        # So soon it has no epoch yet, or has just told of the first.
        assert "time that this server gives" in job.progress.message or job.is_stopping

    def test_tokens_cannot_be_guessed(self) -> None:
        """No two trainings share a token, and a token is long."""
        tokens = {TrainingJob(TINY).token for _ in range(100)}

        assert len(tokens) == 100
        assert min(map(len, tokens)) >= 12
