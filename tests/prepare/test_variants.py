"""The command that trains variants: which, in which order, and what it keeps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist, Split
from cnn_core.findings import variant_results
from cnn_core.findings.variant_results import is_known, load_measured
from cnn_core.findings.variants import unseen_by_reference
from cnn_core.network.network import Weights
from cnn_core.recipe.config import TrainingConfig
from cnn_core.recipe.variants import BLACKENED, VARIANTS
from cnn_core.store import variant_files
from cnn_core.store.variant_files import variant_network
from prepare import variants
from prepare.variants import main, prepare, table, tasks
from tests.support.networks import random_network
from tests.support.pages import ROOT


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither results nor weights yet."""
    monkeypatch.setattr(variant_results, "RESULTS_PATH", tmp_path / "results.json")
    monkeypatch.setattr(variant_files, "VARIANTS_ROOT", tmp_path)


def test_nothing_is_trained_that_is_there() -> None:
    """All seeds of all variants are bundled; --force asks for them all, seed 0 of each first."""
    assert list(tasks(list(VARIANTS), force=False)) == []
    assert list(tasks(["one-block", "no-relu"], force=True)) == [
        (name, seed) for seed in (0, 1, 2) for name in ("one-block", "no-relu")
    ]


def test_goes_on_where_it_stopped(
    empty: None, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is trained is kept at once, with the weights of seed 0, and not asked for again."""
    few = Mnist(Path("nowhere"))
    few.train, few.test = (
        Split(split.images[:30], split.labels[:30]) for split in (mnist.train, mnist.test)
    )
    trained: list[tuple[int, bool]] = []

    def train(name: str, config: TrainingConfig, split: Split) -> tuple[dict[str, Weights], float]:
        trained.append((config.seed, bool(split.images[:, unseen_by_reference()].any())))
        return random_network(config.architecture, config.seed).weights, 0.125

    monkeypatch.setattr(variants, "_train", train)

    prepare("dense-narrow", 0, few)
    prepare("dense-narrow", 1, few)

    assert list(tasks(["dense-narrow"], force=False)) == [("dense-narrow", 2)]
    assert [seed for seed, _ in trained] == [0, 1]
    found = load_measured(few.test.class_counts())["dense-narrow"]
    assert found.validation == (0.125, 0.125)
    answers = variant_network("dense-narrow").predict(few.test.images).argmax(axis=1)
    assert found.mistakes[0] == np.sum(answers != few.test.labels)
    # Of seed 1 only what it misreads is kept.
    first = random_network(VARIANTS["dense-narrow"].config.architecture, 0).weights["dense"].kernel
    np.testing.assert_array_equal(variant_network("dense-narrow").weights["dense"].kernel, first)


def test_blackened_images_are_trained_on(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held-out images too, and nobody else's."""
    seen: list[Split] = []

    def train_weights(
        config: object, split: Split, report: object
    ) -> tuple[dict[str, Weights], float]:
        seen.append(split)
        return {}, 0.0

    monkeypatch.setattr("cnn_core.training.weights_only.train_weights", train_weights)
    for name in (BLACKENED, "dense-wide"):
        variants._train(name, VARIANTS[name].config, mnist.train)

    black, plain = seen
    assert not black.images[:, unseen_by_reference()].any()
    assert len(black) == 60_000
    assert plain.images is mnist.train.images


def test_the_store_is_not_trained_again(
    empty: None, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seed 0 of baseline is the bundled one; its errors are counted and kept."""
    few = Mnist(Path("nowhere"))
    few.test = Split(mnist.test.images[:20], mnist.test.labels[:20])
    prepare("baseline", 0, few)

    assert is_known("baseline", 0)
    assert "baseline" in load_measured(few.test.class_counts())


def test_the_table_of_the_readme_is_what_was_measured(mnist: Mnist) -> None:
    """Line by line, all variants."""
    lines = table(load_measured(mnist.test.class_counts()))

    assert len(lines) == 2 + len(VARIANTS)
    assert "\n".join(lines) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no variant has is refused before anything is trained."""
    with pytest.raises(SystemExit):
        main(["resnet"])

    assert "resnet" in capsys.readouterr().err
