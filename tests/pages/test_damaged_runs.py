"""A damaged run in the store is named on the page of runs, and breaks no page for anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.damages import damages, write_run
from tests.support.pages import OpenPage, all_text
from tests.support.stored import files_of

DAMAGES = damages()
RUN = "abcd12345678"
CHOSEN = (
    "weights.npz: text",
    "weights.npz: not a number",
    "weights.npz: as large as floats go",
    "weights.npz: of another network",
    "test_probabilities.npy: an .npz",
    "test_probabilities.npy: a row short",
    "checkpoints.npz: a moment a/b",
    "checkpoints.npz: no moments",
    "history.json is null",
    "history.json: no steps",
    "results.json: no accuracy",
    "results.json: a version with a link",
    "config.json is nested deeply",
    "config.json: an odd setting",
    "manifest.json is nested deeply",
    "manifest.json is a pipe",
    "weights.npz is a link to /dev/zero",
    "the folder is a link to itself",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the only own run; the visitor is the operator."""
    monkeypatch.setenv("DIGITSCOPE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("DIGITSCOPE_OPERATOR", "everybody")
    return write_run(tmp_path / "runs" / RUN, files_of())


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.text)


@pytest.mark.parametrize("name", CHOSEN)
def test_named_and_deleted(open_page: OpenPage, run: Path, name: str) -> None:
    """Whoever had it chosen gets the default; what is wrong is said as text; it can be deleted."""
    app = open_page("overview", model=RUN)
    assert app.query_params["model"] == RUN
    DAMAGES[name](run)

    app.switch_page("pages/runs.py").run()

    assert not app.exception
    assert "The model that was chosen is gone" in [warning.proto.title for warning in app.warning]
    assert app.query_params["model"] == "improved"
    assert f"**{RUN}**" in all_text(app)
    assert "Damaged: " in texts(app)
    assert RUN not in app.selectbox(key="model").options
    app.button(key=f"delete-{RUN}").click().run()
    app.button(key=f"confirm-{RUN}").click().run()
    assert not app.exception
    assert "Damaged: " not in texts(app)
    assert list(run.parent.iterdir()) == []


@pytest.mark.parametrize(
    "page", ["layers", "evaluation", "draw", "training", "runs", "convolution"]
)
@pytest.mark.parametrize("name", ["weights.npz: text", "history.json is null"])
def test_every_page_goes_on(open_page: OpenPage, run: Path, page: str, name: str) -> None:
    """An address that asks for it is answered with the default and a notice."""
    DAMAGES[name](run)

    app = open_page(page, model=RUN, runs=f"{RUN},baseline")

    assert not app.error
    assert f"{name.split('.')[0]}." in app.warning[0].value
    assert app.query_params["model"] == "improved"


def test_a_stranger_in_it_is_named(open_page: OpenPage, run: Path) -> None:
    """What is no part of a model is never deleted; what to do is said where one asked."""
    (run / "weights.npz").unlink()
    (run / "thesis.txt").touch()
    app = open_page("runs")
    app.button(key=f"delete-{RUN}").click().run()
    app.button(key=f"confirm-{RUN}").click().run()

    assert "thesis.txt. Move it elsewhere" in app.error[0].value
    assert (run / "thesis.txt").exists()


def test_others_may_not_delete_it(
    open_page: OpenPage, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged run is somebody's as well."""
    monkeypatch.delenv("DIGITSCOPE_OPERATOR")
    (run / "weights.npz").unlink()

    app = open_page("runs")

    assert "weights.npz is missing" in texts(app)
    assert "Whoever trained it, or runs this server" in all_text(app)
    assert f"delete-{RUN}" not in {button.key for button in app.button}


def test_another_model_to_compare_with(open_page: OpenPage, run: Path) -> None:
    """A run that is damaged while it is compared with makes room for one that is whole."""
    app = open_page("evaluation")
    app.session_state["evaluation-part"] = "Two models"
    app.run()
    app.selectbox(key="other-model").set_value(RUN).run()
    assert not app.error
    DAMAGES["test_probabilities.npy: an .npz"](run)

    app.run()

    assert not app.exception
    assert not app.error
    assert app.selectbox(key="other-model").value != RUN
