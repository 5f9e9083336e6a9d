"""Whose run it is is kept beside the run, and stays when it is trained again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnn_core.store.files import OWNER
from cnn_core.store.ownership import OWNER_VARIABLE, fingerprint, is_owner, read_owner
from cnn_core.store.store import open_model, save_model
from tests.support.stored import files_of

KEYS = ("first key", "second key")


def save_for(key: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """Whose run it is after a training for a visitor with this key, or for none."""
    if key is None:
        monkeypatch.delenv(OWNER_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(OWNER_VARIABLE, fingerprint(key))
    save_model(folder, files_of())
    return open_model(folder).owner


def test_of_whoever_trained_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the key proves it, and beside the run there is nothing to find it by."""
    owner = save_for(KEYS[0], tmp_path / "run", monkeypatch)

    assert is_owner(owner, KEYS)
    assert not is_owner(owner, KEYS[1:])
    assert not is_owner(owner, [owner or ""])
    assert not is_owner(owner, [])
    assert KEYS[0] not in (tmp_path / "run" / OWNER).read_text()


def test_of_the_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is trained on the command line belongs to no visitor."""
    owner = save_for(None, tmp_path / "run", monkeypatch)

    assert owner is None
    assert not is_owner(owner, KEYS)
    assert not (tmp_path / "run" / OWNER).exists()


def test_training_it_again_takes_it_from_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same training gives the same run; a damaged one is a new owner's."""
    for key in (KEYS[0], KEYS[1], None):
        assert is_owner(save_for(key, tmp_path / "run", monkeypatch), KEYS[:1])
    assert save_for(None, tmp_path / "other", monkeypatch) is None
    assert save_for(KEYS[0], tmp_path / "other", monkeypatch) is None

    (tmp_path / "run" / "weights.npz").unlink()
    assert is_owner(save_for(KEYS[1], tmp_path / "run", monkeypatch), KEYS[1:])


@pytest.mark.parametrize("content", [b"", b"\xff", b"f" * 63, b"F" * 64, b"f" * 64 + b"\n"])
def test_owner_that_is_none(tmp_path: Path, content: bytes) -> None:
    """What is no fingerprint makes nobody the owner."""
    (tmp_path / OWNER).write_bytes(content)

    assert read_owner(tmp_path) is None
