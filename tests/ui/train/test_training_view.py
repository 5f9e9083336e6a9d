"""A training on its way is told by its own figures."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.recipe.config import PRESETS
from cnn_core.store.store import model_folder, open_model
from cnn_core.training.events import Done, Epoch
from cnn_core.training.job import Phase, Progress
from tests.support.seen import alone, components, numbers, plain, words
from ui.look.colors import colour_pixels, colour_signed
from ui.train import training_view
from ui.train.run_list import facts
from ui.train.training_view import follow_training, show_end

CONFIG = replace(PRESETS["quick"], epochs=8, batch_size=64, training_images=6_400)


def job_of(progress: Progress, **more: Any) -> Any:
    """A job that has come so far."""
    ended = progress.phase in (Phase.DONE, Phase.CANCELLED, Phase.FAILED)
    return SimpleNamespace(
        config=CONFIG,
        progress=progress,
        has_ended=ended,
        is_stopping=False,
        seconds_silent=0.0,
        seconds_since_start=7.4,
        can_stop=True,
        stop=None,
        dropped=[],
        **more,
    )


def test_where_a_training_is() -> None:
    """A quarter of the way through the third of eight epochs, at one epoch in four seconds."""
    rng = np.random.default_rng(0)
    probabilities = np.full((10, 10), 0.05, np.float32)
    reads = np.array([0, 1, 2, 3, 4, 6, 5, 7, 9, 8])
    probabilities[np.arange(10), reads] = 0.55
    progress = Progress(8, 100)
    progress.phase = Phase.TRAINING
    progress.epoch, progress.batch, progress.seconds = 3, 25, 9.0
    progress.history["steps"] = [{"step": 20, "loss": 2.0, "accuracy": 0.25}]
    progress.kernels = rng.normal(size=(4, 3, 3)).astype(np.float32)
    progress.samples = rng.integers(0, 256, (10, 28, 28), dtype=np.uint8)
    progress.probabilities, progress.look = probabilities, (3, 20)

    app = alone(lambda: follow_training(job_of(progress), is_mine=True))

    (bar,) = app.get("progress")
    assert bar.proto.value == 28  # 225 of 800 steps.
    assert plain(bar.proto.text) == "Epoch 3 of 8, step 25 of 100. About 23 seconds left."
    said = words(app)
    assert (
        "**Ten digits that it never learns from**, after step 20 of epoch 3: 6 of the ten are read right. "
        "With them the 4 kernels of the first layer."
    ) in said
    assert "Each point of the solid curve is the mean of 20 steps;" in said
    (learned,) = components(app, "kernelsAlt")
    shown = numbers(learned["kernels"], np.uint8, (4, 3, 3, 3))
    heaviest = float(np.abs(progress.kernels).max())
    np.testing.assert_array_equal(shown, colour_signed(progress.kernels, heaviest))
    shown = numbers(learned["samples"], np.uint8, (10, 28, 28, 3))
    np.testing.assert_array_equal(shown, colour_pixels(progress.samples))
    assert learned["reads"] == reads.tolist()
    assert [chart.proto.alt.split()[0] for chart in app.get("vega_lite_chart")] == [
        "Loss",
        "Accuracy",
    ]


def test_before_the_first_batch(mnist: Mnist) -> None:
    """A sign of life instead of an empty bar, and the ten digits that will be read, not read yet."""
    progress = Progress(8, 100)
    progress.phase = Phase.STARTING

    app = alone(lambda: follow_training(job_of(progress), is_mine=True))

    (starting,) = app.info
    assert starting.icon == "spinner"
    assert starting.value.endswith("imports TensorFlow and builds the network. 7 seconds so far.")
    assert not app.get("progress")
    (shown,) = components(app, "kernelsAlt")
    samples = numbers(shown["samples"], np.uint8, (10, 28, 28, 3))
    held_out = mnist.train.images[54_000:], mnist.train.labels[54_000:]
    for label in range(10):
        first = held_out[0][held_out[1] == label][0]
        np.testing.assert_array_equal(samples[label], colour_pixels(first))
    assert (shown["reads"], shown["kernelCount"]) == (None, 0)
    assert not app.get("vega_lite_chart")


def test_digits_come_before_curves() -> None:
    """While it learns and at its end: what moves most stands in sight, above the charts."""
    progress = Progress(8, 100)
    progress.phase = Phase.TRAINING
    progress.history["steps"] = [{"step": 20, "loss": 2.0, "accuracy": 0.25}]
    app = alone(lambda: follow_training(job_of(progress), is_mine=True))
    kinds = [node.type for node in app.main]
    assert kinds.index("bidi_component") < kinds.index("vega_lite_chart")


@pytest.mark.parametrize("is_own", [True, False])
def test_how_a_training_ended(monkeypatch: pytest.MonkeyPatch, is_own: bool) -> None:
    """By its accuracy on the held-out digits, its time, its curves; whoever trained it may name it."""
    trained = SimpleNamespace(
        title="New", id="new", validation_accuracy=0.9712, results={"seconds": 150.0}, is_complete=False,
        epochs_trained=5, kept_epoch=4, config=CONFIG,
    )  # fmt: skip
    monkeypatch.setattr(training_view, "model", lambda _: trained)
    monkeypatch.setattr(training_view, "may_change", lambda _: is_own)
    progress = Progress(8, 100)
    progress.phase, progress.done = Phase.DONE, Done("new", "runs/new", False, 0.9712)
    row = Epoch(1, 0.5, 0.75, 0.25, 0.875, 0.001, 4.0).row
    progress.history["epochs"] = [row]

    app = alone(lambda: show_end(job_of(progress)), {"model": "improved"})

    (done,) = app.success
    assert plain(done.proto.title) == "New reads 97.12 % of the held-out digits"
    assert [(field.key, field.value) for field in app.text_input] == [("title-new", "New")] * is_own
    assert done.value.startswith(
        "It took 2.5 minutes. It was stopped after 5 epochs of 8; kept is what it was after epoch 4"
    )
    assert [chart.proto.alt.split()[0] for chart in app.get("vega_lite_chart")] == [
        "Loss",
        "Accuracy",
    ]


def test_facts_of_a_run() -> None:
    """Accuracy, parameters, epochs, size; of a run of one's own also when it was saved."""
    baseline = open_model(model_folder("baseline"))
    size = baseline.size / 1e6
    assert plain(facts(baseline)) == (
        f"{100 * baseline.validation_accuracy:.2f} % of the held-out digits · 32,906 parameters "
        f"· 10 epochs · {size:.1f} MB"
    )
    own: Any = SimpleNamespace(
        validation_accuracy=0.5, config=CONFIG, epochs_trained=1, size=2_460_000,
        is_bundled=False, saved=1_700_000_000.0,
    )  # fmt: skip
    assert plain(facts(own)).startswith(
        "14 November 2023, 22:13 UTC · 50.00 % of the held-out digits"
    )
    assert facts(own).endswith(" · 1 epoch · 2.5 MB")
