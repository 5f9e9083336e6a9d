"""Training from the command line, as whoever types the command meets it."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, get_args

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import Augmentation, TrainingConfig
from cnn_core.store.moment import Moment
from cnn_core.store.own_runs import find_run
from cnn_core.store.store import StoredModel, open_model, save_model
from cnn_core.training.cli import main
from cnn_core.training.estimate import bytes_needed
from cnn_core.training.events import (
    Batch,
    Done,
    Epoch,
    Event,
    Failed,
    Start,
    Stopped,
    event_of,
)
from cnn_core.training.records import sample_digits
from tests.support.stored import files_of

COMMAND = (sys.executable, "-m", "cnn_core.train")
# Two epochs of four batches, on a network that hardly learns anything in a second.
TINY = (
    *("--filters", "2", "--dense-units", "4", "--epochs", "2", "--batch-size", "60"),
    *("--training-images", "200", "--shift", "1", "--schedule", "cosine"),
)
TINY_CONFIG = TrainingConfig(
    architecture=Architecture(filters=(2,), dense_units=4),
    epochs=2,
    batch_size=60,
    training_images=200,
    augmentation=Augmentation(shift=1),
    schedule="cosine",
)
# Long enough that whoever wants to stop it has all the time in the world.
ENDLESS = ("--filters", "2", "--dense-units", "4", "--epochs", "500", "--batch-size", "1")


def without_tensorflow(errors: str) -> str:
    """Standard error without what TensorFlow logs, on some processors whatever it is told."""
    logged = (
        r"(WARNING: All log messages before absl::InitializeLog\(\) |[IWE]\d{4} \d\d:\d\d:).*\n"
    )
    return re.sub(f"^{logged}", "", errors, flags=re.MULTILINE)


@dataclass
class Finished:
    """A training run that came to its end."""

    folder: Path
    output: str
    errors: str

    @property
    def model(self) -> StoredModel:
        return open_model(self.folder)

    def events(self) -> list[Event]:
        return [event_of(line) for line in self.output.splitlines()]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of own runs, empty until `trained` trains into it."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def trained(runs: Path) -> Finished:
    """A run with --json into the store, all defaults else."""
    child = run(*TINY, "--json", runs=runs)
    assert child.returncode == 0, child.stderr
    return Finished(runs / TINY_CONFIG.run_id, child.stdout, child.stderr)


@pytest.fixture(scope="module")
def trained_again(trained: Finished, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The same once more, into a folder of its own, on a terminal."""
    folder = tmp_path_factory.mktemp("elsewhere") / "model"
    here, terminal = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *TINY, "--output", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        os.close(terminal)
        output = "".join(read_terminal(here))
        errors = child.communicate()[1]
    assert child.returncode == 0, errors
    return Finished(folder, output, errors)


