"""Training: settings that follow each other, what speaks against them, and a training that goes on."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import PRESETS, TrainingConfig
from cnn_core.recipe.setting_names import SETTING_NAMES
from cnn_core.store.files import OWNER
from cnn_core.store.own_runs import delete_run
from cnn_core.store.ownership import fingerprint
from cnn_core.store.store import StoredModel, save_model
from cnn_core.training.events import Done
from cnn_core.training.job import Phase, TrainingJob
from cnn_core.training.queue import TrainingQueue
from tests.support import talking
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.stored import CONFIG, ONE_EPOCH, files_of


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of own runs."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainingQueue]:
    """A server on which nothing was trained yet, with trainings that only talk."""
    monkeypatch.setattr("cnn_core.training.job.COMMAND", talking.COMMAND)
    trainings = TrainingQueue()
    for module in ("shared.resources", "train.training_jobs", "train.training_view"):
        monkeypatch.setattr(f"ui.{module}.trainings", lambda: trainings)
    yield trainings
    while trainings.running is not None:
        trainings.cancel(trainings.running)
        time.sleep(0.01)


PARAMETERS = "Parameters, and where they come from"


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def progress_text(app: AppTest) -> str:
    bar: Any = app.get("progress")[0]
    return str(bar.proto.text)


def type_learning_rate(app: AppTest, text: str) -> None:
    """AppTest knows only the options of a list; here is what is typed, while nobody looks."""
    app.switch_page("pages/dataset.py").run()
    app.session_state["train-learning_rate"] = text
    app.switch_page("pages/training.py").run()


def test_settings_follow_each_other(open_page: OpenPage) -> None:
    """Preset, layer table, parameters and Keras code are always those of the settings."""
    app = open_page("training")
    quick = PRESETS["quick"]
    assert app.number_input(key="train-epochs").value == quick.epochs
    assert f"epochs={quick.epochs}," in app.code[0].value

    set_value(app, "train-preset", "improved").run()
    assert app.number_input(key="train-epochs").value == PRESETS["improved"].epochs
    assert "98,442 parameters in all" in all_text(app)
    assert "These very settings were trained before: Improved" in [
        e.proto.title for e in app.success
    ]
    assert not [button for button in app.button if button.key == "train"]

    set_value(app, "train-blocks", 1).run()
    app.number_input(key="train-filters-0").set_value(8).run()
    app.slider(key="train-kernel_size").set_value(5).run()

    expected = Architecture(filters=(8,), kernel_size=5, padding="same")
    table = app.table[0].value
    assert list(table["Layer"]) == [layer.name for layer in expected.layers()]
    assert [text.split(" = ")[0] for text in table[PARAMETERS]] == [
        f"**{layer.parameters:,}**" for layer in expected.layers()
    ]
    assert app.session_state["train-preset"] == "own"
    assert 'layers.Conv2D(8, 5, padding="same"' in app.code[0].value
    assert not app.button(key="train").disabled

    app.switch_page("pages/dataset.py").run()
    app.switch_page("pages/training.py").run()
    assert app.slider(key="train-kernel_size").value == 5
    assert app.number_input(key="train-filters-0").value == 8


def test_what_cannot_be_trained_is_explained(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that cannot be built, a rate that is none, and what the operator does not allow."""
    app = open_page("training")

    app.slider(key="train-kernel_size").set_value(9).run()
    assert "a kernel of 9×9 does not fit" in app.error[0].value
    assert r"\frac{1 - 9}{1}\right\rfloor + 1 = -7" in app.latex[0].value
    assert app.button(key="train").disabled
    assert len(app.code) == 0
    set_value(app, "train-padding", "same").run()
    assert not app.error

    type_learning_rate(app, "fast")
    assert "A learning rate is a number above 0 and up to 1" in app.error[0].value
    assert app.button(key="train").disabled
    type_learning_rate(app, "0,002")
    assert not app.error
    assert "Adam(0.002)" in app.code[0].value

    monkeypatch.setenv("DIGITSCOPE_MOST_EPOCHS", "4")
    app.run()
    assert "5 epochs are more than the 4" in app.error[0].value
    monkeypatch.setenv("DIGITSCOPE_MOST_EPOCHS", "many")
    app.run()
    assert "DIGITSCOPE_MOST_EPOCHS is a whole number" in app.error[0].value


