"""The runs page reads recorded trainings, and keeps those of its visitors in order."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.store.files import OWNER
from cnn_core.store.ownership import fingerprint
from cnn_core.store.store import BUNDLED_ROOT, RUNS_VARIABLE, model_folder, open_model
from tests.support.pages import OpenPage, all_text, set_value
from ui.look.wording import percent
from ui.train.run_lessons import FATES


@pytest.fixture
def own_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A store with one run in it: a bundled one under another id."""
    monkeypatch.setenv(RUNS_VARIABLE, str(tmp_path))
    shutil.copytree(BUNDLED_ROOT / "rate-right", tmp_path / "abcd12345678")
    return "abcd12345678"


def scrubber_of(app: AppTest) -> dict[str, Any]:
    """What the scrubber was handed."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return next(data for data in components if "sentences" in data)


def validated(*names: str) -> list[str]:
    """The validation accuracy at the end of these trainings, as people see it."""
    histories = [open_model(model_folder(name)).history() for name in names]
    return [percent(history["epochs"][-1]["validation_accuracy"], 2) for history in histories]


def figure_names(app: AppTest) -> list[str]:
    """The names of the lines of the first chart."""
    chart: Any = app.get("plotly_chart")[0]
    return [trace.get("name", "") for trace in json.loads(chart.proto.spec)["data"]]


def test_a_link_shows_its_runs_and_its_moment(open_page: OpenPage, mnist: Mnist) -> None:
    """Curves of the runs that are there, their differences, and the network of that moment."""
    app = open_page(
        "runs", runs="rate-right,gone,rate-too-large", model="rate-right", moment="1-50"
    )
    assert "`gone`" in app.warning[0].value
    assert app.query_params["runs"] == "rate-right,rate-too-large"
    assert "Rate too large, validation" in figure_names(app)
    table = app.dataframe[0].value
    assert list(table.columns) == ["Training", "Learning rate", "Validation accuracy"]
    assert list(table["Learning rate"]) == ["0.001", "0.03"]
    assert list(table["Training"]) == ["Rate just right", "Rate too large"]
    assert list(table["Validation accuracy"]) == validated("rate-right", "rate-too-large")
    assert len(set(table["Validation accuracy"])) == 2

    data = scrubber_of(app)
    model = open_model(model_folder("rate-right"))
    networks = list(model.checkpoints().values())
    assert data["moments"][data["start"]] == "after 50 batches"
    answers = networks[data["start"]].predict(mnist.test.images[42:43])[0]
    np.testing.assert_allclose(data["probabilities"][data["start"]], answers, rtol=1e-5)
    counts = np.array(data["confusions"])
    assert counts.shape == (len(networks), 10, 10)
    assert (counts.sum(axis=(1, 2)) == 1000).all()

    assert "It has learned nothing" not in all_text(app)
    set_value(app, "rates-guess", FATES[0]).run()
    assert "No: it learns nothing at all." in app.error[0].value
    said = all_text(app)
    assert "It has learned nothing" in said
    assert (
        "after 50 batches none of the 32 maps of `conv2` and none of the 128 units of `dense` responds "
        "any more"
    ) in said
    assert "after epoch 2 not one of the other 32,896 parameters moved again" in said
    assert "Where the lines part." in said
    for name in ("loss", "accuracy", "error"):
        set_value(app, "curve-measure", name).run()
        assert not app.exception


def test_the_chart_goes_with_the_sidebar_until_something_is_chosen(open_page: OpenPage) -> None:
    """A lesson, or a run of the list, puts itself on the chart; the last one stays there."""
    app = open_page("runs", model="baseline")
    assert app.query_params["runs"] == "baseline"
    app.selectbox(key="model").set_value("improved").run()
    assert app.query_params["runs"] == "improved"
    app.button(key="overfitting-on-chart").click().run()
    assert app.query_params["runs"] == "overfit-plain,overfit-held-back"
    app.button(key="compare-baseline").click().run()
    app.button(key="compare-overfit-plain").click().run()
    assert app.query_params["runs"] == "overfit-held-back,baseline"
    app.button(key="use-baseline").click().run()
    assert app.query_params["model"] == "baseline"
    assert app.query_params["runs"] == "overfit-held-back,baseline"
    assert not app.exception


def test_a_moment_that_is_not_there(open_page: OpenPage) -> None:
    """A notice, and the moment before training."""
    app = open_page("runs", model="rate-right", moment="77-1")
    assert "no moment `77-1`" in app.warning[0].value
    assert scrubber_of(app)["start"] == 0
    assert "moment" not in app.query_params


def test_an_own_run_is_renamed_and_deleted(
    open_page: OpenPage, own_run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After asking; what cannot be a name is said, and the bundled ones cannot be changed."""
    monkeypatch.setenv("DIGITSCOPE_OPERATOR", "everybody")
    app = open_page("runs", run=own_run)
    assert "Run abcd, training" in figure_names(app)
    assert "run" not in app.query_params
    size = open_model(model_folder(own_run)).size / 1e6
    assert f"Trainings made here take {size:.1f} of 500 MB." in all_text(app)
    # Nobody has counted its moments yet: that goes on beside the page.
    assert app.session_state["moments-job"].question[0] == own_run
    with pytest.raises(KeyError):
        app.button(key="delete-baseline")

    app.text_input(key=f"title-{own_run}").set_value("*").run()
    assert "begins with a letter" in app.error[0].value
    app.text_input(key=f"title-{own_run}").set_value("My first").run()
    assert open_model(model_folder(own_run)).title == "My first"
    assert "My first, training" in figure_names(app)
    assert app.query_params["model"] == own_run

    app.button(key=f"delete-{own_run}").click().run()
    assert model_folder(own_run).exists()
    app.button(key=f"keep-{own_run}").click().run()
    assert not [button for button in app.button if button.key == f"confirm-{own_run}"]
    app.button(key=f"delete-{own_run}").click().run()
    app.button(key=f"confirm-{own_run}").click().run()
    assert not app.exception
    assert not model_folder(own_run).exists()
    assert app.query_params["model"] == "improved"
    assert app.query_params["runs"] == "improved"


