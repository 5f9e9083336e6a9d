"""The results of variants: kept with what they are of, refused for anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.errors import ComputedError
from cnn_core.findings import variant_results
from cnn_core.findings.variant_results import Measured, is_known, load_measured, mean, note_result
from cnn_core.findings.variants import MOVES, count_errors
from cnn_core.recipe.bundled_trainings import SEEDS
from cnn_core.recipe.variants import PADDED, REFERENCE, VARIANTS
from cnn_core.store.store import model_folder, open_model
from cnn_core.store.variant_files import variant_checksum, variant_network

DIGITS = np.full(10, 100)


def errors(still: int, moved: int = 0) -> np.ndarray:
    """So many of each label, as they are, and in each direction."""
    return np.array([[still] * 10] + [[moved] * 10] * 8)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of results in place of the bundled one, not there yet."""
    path = tmp_path / "variants" / "results.json"
    monkeypatch.setattr(variant_results, "RESULTS_PATH", path)
    return path


class TestMeasured:
    def test_shares_over_seeds_moves_and_labels(self) -> None:
        """Two seeds, one label that is worse than the others, one direction that is."""
        counts = np.stack([errors(1, 3), errors(2, 5)])
        counts[0, 0, 7] = 11  # As they are: 20 of 1,000 misread by the first seed.
        counts[1, 1 + 3, 2] = 45  # To the left: 40 more of 8,000 by the second.
        found = Measured("one-block", (0, 1), counts, (0.9, 0.8), DIGITS)

        assert found.mistakes == (20, 20)
        assert found.accuracies == (0.98, 0.98)
        assert found.moved_accuracies == pytest.approx((0.97, 1 - (400 + 40) / 8000))
        assert found.misread_shares(is_moved=False)[[7, 2]] == pytest.approx([0.065, 0.015])
        assert found.misread_shares(is_moved=True)[[7, 2]] == pytest.approx(
            [0.04, 0.04 + 40 / 1600]
        )
        assert not found.is_complete
        assert mean((0.5, 0.7, 0.9)) == pytest.approx(0.7)


class TestKept:
    def test_comes_back(self, kept: Path) -> None:
        """In whatever order it is noted, by variant and seed, each with what it is of."""
        assert not is_known(REFERENCE, 0)
        note_result(PADDED, 1, "ab", 0.75, errors(2, 3))
        note_result(REFERENCE, 2, "cd", 0.5, errors(5))
        note_result(REFERENCE, 0, variant_checksum(REFERENCE), 0.25, errors(4))

        found = load_measured(DIGITS)

        assert list(found) == [REFERENCE, PADDED]
        assert found[REFERENCE].seeds == (0, 2)
        assert found[REFERENCE].mistakes == (40, 50)
        assert found[REFERENCE].validation == (0.25, 0.5)
        assert found[PADDED].moved_accuracies == (0.97,)
        assert is_known(PADDED, 1)
        assert not is_known(PADDED, 0)

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            (lambda row: row.update(weights="ab" * 32), "not of the weights that baseline has"),
            (lambda row: row.update(run="0" * 12), "another training of baseline"),
            (lambda row: row.update(black_pixels=300), "another training of baseline"),
            (lambda row: row.update(moves=[[0, 0]]), "another training of baseline"),
            (lambda row: row.update(errors=errors(101).tolist()), "counts of baseline that cannot"),
            (lambda row: row.update(errors=errors(-1).tolist()), "counts of baseline that cannot"),
            (lambda row: row.update(errors=[[1] * 10]), "counts of baseline that cannot be"),
            (lambda row: row.update(errors=[[0.5] * 10] * 9), "counts of baseline that cannot be"),
            (lambda row: row.pop("validation_accuracy"), "no results of baseline that can be read"),
            (lambda row: row.pop("run"), "no results of baseline that can be read"),
        ],
    )
    def test_what_it_is_not_of_is_refused(
        self, kept: Path, damage: Callable[[dict[str, Any]], None], said: str
    ) -> None:
        """Other weights, other trainings, counts that cannot be: each said, with what to do."""
        note_result(REFERENCE, 0, variant_checksum(REFERENCE), 0.25, errors(4))
        results = json.loads(kept.read_bytes())
        damage(results[REFERENCE]["0"])
        kept.write_text(json.dumps(results))

        with pytest.raises(ComputedError, match=said) as caught:
            load_measured(DIGITS)
        assert "python -m prepare.variants" in str(caught.value)

    @pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff"])
    def test_missing_or_unreadable(self, kept: Path, content: bytes | None) -> None:
        """What is no file of results says what to do."""
        if content is not None:
            kept.parent.mkdir()
            kept.write_bytes(content)

        with pytest.raises(ComputedError, match=r"git checkout -- cnn_core/assets/variants"):
            load_measured(DIGITS)

    def test_another_config_is_trained_anew(
        self, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A result of a training that is recorded otherwise now is not known any more."""
        note_result("one-block", 1, "ab", 0.5, errors(1))
        assert is_known("one-block", 1)
        other = replace(
            VARIANTS["one-block"], config=replace(VARIANTS["one-block"].config, epochs=11)
        )
        monkeypatch.setitem(VARIANTS, "one-block", other)
        assert not is_known("one-block", 1)


class TestBundled:
    def test_everything_is_there(self, mnist: Mnist) -> None:
        """Every variant with every seed."""
        found = load_measured(mnist.test.class_counts())

        assert list(found) == list(VARIANTS)
        for each in found.values():
            assert each.seeds == SEEDS
            assert each.errors.shape == (3, len(MOVES), 10)

    @pytest.mark.parametrize("name", ["dense-wide", "dense-narrow"])
    def test_counts_are_those_of_the_weights(self, mnist: Mnist, name: str) -> None:
        """Counted again, the bundled network misreads as many, moved or not."""
        found = load_measured(mnist.test.class_counts())[name]

        np.testing.assert_array_equal(
            found.errors[0], count_errors(name, variant_network(name), mnist.test)
        )

    def test_what_the_store_knows_too(self, mnist: Mnist) -> None:
        """Baseline and same padding misread what their stored answers misread, label by label."""
        for name, found in load_measured(mnist.test.class_counts()).items():
            if name in (REFERENCE, PADDED):
                model = open_model(model_folder(name))
                wrong = model.test_probabilities().argmax(axis=1) != mnist.test.labels
                np.testing.assert_array_equal(
                    found.errors[0, 0], np.bincount(mnist.test.labels[wrong], minlength=10)
                )
                assert found.accuracies[0] == pytest.approx(model.results["test_accuracy"])
