"""Labels that were swapped on purpose are found."""

from __future__ import annotations

import numpy as np

from prepare.label_issues import judge_labels


def test_finds_swapped_labels() -> None:
    """Of 400 labels five are wrong: two networks that read well flag them, and nothing else."""
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(10), 40)
    labels = truth.astype(np.uint8)
    wrong = [7, 60, 133, 250, 399]
    labels[wrong] = (labels[wrong] + 3) % 10

    def answers() -> np.ndarray:
        logits = rng.normal(size=(400, 10)) + 9 * np.eye(10)[truth]
        odds = np.exp(logits)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)

    given = {"one": answers(), "other": answers()}
    found = judge_labels(labels, given)

    assert sorted(found.doubtful().tolist()) == wrong
    assert set(found.flagged_by_any().tolist()) <= set(wrong)
    assert found.flagged_by_all() >= 3
    expected = np.mean([each[np.arange(400), labels] for each in given.values()], axis=0)
    np.testing.assert_allclose(found.quality, expected, atol=1e-6)