def test_a_training_from_press_to_stop(open_page: OpenPage, queue: TrainingQueue) -> None:
    """It starts at once, is followed, found again by its address, and only its owner may stop it."""
    app = open_page("training")
    app.button(key="train").click().run()
    assert not app.exception
    job = queue.running
    assert job is not None
    assert job.config == PRESETS["quick"]
    assert app.query_params["job"] == job.token
    assert app.button(key="train").disabled
    until(lambda: job.progress.history["epochs"])
    app.run()
    assert "Your training: 16-32-64 filters 3×3, padding valid" in all_text(app)
    assert "before training: 1 of the ten are read right" in all_text(app)
    assert len(app.get("vega_lite_chart")) == 2

    again = open_page("training", job=job.token)
    assert {"Stop and keep the best so far", "Cancel"} <= set(labels(again))
    assert not again.button(key="stop-training").disabled

    other = open_page("training")
    assert "Another visitor's training" in all_text(other)
    assert "Cancel" not in labels(other)
    other.button(key="train").click().run()
    assert "1 training before it" in other.info[0].value
    other.button(key="cancel-training").click().run()
    assert "nothing was saved" in other.info[0].value

    again.button(key="cancel-training").click().run()
    until(lambda: job.has_ended)
    again.run()
    assert "nothing was saved" in again.info[0].value
    again.button(key="put-away").click().run()
    assert "job" not in again.query_params
    assert not again.button(key="train").disabled

    lost = open_page("training", job="nobody-knows")
    assert "no such training any more" in lost.warning[0].value


