"""The evaluation page tells the stored results, down to each image."""

from __future__ import annotations

import json

import numpy as np
from streamlit.testing.v1 import AppTest

from cnn_core.dataset import Mnist
from cnn_core.evaluation import confusion_matrix, mistakes
from cnn_core.store import BUNDLED_ROOT, open_model
from tests.pages.conftest import OpenPage, all_text
from ui.wording import a_digit, percent


def component(app: AppTest, key: str) -> dict[str, object]:
    """What a component was handed, found by a key of its data."""
    found = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    data: dict[str, object] = next(data for data in found if key in data)
    return data


def test_figures_are_those_of_the_stored_answers(open_page: OpenPage, mnist: Mnist) -> None:
    """Accuracy and number of mistakes are counted from the stored probabilities."""
    model = open_model(BUNDLED_ROOT / "baseline")
    wrong = mistakes(model.test_probabilities(), mnist.test.labels)

    app = open_page("evaluation", model="baseline")

    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Test accuracy"] == percent(model.results["test_accuracy"], 2)
    assert shown["Digits misread"] == str(len(wrong))


def test_commonest_confusion_is_open_at_first(open_page: OpenPage, mnist: Mnist) -> None:
    """The matrix holds the true counts, and the images behind its largest mistake are shown."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities()
    confusion = confusion_matrix(probabilities, mnist.test.labels)

    app = open_page("evaluation", model="baseline")

    data = component(app, "counts")
    assert data["counts"] == confusion.tolist()
    np.fill_diagonal(confusion, 0)
    truth, answer = np.unravel_index(confusion.argmax(), confusion.shape)
    assert data["chosen"] == [truth, answer]
    assert f"{confusion.max()} × {a_digit(int(truth))} read as {a_digit(int(answer))}" in all_text(
        app
    )


def test_compares_with_the_other_model(open_page: OpenPage) -> None:
    """Beside the chosen model stands every other one, and the test in words."""
    text = all_text(open_page("evaluation", model="baseline"))

    assert "McNemar's exact test" in text
    assert "times Improved" in text


def test_threshold_refuses(open_page: OpenPage) -> None:
    """With a threshold of 0 nothing is refused and the accuracy is the model's."""
    app = open_page("evaluation", model="baseline")

    app.slider(key="threshold").set_value(0.0).run()

    accuracy = open_model(BUNDLED_ROOT / "baseline").results["test_accuracy"]
    assert "It then refuses **0** digits" in all_text(app)
    assert f"**{percent(accuracy, 2)}** are right" in all_text(app)
