"""However a run in the store is damaged, it is noticed, named and can be deleted, and nothing else fails."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cnn_core.errors import StoreError
from cnn_core.store.files import FILES, OWNER, TITLE
from cnn_core.store.own_runs import (
    damaged_runs,
    delete_run,
    find_run,
    list_runs,
    read_run,
    read_unread_runs,
    rename_run,
)
from cnn_core.store.store import BUNDLED_ROOT, StoredModel, open_model, save_model
from tests.support.damages import DEEP, damages, write_run
from tests.support.reading import assert_sound, limited, refusals
from tests.support.stored import CONFIG, files_of

WHOLE = files_of()
DAMAGES = damages()
OTHER = "0123456789ab"
RUN = "abcd12345678"


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of own runs with one that is whole."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path / "runs"))
    write_run(tmp_path / "runs" / OTHER, WHOLE)
    return tmp_path / "runs"


@pytest.fixture(scope="module")
def shared_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a store for all ways to damage another run beside it."""
    return write_run(tmp_path_factory.mktemp("shared") / "runs" / OTHER, WHOLE).parent


@pytest.mark.parametrize("name", DAMAGES)
def test_damage(shared_runs: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It is reported in words, listed nowhere but among the damaged, and deleted where one asks."""
    runs = shared_runs
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(runs))
    folder = write_run(runs / RUN, WHOLE)
    DAMAGES[name](folder)

    met = refusals(folder)

    assert met
    for error in met:
        assert 60 < len(str(error)) < 1_000
    assert read_unread_runs(60) == 0
    assert [run.id for run in list_runs()] == [OTHER]
    assert [run.id for run in damaged_runs()] == [RUN]
    with pytest.raises(StoreError, match="is damaged: "):
        read_run(RUN)
    found = find_run(CONFIG)
    assert found is not None
    assert found.id == OTHER
    delete_run(RUN)
    assert damaged_runs() == []
    assert [path.name for path in runs.iterdir()] == [OTHER]
    shutil.rmtree(runs.parent / "elsewhere", ignore_errors=True)
    (runs.parent / "elsewhere").unlink(missing_ok=True)


def test_whole_runs_pass(tmp_path: Path) -> None:
    """What a training writes is taken, the largest and the smallest that came with the project."""
    assert refusals(write_run(tmp_path / "run", WHOLE)) == []
    for bundled in BUNDLED_ROOT.iterdir():
        model = open_model(bundled)
        model.check()
        assert_sound(model)


@pytest.mark.parametrize("content", [b"\xff", b"x" * 10**6, DEEP, b"", b"www.example.com"])
def test_title_or_owner_with_nonsense(runs: Path, content: bytes) -> None:
    """A run is not damaged by what stands beside it; it is called after its id, and the operator's."""
    for name in (TITLE, OWNER):
        (runs / OTHER / name).write_bytes(content)

    run = read_run(OTHER)

    assert (run.title, run.owner) == ("Run 0123", None)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_title_or_owner_that_is_no_file(runs: Path, make: Callable[[Path], None]) -> None:
    """Nothing waits for a pipe, or reads a device to its end."""
    for name in (TITLE, OWNER):
        make(runs / OTHER / name)

    with limited():
        run = read_run(OTHER)

    assert (run.title, run.owner) == ("Run 0123", None)


def test_read_once(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not changed is read wholly once, however often it is asked for; else again."""
    read = []
    whole = StoredModel.check

    def check(run: StoredModel) -> None:
        read.append(run)
        whole(run)

    monkeypatch.setattr(StoredModel, "check", check)
    for _ in range(3):
        read_run(OTHER)
        assert read_unread_runs(60) == 0
    assert len(read) == 1

    content = (runs / OTHER / "weights.npz").read_bytes()
    (runs / OTHER / "weights.npz").write_bytes(bytes(len(content)))
    for _ in range(3):
        with pytest.raises(StoreError, match=r"weights\.npz does not have the checksum"):
            read_run(OTHER)
    assert list_runs() == []
    assert len(read) == 2

    (runs / OTHER / "weights.npz").write_bytes(content)
    assert read_run(OTHER).title == "Run 0123"


def test_reading_in_portions(runs: Path) -> None:
    """Reading many runs stops when its time is over, and goes on from there."""
    for place in range(4):
        write_run(runs / f"{place:012x}", WHOLE)

    assert read_unread_runs(0) == 5
    while left := read_unread_runs(0.001):
        assert left < 5
    assert read_unread_runs(0) == 0


def test_what_the_system_refuses_is_tried_again(runs: Path) -> None:
    """A server that had too many files open has no damaged runs when it has fewer."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4, before[1]))
    try:
        with pytest.raises(StoreError, match=r"no trained|no model|cannot be read"):
            read_run(OTHER)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert read_run(OTHER).id == OTHER
    assert damaged_runs() == []


def test_a_folder_that_nobody_may_read(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run whose files belong to somebody else is named like any other damaged one."""
    write_run(runs / RUN, WHOLE)
    opened: Any = Path.open

    def refuse(path: Path, *rest: str) -> object:
        if path.parent.name == RUN:
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    monkeypatch.setattr(Path, "open", refuse)

    assert [run.id for run in list_runs()] == [OTHER]
    assert "cannot be read (Permission denied)" in damaged_runs()[0].problem


def test_what_is_no_run_is_passed_over(runs: Path) -> None:
    """Files and folders that have nothing of a run in them are nobody's damaged run."""
    (runs / "notes").write_text("mine")
    (runs / "photos").mkdir()
    (runs / "photos" / "cat.jpg").touch()
    (runs / ".scratch-1").mkdir()

    assert damaged_runs() == []
    assert [run.id for run in list_runs()] == [OTHER]


@pytest.mark.parametrize("where", ["thesis.txt", "weights.npz/thesis.txt", "drafts/thesis.txt"])
def test_strangers_are_never_deleted(runs: Path, where: str) -> None:
    """A damaged run with anything else in it stays, and why is said; without, it goes."""
    folder = write_run(runs / RUN, WHOLE)
    (folder / "weights.npz").unlink()
    (folder / where).parent.mkdir(exist_ok=True)
    (folder / where).write_text("two years of work")

    with pytest.raises(StoreError, match=r"Move it elsewhere, then delete the run"):
        delete_run(RUN)
    assert (folder / where).read_text() == "two years of work"

    shutil.rmtree(folder / where.split("/")[0]) if "/" in where else (folder / where).unlink()
    delete_run(RUN)
    assert not folder.exists()


def test_behind_a_link_nothing_is_deleted(runs: Path, tmp_path: Path) -> None:
    """Of a run that is a link only the link goes, even where strangers stand behind it."""
    elsewhere = write_run(tmp_path / "elsewhere", WHOLE)
    (elsewhere / "thesis.txt").touch()
    (runs / RUN).symlink_to(elsewhere)

    delete_run(RUN)

    assert {path.name for path in elsewhere.iterdir()} > {*FILES, "thesis.txt"}
    assert not os.path.lexists(runs / RUN)


def test_nothing_is_saved_that_nobody_can_read(runs: Path) -> None:
    """A training whose weights became infinite at its very end is told so, and leaves nothing."""
    name = "weights.npz: infinite"
    broken = write_run(runs.parent / "broken" / "run", WHOLE)
    DAMAGES[name](broken)
    files = {name: (broken / name).read_bytes() for name in FILES}

    with pytest.raises(StoreError, match=r"infinite, or no numbers at all.* smaller learning rate"):
        save_model(runs / RUN, files)

    assert [path.name for path in runs.iterdir()] == [OTHER]


def test_a_damaged_run_has_no_name(runs: Path) -> None:
    """Renaming what is damaged says what is wrong."""
    (runs / OTHER / "config.json").unlink()

    with pytest.raises(StoreError, match=r"config\.json is missing"):
        rename_run(OTHER, "Mine")