def test_a_training_that_falls_silent(
    open_page: OpenPage, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever watches is told for how long nothing was heard, and can end it all the same."""
    monkeypatch.setattr("cnn_core.training.job.SECONDS_TO_END", 0.1)
    monkeypatch.setattr("ui.train.training_view.SECONDS_UNTIL_SILENT", 0.2)
    job = queue.submit(PRESETS["quick"])
    until(lambda: job.progress.history["epochs"])
    assert job.process_id is not None
    os.kill(job.process_id, signal.SIGSTOP)
    until(lambda: job.seconds_silent > 0.3)
    app = open_page("training", job=job.token)

    silence = r"Nothing was heard of it for \d+ seconds?\.$"
    assert re.search(silence, progress_text(app))
    assert re.search(silence, progress_text(open_page("training")))
    app.button(key="cancel-training").click().run()
    until(lambda: job.has_ended)
    app.run()
    assert "nothing was saved" in app.info[0].value


def test_an_end_that_is_not_the_visitors(open_page: OpenPage, queue: TrainingQueue) -> None:
    """At no moment, not even between waiting and starting, is another's training offered to cancel."""
    job = queue.submit(PRESETS["quick"])
    for phase in (Phase.WAITING, Phase.STARTING, Phase.SAVING, Phase.TRAINING):
        job.progress.phase = phase
        other = open_page("training")

        assert not {"Cancel", "Stop and keep the best so far"} & set(labels(other)), phase
        assert "Train" in labels(other)
    assert not job.has_ended


@pytest.mark.parametrize("fault", ["a file", "full"])
def test_where_nothing_can_be_saved(
    open_page: OpenPage, runs: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """It is said before anything is trained for it, and the page goes on."""
    if fault == "a file":
        (runs / "file").write_text("mine")
        monkeypatch.setenv("DIGITSCOPE_RUNS", str(runs / "file"))
    else:
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    app = open_page("training")
    app.button(key="train").click().run()

    assert not app.exception
    expected = {"a file": "file is a file. Whoever runs this", "full": "MB left. Free some space"}
    assert expected[fault] in app.error[0].value
    assert not app.button(key="train").disabled


@pytest.mark.parametrize(
    ("page", "reader", "seed"),
    [
        ("overview", "network", 9001),
        ("overview", "test_probabilities", 9002),
        ("convolution", "checkpoints", 9003),
        ("runs", "checkpoints", 9004),
        ("runs", "history", 9005),
    ],
)
def test_a_run_deleted_while_a_page_reads_it(
    open_page: OpenPage,
    runs: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    reader: str,
    seed: int,
) -> None:
    """The page says so, whatever it was reading, and the next look shows the default model."""
    # No other test has a run of this seed: what was read before is not read again.
    folder = save_model(runs / "own", files_of(replace(CONFIG, seed=seed))).folder
    read = getattr(StoredModel, reader)

    def too_late(model: StoredModel) -> Any:
        if model.id == "own" and folder.exists():
            delete_run("own")
        return read(model)

    monkeypatch.setattr(StoredModel, reader, too_late)
    app = open_page(page, model="own")

    said = [*app.error, *app.warning]
    assert [notice.value for notice in said if "own was deleted a moment ago" in notice.value]
    app.run()
    assert not app.exception
    assert app.query_params["model"] == "improved"


def ended(queue: TrainingQueue, config: TrainingConfig) -> TrainingJob:
    """A training that came to its end, and left the run `own` in the store."""
    job = queue.submit(config)
    until(lambda: job.progress.history["epochs"])
    queue.cancel(job)
    until(lambda: queue.running is None)
    job.progress.take(Done("own", "", cached=False, test_accuracy=0.75))
    job.dropped = ["Run 1234"]
    return job


def test_the_end_leads_on(open_page: OpenPage, queue: TrainingQueue, runs: Path) -> None:
    """The end says what came of it, what had to go for it, and makes it the model of every page."""
    results = b'{"test_accuracy": 0.75, "epochs_trained": 1, "kept_epoch": 1, "seconds": 90}'
    save_model(runs / "own", files_of() | {"results.json": results, "history.json": ONE_EPOCH})
    app = open_page("training", job=ended(queue, CONFIG).token)

    assert app.success[0].proto.title == "own reads 85.00\N{NO-BREAK SPACE}% of the held-out digits"
    assert "It took 1.5 minutes. It was stopped after 1 epoch of 2" in app.success[0].value
    assert "the oldest run was deleted: Run 1234" in app.warning[0].value
    # The charts of the training, as they were while it went on.
    assert len(app.get("vega_lite_chart")) == 2
    assert not app.get("plotly_chart")

    # The settings are those of the training, on a page that is opened afresh as well.
    assert app.number_input(key="train-filters-0").value == CONFIG.architecture.filters[0]

    app.button(key="use-own").click().run()
    assert not app.exception
    assert app.query_params["model"] == "own"
    assert app.selectbox(key="model").value == "own"

    app.switch_page("pages/overview.py").run()
    assert "padding valid" in all_text(app)


def test_switched_off(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the operator wants no training, recorded ones are offered, and how to train at home."""
    monkeypatch.setenv("DIGITSCOPE_TRAINING", "off")

    app = open_page("training")

    assert "switched off" in app.info[0].value
    assert "make run" in app.info[0].value
    assert "Train" not in labels(app)
    assert "epochs=5," in app.code[0].value


def test_a_run_that_disappears(open_page: OpenPage, runs: Path) -> None:
    """Whoever has a run chosen that is deleted or damaged gets a notice and the default model."""
    folder = save_model(runs / "own", files_of()).folder
    app = open_page("overview", model="own")
    assert app.query_params["model"] == "own"

    folder.rename(runs / ".gone-1")
    app.switch_page("pages/layers.py").run()

    assert not app.exception
    assert "There is no model `own`" in app.warning[0].value
    assert app.query_params["model"] == "improved"

    save_model(folder, files_of(replace(CONFIG, seed=5)))
    size = (folder / "weights.npz").stat().st_size
    (folder / "weights.npz").write_bytes(bytes(size))
    app = open_page("overview", model="own")

    assert not app.exception
    assert "weights.npz does not have the checksum" in app.warning[0].value
    assert app.query_params["model"] == "improved"


def test_the_address_outlives_the_server(open_page: OpenPage, runs: Path) -> None:
    """A server that was started anew knows no training, but by its address whose the run is."""
    folder = save_model(runs / "own", files_of()).folder
    (folder / OWNER).write_text(fingerprint("the key"))

    app = open_page("training", job="the key")

    assert "Your training came to its end" in [info.proto.title for info in app.info]
    assert app.query_params["job"] == "the key"
    app.switch_page("pages/runs.py").run()
    assert not app.exception
    assert app.button(key="delete-own")
    assert "job" not in app.query_params


def test_a_setting_has_one_name(open_page: OpenPage) -> None:
    """Where settings are chosen they are called as where they are compared."""
    app = open_page("training")
    kinds = ("number_input", "slider", "select_slider", "selectbox", "button_group")
    widgets: list[Any] = [widget for kind in kinds for widget in app.get(kind)]
    labels = {widget.key: widget.label for widget in widgets}
    names = {place.split(".")[-1]: name for place, name in SETTING_NAMES.items()}
    del names["filters"]  # Each convolution has a number of its own.
    assert {name: labels[f"train-{name}"] for name in names} == names


def test_the_layers_that_are_set_up(open_page: OpenPage) -> None:
    """Each with its shape and with where its parameters come from."""
    table = open_page("training").table[0].value.set_index("Layer")
    assert table.loc["conv2", "Output"] == "11 × 11 × 32"
    assert table.loc["conv2", PARAMETERS] == "**4,640** = 3·3·16·32 + 32"
    assert table.loc["pool1", PARAMETERS] == "**0**"
    layers = {layer.name: layer for layer in PRESETS["quick"].architecture.layers()}
    assert [text.partition(" = ")[2] for text in table[PARAMETERS]] == [
        layer.formula for layer in layers.values()
    ]
    assert list(table["Output"]) == [
        " × ".join(map(str, layer.output_shape)) for layer in layers.values()
    ]
