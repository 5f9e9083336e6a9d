"""The store: whole or not at all, every damage noticed."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnn_core.errors import StoreError
from cnn_core.network.architecture import Architecture
from cnn_core.store.arrays import npz_bytes, pack_weights
from cnn_core.store.files import FILES, MANIFEST
from cnn_core.store.store import (
    BUNDLED,
    BUNDLED_ROOT,
    StoredModel,
    check_destination,
    load_network,
    model_folder,
    open_model,
    runs_root,
    save_model,
)
from tests.support.damages import write_run
from tests.support.networks import assert_same_weights, random_network
from tests.support.stored import (
    CONFIG,
    HISTORY,
    KERAS_FILE,
    MOMENTS,
    PROBABILITIES,
    SMALL,
    files_of,
)

# What each file is read by; the others are read by open_model.
READERS: dict[str, Callable[[StoredModel], object]] = {
    "weights.npz": StoredModel.network,
    "history.json": StoredModel.history,
    "checkpoints.npz": StoredModel.checkpoints,
    "test_probabilities.npy": StoredModel.test_probabilities,
    "model.keras": StoredModel.keras_file,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete model."""
    return save_model(tmp_path / "store" / "model", files_of()).folder


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of own runs."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


class TestSaveModel:
    def test_everything_comes_back(self, folder: Path) -> None:
        """What was saved is what is read."""
        model = open_model(folder)

        assert model.id == "model"
        assert model.config == CONFIG
        assert model.results == {"test_accuracy": 0.9}
        assert model.history() == HISTORY
        assert model.keras_file() == KERAS_FILE
        np.testing.assert_array_equal(model.test_probabilities(), PROBABILITIES)
        assert_same_weights(model.network(), random_network(SMALL, CONFIG.seed))

    def test_checkpoints_come_back_in_order(self, folder: Path) -> None:
        """Each kept moment has its own weights, in the order of time."""
        checkpoints = open_model(folder).checkpoints()

        assert tuple(checkpoints) == MOMENTS
        for place, network in enumerate(checkpoints.values()):
            assert_same_weights(network, random_network(SMALL, seed=place))

    def test_probabilities_are_read_only(self, folder: Path) -> None:
        """One visitor cannot change what another sees."""
        with pytest.raises(ValueError, match="read-only"):
            open_model(folder).test_probabilities()[0, 0] = 1

    def test_same_model_same_bytes(self, tmp_path: Path) -> None:
        """The same content gives the same files, whenever it is saved."""
        first = save_model(tmp_path / "first", files_of()).folder
        second = save_model(tmp_path / "second", files_of()).folder

        for name in (*FILES, MANIFEST):
            assert (first / name).read_bytes() == (second / name).read_bytes()

    def test_nothing_else_is_left(self, folder: Path) -> None:
        """Saving leaves the model and no scratch beside it."""
        assert [path.name for path in folder.parent.iterdir()] == ["model"]
        assert {path.name for path in folder.iterdir()} == {*FILES, MANIFEST}

    def test_others_may_read_it(self, folder: Path) -> None:
        """A server that runs as another user can read what was trained."""
        assert folder.stat().st_mode & 0o777 == 0o755

    def test_replaces_a_model(self, folder: Path) -> None:
        """Training again replaces the model, and leaves nothing of the old one."""
        newer = replace(CONFIG, seed=1)
        model = save_model(folder, files_of(newer))

        assert model.config == newer
        assert_same_weights(model.network(), random_network(SMALL, seed=1))
        assert [path.name for path in folder.parent.iterdir()] == ["model"]

    def test_replaces_nothing_else(self, tmp_path: Path) -> None:
        """A folder with anything but a model in it is left as it is."""
        (tmp_path / "thesis.txt").write_text("two years of work")

        with pytest.raises(StoreError, match=r"would replace what is there \(thesis.txt"):
            save_model(tmp_path, files_of())

        assert (tmp_path / "thesis.txt").read_text() == "two years of work"

    def test_file_in_its_place(self, tmp_path: Path) -> None:
        """A file is not replaced by a folder."""
        (tmp_path / "notes").write_text("mine")

        with pytest.raises(StoreError, match="Not a directory"):
            save_model(tmp_path / "notes", files_of())

        assert (tmp_path / "notes").read_text() == "mine"

    def test_missing_parents_are_made(self, tmp_path: Path) -> None:
        """The folders on the way need not exist."""
        assert save_model(tmp_path / "a" / "b" / "c", files_of()).config == CONFIG

    def test_two_at_once(self, tmp_path: Path) -> None:
        """Two trainings that end in the same folder at the same time leave one whole model."""
        start = threading.Barrier(4)

        def save(seed: int) -> None:
            files = files_of(replace(CONFIG, seed=seed))
            start.wait()
            save_model(tmp_path / "model", files)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(save, range(4)))

        model = open_model(tmp_path / "model")
        assert_same_weights(model.network(), random_network(SMALL, model.config.seed))
        assert [path.name for path in tmp_path.iterdir()] == ["model"]

    def test_another_finishes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A model that appears in the very moment before ours is put in place is replaced."""
        other = save_model(tmp_path / "other", files_of(replace(CONFIG, seed=1))).folder
        folder = tmp_path / "model"
        rename = Path.rename

        def rename_too_late(source: Path, target: Path) -> Path:
            if target == folder and other.exists():
                rename(other, folder)
            return rename(source, target)

        monkeypatch.setattr(Path, "rename", rename_too_late)

        assert save_model(folder, files_of()).config == CONFIG
        assert open_model(folder).config == CONFIG
        assert [path.name for path in tmp_path.iterdir()] == ["model"]

    def test_reader_never_sees_a_mixture(self, folder: Path) -> None:
        """Who reads while a model is replaced gets one model or an error, not parts of two."""
        seen = set()
        with ThreadPoolExecutor() as pool:
            writing = pool.submit(
                lambda: [
                    save_model(folder, files_of(replace(CONFIG, seed=seed))) for seed in range(40)
                ]
            )
            while not writing.done():
                with contextlib.suppress(StoreError):
                    model = open_model(folder)
                    assert_same_weights(model.network(), random_network(SMALL, model.config.seed))
                    seen.add(model.config.seed)

        assert len(writing.result()) == 40
        assert len(seen) > 1


class TestDiskFull:
    @pytest.fixture
    def small_files_only(self) -> Iterator[None]:
        """The system refuses to let any file grow beyond 100 kB."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    @pytest.mark.usefixtures("small_files_only")
    def test_nothing_is_left(self, tmp_path: Path) -> None:
        """A model that does not fit is an error with a remedy, and leaves no half of it behind."""
        with pytest.raises(
            StoreError, match=r"could not be saved in .*model: File too large\. Free"
        ):
            save_model(tmp_path / "model", files_of())

        assert list(tmp_path.iterdir()) == []

    def test_what_was_there_stays(self, folder: Path, request: pytest.FixtureRequest) -> None:
        """Where the new model does not fit, the old one is still served."""
        request.getfixturevalue("small_files_only")
        with pytest.raises(StoreError, match="File too large"):
            save_model(folder, files_of(replace(CONFIG, seed=1)))

        assert open_model(folder).config == CONFIG
        assert [path.name for path in folder.parent.iterdir()] == ["model"]

    def test_noticed_only_when_flushed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A disk that takes the bytes and fails to keep them is a failure too."""

        def full(_file: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)

        with pytest.raises(StoreError, match="No space left on device"):
            save_model(tmp_path / "model", files_of())

        assert list(tmp_path.iterdir()) == []

    def test_unwritable(self, tmp_path: Path) -> None:
        """A place where nothing can be created is an error with a remedy."""
        with pytest.raises(StoreError, match="choose another folder"):
            check_destination(Path("/proc/digitscope/model"))

    def test_read_only(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder that lets nothing new in is noticed by trying, whatever its permissions say."""

        def read_only(*_arguments: object, **_options: object) -> str:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        monkeypatch.setattr(tempfile, "mkdtemp", read_only)

        with pytest.raises(StoreError, match=r"No model can be saved in .*: Read-only file system"):
            check_destination(tmp_path / "model")

    def test_a_file_for_a_folder(self, tmp_path: Path) -> None:
        """Where the folder of runs is a file, that is said, and the file stays."""
        (tmp_path / "runs").write_text("mine")

        with pytest.raises(StoreError, match=r"runs is a file\. Whoever .*DIGITSCOPE_RUNS names"):
            check_destination(tmp_path / "runs" / "model")

        assert (tmp_path / "runs").read_text() == "mine"

    def test_too_little_room(self, tmp_path: Path) -> None:
        """What will not fit is said before anything is trained for it, with what is free."""
        free = shutil.disk_usage(tmp_path).free
        check_destination(tmp_path / "model", free // 2)

        with pytest.raises(StoreError, match=r"takes [\d,.]+ MB of room, .* has [\d,.]+ MB left"):
            check_destination(tmp_path / "model", 4 * free)

        assert list(tmp_path.iterdir()) == []


class TestKilled:
    SCRIPT = """
import os, signal, sys
from pathlib import Path
from cnn_core.store.store import save_model
from tests.support.stored import files_of

left = int(sys.argv[2])

def fsync(_file):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

os.fsync = fsync
save_model(Path(sys.argv[1]), files_of())
"""

    @pytest.mark.parametrize("files_written", [1, len(FILES), len(FILES) + 1])
    def test_half_written_is_not_served(self, tmp_path: Path, files_written: int) -> None:
        """A process that dies while it saves leaves nothing that could be taken for a model."""
        folder = tmp_path / "model"
        child = subprocess.run(
            [sys.executable, "-c", self.SCRIPT, str(folder), str(files_written)], check=False
        )

        assert child.returncode == -signal.SIGKILL
        with pytest.raises(StoreError, match="There is no trained model"):
            open_model(folder)


class TestDamage:
    def assert_reported(self, folder: Path, what: str) -> None:
        """Opening a model or reading the file that is damaged says what is wrong with it."""
        with pytest.raises(StoreError) as caught:
            READERS.get(what, StoredModel.network)(open_model(folder))

        message = str(caught.value)
        assert str(folder) in message
        assert what in message or what == MANIFEST
        assert "train the model again" in message

    @pytest.mark.parametrize("name", [*FILES, MANIFEST])
    def test_missing(self, folder: Path, name: str) -> None:
        """A file that is gone is named."""
        (folder / name).unlink()

        self.assert_reported(folder, name)

    @pytest.mark.parametrize("name", [*FILES, MANIFEST])
    def test_truncated(self, folder: Path, name: str) -> None:
        """A file that lost its end is named."""
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

        self.assert_reported(folder, name)

    @pytest.mark.parametrize("name", FILES)
    def test_altered(self, folder: Path, name: str) -> None:
        """A file in which one bit changed, its size still right, is named."""
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)

        self.assert_reported(folder, name)

    @pytest.mark.parametrize("name", FILES)
    def test_folder_in_its_place(self, folder: Path, name: str) -> None:
        """What is not a file at all is named."""
        (folder / name).unlink()
        (folder / name).mkdir()

        self.assert_reported(folder, name)

    @pytest.mark.parametrize("name", list(READERS))
    def test_gone_after_it_was_opened(self, folder: Path, name: str) -> None:
        """A file that goes away while the server runs is named when it is needed."""
        model = open_model(folder)
        (folder / name).unlink()

        with pytest.raises(StoreError, match=f"{name} is missing, or no plain file"):
            READERS[name](model)

    @pytest.mark.parametrize(
        "content", [b"", b"[]", b"{}", b"null", b'{"config.json": 1}', b"\xff\xfe"]
    )
    def test_manifest_of_another_kind(self, folder: Path, content: bytes) -> None:
        """A manifest that is none is reported."""
        (folder / MANIFEST).write_bytes(content)

        with pytest.raises(StoreError, match="manifest is missing or unreadable"):
            open_model(folder)

    @pytest.mark.parametrize("config", [b"[]", b"null", b'{"epochs": 0}', b"{", b'{"depth": 3}'])
    def test_config_that_cannot_be_run(self, tmp_path: Path, config: bytes) -> None:
        """A folder made by hand, with a config that makes no sense, is reported."""
        folder = write_run(tmp_path / "model", files_of() | {"config.json": config})

        with pytest.raises(StoreError, match=r"config\.json is no"):
            open_model(folder)

    @pytest.mark.parametrize("name", ["weights.npz", "checkpoints.npz", "test_probabilities.npy"])
    @pytest.mark.parametrize("content", [b"", b"no archive"])
    def test_content_of_another_kind(self, tmp_path: Path, name: str, content: bytes) -> None:
        """A folder made by hand, with a file that is not what its name says, is reported."""
        model = open_model(write_run(tmp_path / "model", files_of() | {name: content}))

        with pytest.raises(StoreError, match=f"{name} (is no archive|has an array that)"):
            READERS[name](model)

    def test_weights_of_another_network(self, tmp_path: Path) -> None:
        """Weights that do not fit the config's architecture are never run."""
        other = random_network(Architecture(filters=(3,), dense_units=4))
        files = files_of() | {"weights.npz": npz_bytes(pack_weights(other.weights))}

        model = open_model(write_run(tmp_path / "model", files))

        with pytest.raises(StoreError, match=r"weights\.npz has .* than its network|not float32"):
            model.network()

    def test_pickles_are_not_opened(self, tmp_path: Path) -> None:
        """An array that only pickle can read, and with it any code, is refused."""
        path = tmp_path / "pickled.npy"
        np.save(path, np.array([print], dtype=object), allow_pickle=True)
        files = files_of() | {"test_probabilities.npy": path.read_bytes()}

        model = open_model(write_run(tmp_path / "model", files))

        with pytest.raises(StoreError, match=r"test_probabilities\.npy has an array of object"):
            model.test_probabilities()

    def test_bundled_model_can_be_restored(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """For a bundled model the remedy is git, or to train it again."""
        monkeypatch.setattr("cnn_core.store.store.BUNDLED_ROOT", tmp_path)
        (tmp_path / "improved").mkdir()

        with pytest.raises(StoreError, match="git checkout -- cnn_core/assets/models/improved"):
            load_network("improved")


class TestModelFolder:
    @pytest.mark.parametrize("name", BUNDLED)
    def test_bundled(self, name: str) -> None:
        """The two names stand for what is bundled."""
        assert model_folder(name) == BUNDLED_ROOT / name

    def test_own_run(self, runs: Path) -> None:
        """Any other name is that of an own run."""
        assert model_folder("0123456789ab") == runs / "0123456789ab"

    def test_runs_are_kept_in_the_working_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing else is said, runs are kept in `runs`."""
        monkeypatch.delenv("DIGITSCOPE_RUNS", raising=False)

        assert runs_root() == Path("runs")

    @pytest.mark.parametrize(
        "name",
        [
            *("", ".", "..", "../baseline", "/etc", "a/b", "a\\b", ".hidden", "-a", "a b", "A"),
            *("baseline\n", "baseline\0", "a" * 41, "bäseline", "~"),
        ],
    )
    def test_no_way_out_of_the_store(self, name: str) -> None:
        """A name that could lead anywhere else is refused."""
        with pytest.raises(StoreError, match="is not the name of a model"):
            load_network(name)

    def test_run_that_is_not_there(self, runs: Path) -> None:
        """A run that nobody made is reported with what to do."""
        with pytest.raises(StoreError, match=r"no trained model in .* choose another model"):
            load_network("0123456789ab")
