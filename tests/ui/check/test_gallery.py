"""A gallery shows the digits in their order, each with what is known of it."""

from __future__ import annotations

from typing import Any, cast
from unittest.mock import Mock

import numpy as np
import pytest
import streamlit as st

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.label_issues import LabelIssues
from tests.support.seen import alone, components, numbers, plain, words
from ui.check import label_gallery as labels_shown
from ui.check.gallery import gallery
from ui.check.label_gallery import label_gallery
from ui.look.colors import colour_pixels
from ui.shared.resources import models

POSITIONS = np.arange(100, 40, -2)


@pytest.fixture
def probabilities() -> np.ndarray:
    """Of every digit: read as its position modulo ten, with 61 % to 70 %, the 7 comes next."""
    found = np.zeros((10_000, 10), np.float32)
    every = np.arange(10_000)
    found[:, 7] = 0.2
    found[every, every % 10] = 0.61 + every % 10 / 100
    return found


def test_digits_come_in_their_order(mnist: Mnist, probabilities: np.ndarray) -> None:
    """Label, answer and its probability under each; on the second page the six that are left."""

    def show() -> None:
        gallery(POSITIONS, probabilities, key="g")

    app = alone(show, {"digit": mnist_digit(mnist, "test", 0)})
    (grid,) = components(app, "captions")
    labels = mnist.test.labels
    assert grid["names"] == [f"test-{position}" for position in range(100, 52, -2)]
    assert plain(grid["captions"][1]) == f"{labels[98]} → 8, 69 %"
    assert plain(grid["labels"][1]) == f"Test digit 98: {labels[98]} → 8, 69 %"
    images = numbers(grid["colours"], np.uint8, (24, 28, 28, 3))
    np.testing.assert_array_equal(images[1], colour_pixels(mnist.test.images[98]))
    assert grid["current"] == "test-0"
    assert "Digits 1 to 24 of 30." in words(app)

    app = alone(show, {"digit": mnist_digit(mnist, "test", 0), "g-page": 2})
    (grid,) = components(app, "captions")
    assert grid["names"] == [f"test-{position}" for position in range(52, 40, -2)]
    assert "Digits 25 to 30 of 30." in words(app)


def test_the_current_digit_is_told_in_full(mnist: Mnist, probabilities: np.ndarray) -> None:
    """Its own ten probabilities, by the name of whose they are, to whom its links lead."""
    links: list[tuple[str, Any]] = []

    def show() -> None:
        gallery_links = cast(Mock, st.page_link)
        gallery(POSITIONS, probabilities, key="g", reader=models()["same-padding"])
        links.extend(
            (call.kwargs["label"], call.kwargs["query_params"])
            for call in gallery_links.call_args_list
        )

    app = alone(show, {"digit": mnist_digit(mnist, "test", 96)})
    (bars,) = components(app, "shares")
    assert bars["shares"] == pytest.approx([0, 0, 0, 0, 0, 0, 0.67, 0.2, 0, 0])
    label = mnist.test.labels[96]
    assert (
        f"**Test digit 96**, the current digit, was written as a {label}. Same padding gave"
        in words(app)
    )
    asked_for = {"digit": "test-96", "model": "same-padding"}
    assert links == [("Why a 6?", asked_for), ("Follow it through all layers", asked_for)]


def test_nothing_to_show(probabilities: np.ndarray) -> None:
    """It is said."""
    app = alone(lambda: gallery(np.array([], np.int64), probabilities, key="g"))
    assert words(app) == "There are no such digits."


def test_doubtful_labels(
    mnist: Mnist, probabilities: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lowest quality first, with what both judges read; or those that a judge flags."""
    quality = np.ones(10_000, np.float32)
    quality[[5, 6, 7]] = 0.3, 0.1, 0.49
    issues = LabelIssues(quality, {"baseline": np.array([6, 8, 5]), "improved": np.array([8, 11])})
    answers = {"baseline": np.eye(10)[[3] * 10_000], "improved": np.eye(10)[[4] * 10_000]}
    monkeypatch.setattr(labels_shown, "label_issues", lambda: issues)
    monkeypatch.setattr(labels_shown, "test_probabilities", answers.get)
    session = {"digit": mnist_digit(mnist, "test", 0)}

    app = alone(lambda: label_gallery(probabilities), session)
    (grid,) = components(app, "captions")
    assert grid["names"] == ["test-6", "test-5", "test-7"]
    assert grid["captions"] == [
        f"{mnist.test.labels[position]} → 3, 4 · {value}"
        for position, value in ((6, "0.10"), (5, "0.30"), (7, "0.49"))
    ]
    assert "Of 3 labels it is below 0.5; the lowest come first." in words(app)

    app = alone(
        lambda: label_gallery(probabilities), session | {"issues-way": "Confident learning"}
    )
    (grid,) = components(app, "captions")
    assert grid["names"] == ["test-6", "test-5", "test-8", "test-11"]
    assert (
        "It flags 3 with the answers of Baseline and 2 with the answers of Improved; 1 with both."
        in words(app)
    )
