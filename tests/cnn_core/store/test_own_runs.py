"""Own runs: listed, found again by config, renamed, deleted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cnn_core.errors import StoreError
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.atomic_write import remove_left_behind
from cnn_core.store.files import FILES, MANIFEST, TITLE
from cnn_core.store.own_runs import delete_run, find_run, list_runs, rename_run
from cnn_core.store.store import (
    BUNDLED,
    BUNDLED_ROOT,
    model_folder,
    open_model,
    save_model,
)
from tests.support.damages import write_run
from tests.support.networks import assert_same_weights, random_network
from tests.support.stored import (
    CONFIG,
    SMALL,
    files_of,
)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of own runs."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


class TestFindRun:
    def test_none(self, runs: Path) -> None:
        """A config that nobody trained is not found."""
        assert find_run(CONFIG) is None

    def test_own_run(self, runs: Path) -> None:
        """A config that was trained is found."""
        save_model(runs / CONFIG.run_id, files_of())

        found = find_run(TrainingConfig.from_dict(CONFIG.to_dict()))

        assert found is not None
        assert found.folder == runs / CONFIG.run_id

    def test_another_seed(self, runs: Path) -> None:
        """A config that differs in anything is another run."""
        save_model(runs / CONFIG.run_id, files_of())

        assert find_run(replace(CONFIG, seed=1)) is None

    def test_stopped_before_its_end(self, runs: Path) -> None:
        """A run that was stopped is not what its config gives, and so can be trained again."""
        stopped = b'{"test_accuracy": 0.9, "epochs_trained": 1, "kept_epoch": 1}'
        model = open_model(write_run(runs / "run", files_of() | {"results.json": stopped}))

        assert (model.epochs_trained, model.kept_epoch, model.is_complete) == (1, 1, False)
        assert find_run(CONFIG) is None

    @pytest.mark.parametrize("name", BUNDLED)
    def test_bundled(self, runs: Path, name: str) -> None:
        """The bundled models are what their configs give, so nobody has to train them."""
        found = find_run(BUNDLED_TRAININGS[name].config)

        assert found is not None
        assert found.folder == BUNDLED_ROOT / name

    def test_damaged(self, runs: Path) -> None:
        """A damaged run is not found, and so trained again."""
        folder = save_model(runs / CONFIG.run_id, files_of()).folder
        (folder / "weights.npz").unlink()

        assert find_run(CONFIG) is None

    def test_moved(self, runs: Path) -> None:
        """A folder that has a run's name and another run's content is not taken for it."""
        save_model(runs / CONFIG.run_id, files_of(replace(CONFIG, seed=1)))

        assert find_run(CONFIG) is None


class TestListRuns:
    def test_newest_first(self, runs: Path) -> None:
        """Own runs come newest first; what is damaged, bundled or no run at all is left out."""
        for place, name in enumerate(("old", "new", "damaged", "baseline")):
            folder = save_model(runs / name, files_of(replace(CONFIG, seed=place))).folder
            os.utime(folder / MANIFEST, (place, place))
        (runs / "damaged" / "weights.npz").unlink()
        (runs / ".scratch-1").mkdir()
        (runs / "notes.txt").write_text("mine")

        listed = list_runs()

        assert [run.id for run in listed] == ["new", "old"]
        assert not any(run.is_bundled for run in listed)
        assert [run.saved for run in listed] == [1, 0]
        assert listed[0].size == sum((runs / "new" / name).stat().st_size for name in FILES)

    def test_nothing_trained_yet(self, runs: Path) -> None:
        """Where the folder of own runs does not even exist, there are none."""
        assert list_runs() == []

    def test_follows_the_disk(self, runs: Path) -> None:
        """What is trained anew, damaged or restored is seen the next time."""
        folder = save_model(runs / "run", files_of()).folder
        first = list_runs()[0]
        assert list_runs()[0] is first

        save_model(folder, files_of(replace(CONFIG, seed=1)))
        assert list_runs()[0].weights_checksum != first.weights_checksum
        content = (folder / "weights.npz").read_bytes()
        (folder / "weights.npz").write_bytes(content[:-1])
        assert list_runs() == []
        (folder / "weights.npz").write_bytes(content)
        assert len(list_runs()) == 1

    def test_title(self, runs: Path) -> None:
        """A run is called after its id until somebody names it; bundled ones have their titles."""
        for name in ("0123456789ab", "0123456789ab-7", "my-model"):
            save_model(runs / name, files_of())
        titles = {run.id: run.title for run in list_runs()}

        assert titles == {
            "0123456789ab": "Run 0123",
            "0123456789ab-7": "Run 0123, stopped",
            "my-model": "my-model",
        }
        assert open_model(model_folder("baseline")).title == "Baseline"
        assert open_model(model_folder("baseline")).is_bundled


class TestRename:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("Small kernels", "Small kernels"),
            ("  Two \t spaces\n", "Two spaces"),
            ("Größe 5, 3×3 (50 %)", "Größe 5, 3×3 (50 %)"),
            ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ],
    )
    def test_is_seen_at_once(self, runs: Path, given: str, kept: str) -> None:
        """The new name is there the next time, and survives training it again."""
        folder = save_model(runs / "run", files_of()).folder
        rename_run("run", given)

        assert list_runs()[0].title == kept
        assert_same_weights(list_runs()[0].network(), random_network(SMALL, CONFIG.seed))
        assert save_model(folder, files_of()).title == kept
        assert {path.name for path in folder.iterdir()} == {*FILES, MANIFEST, TITLE}

    @pytest.mark.parametrize(
        "title",
        [
            "",
            "   ",
            "a" * 41,
            "**bold**",
            "[a](http://b)",
            "<b>",
            "a:red[b]",
            "-a",
            "a`b",
            "a\u202eb",
            "www.example.com",
            "see WWW.example.com",
            "\u3164",
            "a\u115f",
        ],
    )
    def test_refused(self, runs: Path, title: str) -> None:
        """What is too long, or would be more than text on a page, is refused."""
        save_model(runs / "run", files_of())

        with pytest.raises(StoreError, match="A name"):
            rename_run("run", title)

        assert list_runs()[0].title == "run"

    def test_title_that_somebody_wrote_by_hand(self, runs: Path) -> None:
        """A title file with nonsense in it is passed over."""
        folder = save_model(runs / "run", files_of()).folder
        (folder / TITLE).write_bytes(b"\xff **x**")

        assert list_runs()[0].title == "run"

    @pytest.mark.parametrize("change", [lambda name: rename_run(name, "Mine"), delete_run])
    def test_bundled_ones_stay_as_they_are(self, change: Callable[[str], None]) -> None:
        """Nobody renames or deletes what came with the project."""
        with pytest.raises(StoreError, match="neither be renamed nor deleted"):
            change("baseline")

        assert open_model(model_folder("baseline")).title == "Baseline"

    def test_not_there(self, runs: Path) -> None:
        """A run that somebody else has just deleted is reported."""
        with pytest.raises(StoreError, match="no trained model"):
            rename_run("run", "Mine")

    def test_killed_while_it_is_written(self, runs: Path) -> None:
        """Whoever dies while renaming leaves the run as it was, and it can still be deleted."""
        save_model(runs / "run", files_of())
        script = (
            "import os, signal; from cnn_core.store.own_runs import rename_run\n"
            "os.fsync = lambda _file: os.kill(os.getpid(), signal.SIGKILL)\n"
            "rename_run('run', 'Another')"
        )
        child = subprocess.run([sys.executable, "-c", script], check=False)

        assert child.returncode == -signal.SIGKILL
        assert open_model(runs / "run").title == "run"
        delete_run("run")
        remove_left_behind(runs)
        assert list(runs.iterdir()) == []


class TestDelete:
    def test_is_gone(self, runs: Path) -> None:
        """A deleted run is gone, with its name; deleting it twice is no error."""
        save_model(runs / "run", files_of())
        rename_run("run", "Mine")

        delete_run("run")
        delete_run("run")

        assert list(runs.iterdir()) == []

    def test_damaged(self, runs: Path) -> None:
        """What can no longer be used can be deleted."""
        (save_model(runs / "run", files_of()).folder / MANIFEST).unlink()

        delete_run("run")

        assert list(runs.iterdir()) == []

    def test_only_models(self, runs: Path) -> None:
        """A folder with anything else in it stays."""
        folder = save_model(runs / "run", files_of()).folder
        (folder / "thesis.txt").write_text("two years of work")

        with pytest.raises(StoreError, match=r"thesis\.txt"):
            delete_run("run")

        assert (folder / "thesis.txt").exists()
