"""The two networks that come with the project."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.dataset import Mnist
from cnn_core.store import BUNDLED, BUNDLED_ROOT, Moment, model_folder, open_model

BEGINNING = (Moment(0, 0), Moment(1, 10), Moment(1, 50), Moment(1, 200))


@pytest.mark.parametrize("name", BUNDLED)
class TestBundledModel:
    def test_says_the_truth_about_itself(self, mnist: Mnist, name: str) -> None:
        """Its kept answers and its accuracy are those of its weights, on all test images."""
        model = open_model(model_folder(name))
        answers = model.network().predict(mnist.test.images)

        np.testing.assert_allclose(model.test_probabilities(), answers, atol=1e-5)
        accuracy = np.mean(answers.argmax(axis=1) == mnist.test.labels)
        assert model.results["test_accuracy"] == accuracy

    def test_history(self, name: str) -> None:
        """Every epoch is in its history."""
        model = open_model(model_folder(name))

        epochs = [row["epoch"] for row in model.history()["epochs"]]

        assert epochs == list(range(1, model.config.epochs + 1))

    def test_checkpoints(self, name: str) -> None:
        """It can be seen learning: from before training, through epoch 1, to the end."""
        model = open_model(model_folder(name))
        moments = list(model.checkpoints())

        assert moments[:5] == [*BEGINNING, Moment(1, 0)]
        assert moments[-1] == Moment(model.config.epochs, 0)


@pytest.mark.parametrize(
    ("name", "architecture", "accuracy"),
    [("baseline", BASELINE, 0.983), ("improved", IMPROVED, 0.995)],
)
def test_reads_well(name: str, architecture: Architecture, accuracy: float) -> None:
    """Each has its own architecture and reads at least as well as the project promises."""
    model = open_model(model_folder(name))

    assert model.config.architecture == architecture
    assert model.results["test_accuracy"] >= accuracy


def test_nothing_else_is_bundled() -> None:
    """No half-finished model is left beside them."""
    assert {folder.name for folder in BUNDLED_ROOT.iterdir()} == set(BUNDLED)