def run(
    *arguments: str, runs: Path, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, perhaps through another command."""
    return subprocess.run(
        [*before, *COMMAND, *arguments],
        env=os.environ | {"DIGITSCOPE_RUNS": str(runs)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def read_terminal(descriptor: int) -> Iterator[str]:
    """What is written to a terminal, until its last writer closes it."""
    while True:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # How Linux says that there is no writer any more.
            os.close(descriptor)
            return
        yield part.decode()


class TestEvents:
    def test_in_order(self, trained: Finished) -> None:
        """A run is told as start, batches and the end of each epoch, and done."""
        kinds = [type(event).__name__.lower() for event in trained.events()]

        seen = "(look |batch )*"
        assert re.fullmatch(
            f"start look {seen}batch {seen}epoch {seen}epoch {seen}look trained done",
            " ".join(kinds),
        )

    def test_nothing_else_is_said(self, trained: Finished) -> None:
        """With --json we write nothing but events; TensorFlow logs to standard error, if at all."""
        assert without_tensorflow(trained.errors) == ""

    def test_start(self, trained: Finished, mnist: Mnist) -> None:
        """The start says what is going to happen."""
        start = trained.events()[0]

        assert isinstance(start, Start)
        assert (start.run, start.parameters) == (
            TINY_CONFIG.run_id,
            TINY_CONFIG.architecture.parameters,
        )
        assert (start.epochs, start.steps) == (2, 4)
        np.testing.assert_array_equal(start.samples, sample_digits(mnist.train).images)

    def test_batch(self, trained: Finished) -> None:
        """A batch comes with the means of its epoch so far."""
        batch = next(event for event in trained.events() if isinstance(event, Batch))

        assert batch.epoch == 1
        assert 0 <= batch.accuracy <= 1
        assert batch.loss > 0

    def test_epoch(self, trained: Finished) -> None:
        """Each epoch is in the history as it was reported."""
        epochs = [event for event in trained.events() if isinstance(event, Epoch)]

        assert [epoch.epoch for epoch in epochs] == [1, 2]
        assert [epoch.row for epoch in epochs] == trained.model.history()["epochs"]
        for epoch in epochs:
            assert 0 <= epoch.validation_accuracy <= 1
            assert epoch.validation_loss > 0

    def test_learning_rate_falls_to_nothing(self, trained: Finished) -> None:
        """With the cosine schedule half the rate is left half-way, and none at the end."""
        rates = [row["learning_rate"] for row in trained.model.history()["epochs"]]

        assert rates == pytest.approx([5e-4, 0], abs=1e-9)

    def test_done(self, trained: Finished, mnist: Mnist) -> None:
        """The end says where the model is and how well it reads the test set."""
        done = trained.events()[-1]
        answers = trained.model.network().predict(mnist.test.images)

        assert isinstance(done, Done)
        assert (done.run, done.folder) == (TINY_CONFIG.run_id, str(trained.folder))
        assert not done.cached
        assert done.test_accuracy == np.mean(answers.argmax(axis=1) == mnist.test.labels)
        assert trained.model.results.items() <= asdict(done).items()
        assert None not in asdict(done).values()


class TestTrainedModel:
    def test_config(self, trained: Finished) -> None:
        """Every option that was given is in the config."""
        assert trained.model.config == TINY_CONFIG

    def test_checkpoints(self, trained: Finished) -> None:
        """The weights before training and after each epoch are kept; the last are the result."""
        checkpoints = trained.model.checkpoints()
        weights = [network.weights["conv1"].kernel for network in checkpoints.values()]

        assert list(checkpoints) == [Moment(0, 0), Moment(1, 0), Moment(2, 0)]
        assert not np.array_equal(weights[0], weights[1])
        np.testing.assert_array_equal(weights[-1], trained.model.network().weights["conv1"].kernel)

    def test_probabilities(self, trained: Finished, mnist: Mnist) -> None:
        """The kept answers are the network's answers to the test set."""
        np.testing.assert_allclose(
            trained.model.test_probabilities()[:100],
            trained.model.network().predict(mnist.test.images[:100]),
            atol=1e-6,
        )

    def test_nothing_else_is_left(self, trained: Finished, runs: Path) -> None:
        """The store holds the model and no scratch."""
        assert list(runs.iterdir()) == [trained.folder]


class TestAgain:
    @pytest.mark.parametrize(
        "name", ["config.json", "weights.npz", "checkpoints.npz", "test_probabilities.npy"]
    )
    def test_same_seed_same_bytes(
        self, trained: Finished, trained_again: Finished, name: str
    ) -> None:
        """The same config, trained twice, gives the same files to the last byte."""
        first, second = (finished.folder / name for finished in (trained, trained_again))

        assert first.read_bytes() == second.read_bytes()

    def test_found_at_once(self, trained: Finished, runs: Path) -> None:
        """What was trained before is not trained again; TensorFlow is not even imported."""
        before = ("env", "PYTHONPROFILEIMPORTTIME=1")

        child = run(*TINY, "--json", runs=runs, before=before)

        (done,) = (event_of(line) for line in child.stdout.splitlines())
        before_it = trained.events()[-1]
        assert isinstance(before_it, Done)
        assert done == replace(before_it, cached=True)
        assert " cnn_core.store.store\n" in child.stderr
        assert "tensorflow" not in child.stderr

    def test_found_in_its_folder(
        self, trained_again: Finished, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A model that stands where it would be saved is found there."""
        assert main([*TINY, "--output", str(trained_again.folder)]) == 0
        assert capsys.readouterr().out.startswith("Trained before: ")

    def test_where_letters_are_missing(self, trained: Finished, tmp_path: Path) -> None:
        """A terminal that knows nothing but ASCII shows question marks, and nothing breaks."""
        folder = shutil.copytree(trained.folder, tmp_path / "Größe")

        child = subprocess.run(
            [*COMMAND, *TINY, "--output", str(folder)],
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert child.returncode == 0, child.stderr
        assert child.stdout.endswith("Gr??e.\n")

    def test_on_a_terminal(self, trained_again: Finished) -> None:
        """A person sees the running epoch in one line that is rewritten, and its end."""
        lines = trained_again.output.splitlines()

        assert lines[0] == f"Run {TINY_CONFIG.run_id}: 1,426 parameters, 2 epochs."
        assert re.search(r"\rEpoch 1/2 █+·* loss [\d.]+  accuracy [\d.]+%", trained_again.output)
        assert re.search(r"\rEpoch 2/2 loss .* validation [\d.]+%  \d+ s", trained_again.output)
        assert re.fullmatch(
            rf"Trained: [\d.]+% of the held-out digits, in {trained_again.folder}\.", lines[-1]
        )
        assert trained_again.errors == ""


class Running:
    """An endless training run that has begun to train."""

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self.process = subprocess.Popen(
            [*COMMAND, *ENDLESS, "--json"],
            env=os.environ | {"DIGITSCOPE_RUNS": str(runs)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        event: Event | None = None
        while not isinstance(event, Batch):
            line = self.output.readline()
            assert line, self.process.communicate()[1]
            event = event_of(line)

    @property
    def output(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout


def close_input(running: Running) -> None:
    assert running.process.stdin is not None
    running.process.stdin.close()
    running.process.stdin = None


def interrupt(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)


def terminate(running: Running) -> None:
    running.process.terminate()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """An endless training run, ended with the test whatever happens."""
    endless = Running(tmp_path)
    yield endless
    endless.process.kill()
    endless.process.communicate()


class TestStopping:
    @pytest.mark.parametrize("stop", [interrupt, terminate, close_input])
    def test_stops_cleanly(self, running: Running, stop: Callable[[Running], None]) -> None:
        """Ctrl-C, SIGTERM and a parent that leaves end the run with a word and without a trace."""
        stop(running)
        output, errors = running.process.communicate(timeout=60)
        last = event_of(output.splitlines()[-1])

        assert running.process.returncode == 130
        assert last == Stopped("Training was stopped; nothing was saved.")
        assert without_tensorflow(errors) == ""
        assert list(running.runs.iterdir()) == []

    def test_nobody_listens_any_more(self, running: Running) -> None:
        """A run whose output nobody reads any more ends as well, without a stack trace."""
        running.output.close()
        running.process.stdout = None
        errors = running.process.communicate(timeout=60)[1]

        assert running.process.returncode == 130
        assert without_tensorflow(errors) == ""
        assert list(running.runs.iterdir()) == []

    def test_a_few_events_a_second(self, running: Running) -> None:
        """However fast the batches are, they are reported at most four times a second."""
        batches: list[Batch] = []
        while len(batches) < 5:
            event = event_of(running.output.readline())
            batches += [event] if isinstance(event, Batch) else []

        assert min(np.diff([batch.seconds for batch in batches])) >= 0.24
        # On a busy machine a single batch may take that long.
        assert max(np.diff([batch.batch for batch in batches])) > 1


class TestFailing:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--epochs", "0"], "The number of epochs is a whole number from 1 to 500, not 0."),
            (["--learning-rate", "nan"], "The learning rate is a number, not nan."),
            (["--kernel-size", "9"], "Convolution 3 is handed maps of 1×1"),
            (["--filters", "0"], "The number of filters of convolution 1"),
            (["--zoom", "2"], "Augmentation zoom is a number from 0 to 0.5, not 2.0."),
            (["--training-images", "60000"], "from 10 to 54,000, not 60000"),
        ],
    )
    def test_settings_that_cannot_be_run(
        self, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Settings that make no sense end at once with what is wrong with them."""
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert message in captured.err
        assert captured.out == ""

        assert main([*arguments, "--json"]) == 2
        captured = capsys.readouterr()
        failed = event_of(captured.out)
        assert isinstance(failed, Failed)
        assert message in failed.message
        assert captured.err == ""

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "The training settings are not JSON"),
            ("[" * 100_000, "The training settings are not JSON"),
            ("[1]", "A training is a set of named values"),
            ('{"epochs": 0}', "The number of epochs"),
            ('{"optimizer": "magic"}', "There is no optimizer 'magic'."),
            ('{"architecture": {"kernel_size": 12}}', "The kernel size"),
        ],
    )
    def test_config_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
    ) -> None:
        """A config file that cannot be run is refused like options that cannot."""
        path = tmp_path / "config.json"
        path.write_text(content)

        assert main(["--config", str(path)]) == 2
        assert message in capsys.readouterr().err

    def test_config_file_that_is_not_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A config file that cannot be read is named."""
        assert main(["--config", "/no/such/config.json"]) == 2
        assert "/no/such/config.json cannot be read" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "arguments", [["--epochs", "many"], ["--padding", "full"], ["--optimizer", "magic"]]
    )
    def test_words_that_are_no_option(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What cannot even be read is refused the same way, naming the option."""
        with pytest.raises(SystemExit) as caught:
            main(arguments)

        assert caught.value.code == 2
        assert arguments[0] in capsys.readouterr().err

    def test_exit_status_is_that_of_the_process(self, tmp_path: Path) -> None:
        """The real command ends with the status that its help promises."""
        assert run("--epochs", "0", runs=tmp_path).returncode == 2

    def test_too_little_room(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A disk that is nearly full is told of before anything is trained."""
        left = bytes_needed(TINY_CONFIG) - 1
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=left))

        assert main([*TINY, "--output", str(tmp_path / "model")]) == 2
        assert "of room, and" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []

    def test_output_that_is_no_model(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A folder of somebody's files is refused before anything is trained, even with --force."""
        (tmp_path / "thesis.txt").write_text("two years of work")

        assert main([*TINY, "--force", "--output", str(tmp_path)]) == 2
        assert "would replace what is there (thesis.txt" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


class TestSavedMeanwhile:
    """Another process, of a second server for instance, saves the same training before this one."""

    @pytest.mark.parametrize("arguments", [[], ["--force"]])
    def test_is_asked_for_before_saving(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
    ) -> None:
        """What is there by then is found, unless it is to be replaced."""
        monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path))
        found = []

        def train(config: TrainingConfig, folder: Path, *wishes: Any) -> None:
            *_, found_meanwhile, _name_stopped = wishes
            found.append(found_meanwhile())
            save_model(folder, files_of(config))
            found.append(found_meanwhile())

        monkeypatch.setattr("cnn_core.training.engine.train", train)

        assert main([*TINY, *arguments]) == 0
        before, after = found
        assert before is None
        assert after == (None if arguments else find_run(TINY_CONFIG))


class TestOptions:
    def test_help_names_every_setting(self) -> None:
        """Whatever a config has can be set, and --help says how."""
        child = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True)
        nested = {"architecture", "augmentation"}
        names = {
            entry.name
            for kind in (TrainingConfig, Architecture, Augmentation)
            for entry in fields(kind)
        }

        for name in names - nested:
            assert f"  --{name.replace('_', '-')} " in child.stdout, name

    def test_help_describes_what_the_run_says(self) -> None:
        """Every event, with everything in it, and every exit status is in --help."""
        text = subprocess.run(
            [*COMMAND, "--help"], capture_output=True, text=True, check=True
        ).stdout

        assert len(get_args(Event)) == 8
        for kind in get_args(Event):
            described = re.search(
                rf"^  {kind.__name__.lower()} .*(\n {{11}}.*)*", text, re.MULTILINE
            )
            assert described, kind
            for entry in fields(kind):
                assert re.search(rf"\b{entry.name}\b[\w, ]*:", described[0]), (
                    f"{kind}: {entry.name}"
                )
        assert "0 trained or found, 1 failed, 2 settings that cannot be run, 130 stopped" in text