KEY = "a key that nobody can guess"


def keys_of(app: AppTest) -> set[str | None]:
    return {button.key for button in app.button}


def test_a_run_is_changed_by_whoever_trained_it(open_page: OpenPage, own_run: str) -> None:
    """Others may use it; the key in the address of its training is taken, and stays secret."""
    (model_folder(own_run) / OWNER).write_text(fingerprint(KEY))
    other = open_page("runs", job="another key")
    assert f"use-{own_run}" in keys_of(other)
    assert f"delete-{own_run}" not in keys_of(other)
    # Of the networks to choose from a visitor's own is the first, another one's is among the last.
    assert other.selectbox(key="model").options[0].startswith("Baseline")
    assert other.selectbox(key="model").options[-1].startswith("Run abcd")
    assert "only whoever trained one, and the operator" in all_text(other)

    owner = open_page("runs", job=KEY)
    assert "job" not in owner.query_params
    owner.run()  # The sidebar stands above the list, which took the key.
    assert owner.selectbox(key="model").options[0].startswith("Run abcd")
    assert owner.selectbox(key="model").options[1].startswith("Baseline")
    owner.text_input(key=f"title-{own_run}").set_value("Mine").run()
    assert open_model(model_folder(own_run)).title == "Mine"
    owner.button(key=f"delete-{own_run}").click().run()
    owner.button(key=f"confirm-{own_run}").click().run()
    assert not model_folder(own_run).exists()


