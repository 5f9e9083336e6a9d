"""The trained networks that come with the project."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.recipe.bundled_trainings import (
    BUNDLED_TRAININGS,
    IMPROVEMENTS,
    LESSONS,
    SEEDS,
    seed_results,
)
from cnn_core.recipe.config import PRESETS
from cnn_core.store.moment import Moment
from cnn_core.store.store import BUNDLED, BUNDLED_ROOT, model_folder, open_model

# Enough to notice other weights; all 10,000 for each model would take a minute.
CHECKED = slice(0, 1_000)
BEGINNING = (Moment(0, 0), Moment(1, 10), Moment(1, 50), Moment(1, 200))


@pytest.mark.parametrize("name", BUNDLED)
class TestBundledModel:
    def test_says_the_truth_about_itself(self, mnist: Mnist, name: str) -> None:
        """Its kept answers are those of its weights, and its accuracy is that of its answers."""
        model = open_model(model_folder(name))
        kept = model.test_probabilities()
        answers = model.network().predict(mnist.test.images[CHECKED])

        np.testing.assert_allclose(kept[CHECKED], answers, atol=1e-5)
        accuracy = np.mean(kept.argmax(axis=1) == mnist.test.labels)
        assert model.results["test_accuracy"] == accuracy

    def test_was_trained_as_recorded(self, name: str) -> None:
        """Its config is the one that the project says made it."""
        assert open_model(model_folder(name)).config == BUNDLED_TRAININGS[name].config

    def test_history(self, name: str) -> None:
        """Every epoch is in its history."""
        model = open_model(model_folder(name))

        epochs = [row["epoch"] for row in model.history()["epochs"]]

        assert epochs == list(range(1, model.config.epochs + 1))

    def test_checkpoints(self, name: str) -> None:
        """It can be seen learning, from before training to the weights that it ended with."""
        model = open_model(model_folder(name))
        checkpoints = model.checkpoints()
        moments = list(checkpoints)

        assert moments == sorted(moments, key=lambda m: (m.epoch + (m.batch == 0), m.batch))
        assert (moments[0], moments[-1]) == (Moment(0, 0), Moment(model.config.epochs, 0))
        for layer, weights in model.network().weights.items():
            np.testing.assert_array_equal(
                checkpoints[moments[-1]].weights[layer].kernel, weights.kernel
            )


@pytest.mark.parametrize("name", ["rate-right", "overfit-held-back"])
def test_what_it_is_chosen_by(mnist: Mnist, name: str) -> None:
    """Its validation accuracy is that of its weights on the held-out digits."""
    model = open_model(model_folder(name))
    answers = model.network().predict(mnist.train.images[54_000:]).argmax(axis=1)

    right = np.mean(answers == mnist.train.labels[54_000:])

    assert model.validation_accuracy == pytest.approx(right, abs=2e-4)


@pytest.mark.parametrize(
    ("name", "architecture", "accuracy"),
    [("baseline", BASELINE, 0.983), ("improved", IMPROVED, 0.995)],
)
def test_reads_well(name: str, architecture: Architecture, accuracy: float) -> None:
    """Each has its own architecture and reads at least as well as the project promises."""
    model = open_model(model_folder(name))

    assert model.config.architecture == architecture
    assert model.results["test_accuracy"] >= accuracy


@pytest.mark.parametrize("name", ["baseline", "improved"])
def test_the_first_batches_can_be_seen(name: str) -> None:
    """The two that the pages begin with keep moments within the first epoch too."""
    moments = list(open_model(model_folder(name)).checkpoints())

    assert moments[:5] == [*BEGINNING, Moment(1, 0)]


def test_nothing_else_is_bundled() -> None:
    """What is recorded is there, and no half-finished model is left beside it."""
    assert (
        {folder.name for folder in BUNDLED_ROOT.iterdir()} == set(BUNDLED) == set(BUNDLED_TRAININGS)
    )


class TestRecorded:
    def test_steps_and_lessons_are_told_apart(self) -> None:
        """No name stands for two trainings."""
        assert not set(IMPROVEMENTS) & set(LESSONS)

    def test_steps_go_somewhere(self) -> None:
        """Each step differs from the one before, and they lead from one preset to the other."""
        configs = [step.config for step in IMPROVEMENTS.values()]

        assert all(before != after for before, after in pairwise(configs))
        assert (configs[0], configs[-1]) == (PRESETS["baseline"], PRESETS["improved"])

    def test_every_step_has_all_seeds(self) -> None:
        """What each seed reached is kept; of seed 0 it is what the bundled model reached."""
        kept = seed_results()

        assert list(kept) == list(IMPROVEMENTS)
        for name, seeds in kept.items():
            assert tuple(seeds) == SEEDS
            results = open_model(model_folder(name)).results
            assert seeds[0] == {key: results[key] for key in ("test_accuracy", "test_loss")}
