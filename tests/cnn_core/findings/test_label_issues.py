"""What is stored about the labels is of the answers that the bundled networks gave."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.label_issues import LabelIssues, load_label_issues
from cnn_core.store.store import model_folder, open_model


def test_ranked_from_the_lowest_quality() -> None:
    """Doubtful ones are those below one half; flagged ones are each named once."""
    issues = LabelIssues(
        np.array([0.9, 0.4, 0.1, 0.6, 0.2], np.float32),
        {"one": np.array([3, 2]), "other": np.array([4, 2])},
    )
    assert issues.doubtful().tolist() == [2, 4, 1]
    assert issues.flagged_by_any().tolist() == [2, 4, 3]
    assert issues.flagged_by_all() == 1


def test_stored_quality_is_the_mean_probability_of_the_label(mnist: Mnist) -> None:
    """Computed anew from the stored answers of the judges."""
    judges = [open_model(model_folder(name)) for name in COMPARED]
    issues = load_label_issues(judges)
    labels = mnist.test.labels
    of_label = [judge.test_probabilities()[np.arange(len(labels)), labels] for judge in judges]
    np.testing.assert_allclose(issues.quality, np.mean(of_label, axis=0), atol=1e-6)
    for judge in judges:
        flagged = issues.flagged[judge.id]
        # Whoever is as sure as usual of another class has misread the label.
        assert (judge.test_probabilities()[flagged].argmax(axis=1) != labels[flagged]).all()
