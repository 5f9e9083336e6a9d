"""The app around its pages: the address, the sidebar, and what it says when something is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit import dataframe_util

from cnn_core.data.dataset import Mnist
from cnn_core.errors import DatasetError
from cnn_core.store.store import load_network
from tests.support.pages import ROOT, OpenPage, all_text
from ui.look.wording import a_digit

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def test_serving_never_imports_tensorflow() -> None:
    """A process that shows every page once holds neither TensorFlow nor Keras."""
    script = f"""
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).run()
for page in {PAGES}:
    app.switch_page(f"pages/{{page}}.py").run()
    assert not app.exception and len(app.title) == 1, page
print(sorted({{"tensorflow", "keras"}} & set(sys.modules)))
"""
    child = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert child.stdout.strip().endswith("[]"), child.stderr


def test_address_names_digit_and_model(open_page: OpenPage, mnist: Mnist) -> None:
    """A link shows exactly the digit and the model that it names."""
    app = open_page("overview", digit="train-7", model="baseline")

    assert f"**Training digit 7**, written as {a_digit(mnist.train.labels[7])}" in all_text(app)
    assert app.selectbox(key="model").value == "baseline"
    assert not app.warning


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("digit", "test-10000", "goes from test-0 to test-9999"),
        ("digit", "../../etc/passwd", "names no digit"),
        ("digit", "draw-AAAA", "damaged"),
        ("digit", "draw-" + "A" * 5000, "too long"),
        ("model", "gpt", "There is no model"),
    ],
)
def test_senseless_address_gets_the_default_and_a_notice(
    open_page: OpenPage, name: str, value: str, said: str
) -> None:
    """Nonsense in the address ends in the default and one warning that says why."""
    app = open_page("overview", **{name: value})

    assert said in app.warning[0].value
    assert app.query_params["digit"] == "test-42"
    assert app.query_params["model"] == "improved"


def test_digit_and_model_stay_on_every_page(open_page: OpenPage) -> None:
    """Each page opens with one title, and going on keeps digit and model, also in the address."""
    app = open_page("overview", digit="test-7", model="baseline")

    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        assert len(app.title) == 1
        assert app.query_params["digit"] == "test-7"
        assert app.query_params["model"] == "baseline"
        assert "**Test digit 7**" in all_text(app)


def test_card_steps_through_the_split(open_page: OpenPage) -> None:
    """Next and previous go along the split, past its ends to the other end."""
    app = open_page("overview", digit="test-9999")

    app.button(key="next-digit").click().run()
    assert app.query_params["digit"] == "test-0"
    app.button(key="previous-digit").click().run()
    assert app.query_params["digit"] == "test-9999"


def test_random_mistake_is_a_mistake(open_page: OpenPage, mnist: Mnist) -> None:
    """The digit that “Random mistake” finds is misread by the chosen model."""
    app = open_page("overview", model="baseline")

    app.button(key="random-mistake").click().run()

    position = int(app.query_params["digit"].removeprefix("test-"))
    answer = load_network("baseline").predict(mnist.test.images[position : position + 1]).argmax()
    assert answer != mnist.test.labels[position]


def test_altered_data_set_is_a_message(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the data file is altered the app says so, and what to do, without a stack trace."""
    broken = tmp_path / "mnist.npz"
    broken.write_bytes(b"not what it was")
    monkeypatch.setattr("cnn_core.data.dataset.load_mnist.__defaults__", (broken,))
    st.cache_resource.clear()
    try:
        app = open_page("overview")
        assert str(broken) in app.error[0].value
        assert "git checkout" in app.error[0].value
    finally:
        st.cache_resource.clear()


def test_damaged_model_is_a_message(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the bundled models are missing the app says how to make them."""
    monkeypatch.setattr("cnn_core.store.store.BUNDLED_ROOT", tmp_path)
    st.cache_resource.clear()
    try:
        app = open_page("overview")
        assert "make models" in app.error[0].value
    finally:
        st.cache_resource.clear()


def test_question_is_shown_before_anything_is_read(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question of a page is there even where neither the digit nor the model can be read."""

    def fail() -> None:
        raise DatasetError("The data set is damaged.")

    monkeypatch.setattr("ui.frame.article.follow_address", fail)

    app = open_page("overview")

    assert app.title[0].value == "DigitScope"
    assert app.error[0].value == "The data set is damaged."


@pytest.mark.parametrize("page", ["dataset", "reasons", "units"])
def test_a_page_without_a_canvas_is_shown_without_pandas(
    page: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on it makes Streamlit ask, by importing pandas, whether it is a table; st_canvas does."""
    asked: list[object] = []
    determine = dataframe_util.determine_data_format

    def note(data: object) -> dataframe_util.DataFormat:
        asked.append(data)
        return determine(data)

    monkeypatch.setattr(dataframe_util, "determine_data_format", note)

    open_page(page)

    assert not asked