def test_whose_run_it_is_is_asked_when_it_is_changed(
    open_page: OpenPage, own_run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A button that is there, or that a lying browser presses, is not enough."""
    (model_folder(own_run) / OWNER).write_text(fingerprint(KEY))
    app = open_page("runs", job=KEY)
    app.button(key=f"delete-{own_run}").click().run()
    (model_folder(own_run) / OWNER).write_text(fingerprint("of somebody else"))
    app.button(key=f"confirm-{own_run}").click().run()
    assert "Only whoever trained this run" in app.error[0].value
    assert model_folder(own_run).exists()
    assert f"delete-{own_run}" not in keys_of(app)


def test_the_operator_changes_every_run(
    open_page: OpenPage, own_run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of others and of nobody, where training is off, with the key and no other."""
    monkeypatch.setenv("DIGITSCOPE_OPERATOR", "sixteen characters")
    monkeypatch.setenv("DIGITSCOPE_TRAINING", "off")
    assert f"delete-{own_run}" not in keys_of(open_page("runs"))
    wrong = open_page("runs", operator="sixteen character")
    assert "operator's key is another" in wrong.warning[0].proto.title
    assert f"delete-{own_run}" not in keys_of(wrong)

    app = open_page("runs", operator="sixteen characters")
    assert "operator" not in app.query_params
    assert f"delete-{own_run}" in keys_of(app)
    app.run()
    assert f"delete-{own_run}" in keys_of(app)

    monkeypatch.setenv("DIGITSCOPE_OPERATOR", "short")
    app.run()
    assert "a key of at least 16 characters" in app.error[0].value


def test_kernels_of_the_scrubber_are_those_of_the_training(open_page: OpenPage) -> None:
    """The last moment's kernels are the trained ones."""
    data = scrubber_of(open_page("runs", model="rate-right"))
    kernels = open_model(model_folder("rate-right")).network().weights["conv1"].kernel
    shades = np.frombuffer(base64.b64decode(data["kernels"]["shades"]), np.uint8)
    last = shades.reshape(len(data["moments"]), 16, 3, 3)[-1]
    largest = np.abs(kernels).max()
    np.testing.assert_allclose(
        (last / 255 * 2 - 1) * largest, kernels[:, :, 0].transpose(2, 0, 1), atol=largest / 20
    )


def test_words_of_the_runs(open_page: OpenPage, mnist: Mnist) -> None:
    """Held-out images, the size of the sample, and whose training goes on before which digit."""
    app = open_page("runs", model="rate-right", digit="test-7", runs="rate-right")
    said = all_text(app)
    assert "at the end of the epoch, on 6,000 images" in said
    assert "The sample is the first 1,000 of the held-out digits" in said
    assert "**Rate just right** learns, with test digit 7 before its eyes." in said
    assert "of 500 MB" in said
    chart: Any = app.get("plotly_chart")[0]
    assert chart.proto.alt == "Loss of Rate just right, per epoch, training and validation"
    assert "What is different" not in said
    subheaders = [each.value for each in app.subheader]
    assert subheaders.index("Trained here") < subheaders.index("Came with the project")


def test_runs_in_their_own_order(open_page: OpenPage, mnist: Mnist) -> None:
    """The table of differences follows the chart, whichever training comes first."""
    app = open_page("runs", runs="rate-too-large,rate-right", model="rate-right")
    table = app.dataframe[0].value
    assert list(table["Training"]) == ["Rate too large", "Rate just right"]
    assert list(table["Learning rate"]) == ["0.03", "0.001"]
    assert list(table["Validation accuracy"]) == validated("rate-too-large", "rate-right")
    assert "Every setting that is not in the table is the same in all of them." in all_text(app)


def test_each_axis_is_logarithmic_where_it_was_asked(open_page: OpenPage) -> None:
    """Across is the epochs, up is the measure."""
    app = open_page("runs", model="rate-right", runs="rate-right")
    for asked, kinds in ((["across"], ("log", "linear")), (["up"], ("linear", "log"))):
        set_value(app, "curve-log", asked).run()
        chart: Any = app.get("plotly_chart")[0]
        layout = json.loads(chart.proto.spec)["layout"]
        found = tuple(layout[axis].get("type", "linear") for axis in ("xaxis", "yaxis"))
        assert found == kinds, asked
