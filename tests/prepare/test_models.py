"""The command that trains what is bundled; training itself is tested beside its own code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cnn_core.recipe import bundled_trainings as recorded
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS, SEEDS, seed_results
from cnn_core.store.moment import Moment
from cnn_core.store.store import StoredModel, model_folder, open_model
from prepare import models
from prepare.models import keep_few_moments, main, note_seed


@pytest.fixture
def seeds_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of results in place of the bundled one, without any yet."""
    path = tmp_path / "seeds.json"
    monkeypatch.setattr(recorded, "SEEDS_PATH", path)
    monkeypatch.setattr(models, "SEEDS_PATH", path)
    return path


def never(*_: object) -> StoredModel:
    raise AssertionError("nothing was to be trained")


def test_trains_nothing_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is bundled with the recorded config, all seeds known, is left as it is."""
    monkeypatch.setattr(models, "_train", never)
    before = seed_results()

    main(["baseline", "improved"])

    assert seed_results() == before


def test_trains_the_seeds_that_are_missing(
    seeds_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a bundled step whose other seeds are unknown, those alone are trained."""
    asked = []

    def train(config: object, folder: Path) -> StoredModel:
        asked.append(config)
        return open_model(model_folder("baseline"))

    monkeypatch.setattr(models, "_train", train)

    main(["baseline"])

    assert [config.seed for config in asked] == [1, 2]  # type: ignore[attr-defined]
    assert list(seed_results()["baseline"]) == list(SEEDS)


def test_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing recorded has is refused before anything is trained."""
    with pytest.raises(SystemExit):
        main(["resnet"])

    assert "resnet" in capsys.readouterr().err


def test_seeds_are_kept_in_order(seeds_file: Path) -> None:
    """In whatever order results come in, they are kept by step and seed."""
    later, first = list(IMPROVEMENTS)[3], next(iter(IMPROVEMENTS))
    for name, seed in [(later, 2), (first, 1), (later, 0), (first, 0)]:
        note_seed(name, seed, {"test_accuracy": 0.9 + seed / 100, "test_loss": 0.1, "seconds": 3})

    kept = seed_results()

    assert [(name, list(seeds)) for name, seeds in kept.items()] == [
        (first, [0, 1]),
        (later, [0, 2]),
    ]
    assert kept[later][2] == {"test_accuracy": 0.92, "test_loss": 0.1}


def test_keeps_few_moments(tmp_path: Path) -> None:
    """A model saved with fewer moments keeps its weights, its beginning and its end."""
    folder = tmp_path / "baseline"
    shutil.copytree(model_folder("baseline"), folder)
    before = open_model(folder)

    after = keep_few_moments(before)

    assert list(after.checkpoints()) == [Moment(epoch, 0) for epoch in (0, 1, 2, 5, 10)]
    assert after.weights_checksum == before.weights_checksum
    assert after.history() == before.history()
