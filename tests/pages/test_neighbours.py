"""The neighbours page reads the training set on request, and shows the digits that come nearest."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.dataset import Mnist
from cnn_core.neighbours import features, nearest
from cnn_core.store import load_network
from tests.pages.conftest import OpenPage, all_text
from ui import background


@pytest.fixture(autouse=True)
def forget_what_was_finished() -> None:
    """No test sees the answers of another one."""
    background._finished.clear()


@pytest.fixture
def known(mnist: Mnist) -> np.ndarray:
    """Features as if they had been read: real ones of the first 300, far away ones of the rest."""
    every = np.full((60_000, 128), 1e6, np.float32)
    every[:300] = features(load_network("baseline"), mnist.train.images[:300])
    background._finished["features"] = OrderedDict({"baseline": every})
    return every


def grid(app: AppTest) -> dict[str, Any]:
    """What the grid of digits was handed."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return next(data for data in components if "captions" in data)


def test_the_nearest_are_shown(open_page: OpenPage, mnist: Mnist, known: np.ndarray) -> None:
    """Names, labels and distances as cnn_core finds them."""
    app = open_page("neighbours", model="baseline")
    place = features(load_network("baseline"), mnist.test.images[42:43])[0]
    expected = nearest(known, place, 20)
    assert grid(app)["names"] == [f"train-{position}" for position in expected.positions]
    label = mnist.train.labels[expected.positions[0]]
    assert grid(app)["captions"][0] == f"{label} · {expected.distances[0]:.2f}"
    assert "of them were written as a" in all_text(app)


def test_a_training_digit_finds_itself(open_page: OpenPage, known: np.ndarray) -> None:
    """At distance 0."""
    app = open_page("neighbours", model="baseline", digit="train-7")
    assert grid(app)["names"][0] == "train-7"
    assert grid(app)["captions"][0].endswith("0.00")


def test_reading_is_asked_for_and_can_be_stopped(open_page: OpenPage) -> None:
    """Nothing is read by itself; once asked it shows progress, and stops when told to."""
    app = open_page("neighbours", model="baseline")
    app.button(key="read-training").click().run()
    assert not app.exception
    app.button(key="stop-job").click().run()
    end = time.monotonic() + 20
    while not [b for b in app.button if b.key == "read-training"]:
        assert time.monotonic() < end
        time.sleep(0.2)
        app.run()
    assert not app.exception
