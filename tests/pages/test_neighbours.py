"""The neighbours page reads the training set on request, and shows the digits that come nearest."""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.findings.neighbours import Neighbours, features, nearest
from cnn_core.findings.projection import load_projection
from cnn_core.findings.votes import load_votes
from cnn_core.store.store import BUNDLED_ROOT, load_network, open_model
from tests.support.pages import OpenPage, all_text
from tests.support.seen import plotted
from ui.shared import background


@pytest.fixture(autouse=True)
def forget_what_was_finished() -> None:
    """No test sees the answers of another one."""
    background._finished.clear()


@pytest.fixture
def known(mnist: Mnist) -> np.ndarray:
    """Features as if they had been read: real ones of the first 300, far away ones of the rest."""
    every = np.full((60_000, 128), 1e4, np.float16)
    exact = features(load_network("baseline"), mnist.train.images[:300])
    every[:300] = exact
    checksum = open_model(BUNDLED_ROOT / "baseline").weights_checksum
    background._finished["features"] = OrderedDict({checksum: every})
    return exact


def grid(app: AppTest, split: str) -> dict[str, Any]:
    """What the grid with digits of a split was handed."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return next(
        data for data in components if "captions" in data and data["names"][0].startswith(split)
    )


def test_the_nearest_are_shown(open_page: OpenPage, mnist: Mnist, known: np.ndarray) -> None:
    """Names, labels and distances as cnn_core finds them."""
    app = open_page("neighbours", model="baseline")
    place = features(load_network("baseline"), mnist.test.images[42:43])[0]
    expected = nearest(known, place, 20)
    assert grid(app, "train")["names"] == [f"train-{position}" for position in expected.positions]
    labels = mnist.train.labels[expected.positions]
    assert grid(app, "train")["captions"] == [
        f"{label} · {distance:.2f}"
        for label, distance in zip(labels, expected.distances, strict=True)
    ]


def test_what_the_nearest_were_meant_as(
    open_page: OpenPage, mnist: Mnist, known: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, the commonest first; beside it what the network reads and what was meant."""
    labels = mnist.train.labels
    positions = np.concatenate(
        [np.flatnonzero(labels == digit)[:many] for digit, many in ((9, 4), (8, 13), (3, 3))]
    )
    found = Neighbours(positions, np.linspace(0, 1, 20, dtype=np.float32))
    monkeypatch.setattr("cnn_core.findings.neighbours.nearest_images", lambda *_: found)
    app = open_page("neighbours", model="baseline")
    assert (
        "Of the 20 nearest of 60,000 training digits, **13 are labelled as an 8**, 4 as a 9, 3 as a "
        "3. The network reads a 4; its label is 4."
    ) in all_text(app)


def test_a_training_digit_finds_itself(open_page: OpenPage, known: np.ndarray) -> None:
    """At distance 0."""
    app = open_page("neighbours", model="baseline", digit="train-7")
    assert grid(app, "train")["names"][0] == "train-7"
    assert grid(app, "train")["captions"][0].endswith("0.00")


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


def map_of(app: AppTest) -> dict[str, Any]:
    """The map as it is sent to the browser."""
    (chart,) = app.get("plotly_chart")
    figure: dict[str, Any] = json.loads(chart.proto.spec)
    return figure


def test_the_current_digit_is_on_the_map(open_page: OpenPage, mnist: Mnist) -> None:
    """A test digit at its own point, with those beside it in a grid; a drawing among its like."""
    app = open_page("neighbours", model="baseline", digit="test-7")
    bundled = load_projection(open_model(BUNDLED_ROOT / "baseline"))
    name = map_of(app)["layout"]["annotations"][-1]
    assert name["text"] == "<b>Test digit 7</b>"
    np.testing.assert_allclose([name["x"], name["y"]], bundled.points[7])
    beside = grid(app, "test")["names"]
    assert beside[0] == "test-7"
    assert beside == [f"test-{position}" for position in bundled.alike(bundled.points[7], 12)]
    assert "is not one of the digits that were laid out" not in all_text(app)

    drawing = drawn_digit(mnist.train.images[0])
    app = open_page("neighbours", model="baseline", digit=drawing.name)
    assert "A drawing is not one of the digits that were laid out" in all_text(app)
    labels = [mnist.test.labels[int(name[5:])] for name in grid(app, "test")["names"]]
    assert labels.count(mnist.train.labels[0]) > 6


def test_what_lies_beside_on_the_map_was_meant_and_read(open_page: OpenPage, mnist: Mnist) -> None:
    """Under each digit of the grid: what its writer meant first, then what the network read."""
    stored = open_model(BUNDLED_ROOT / "baseline")
    read = stored.test_probabilities().argmax(axis=1)
    (missed, *_) = np.flatnonzero(read != mnist.test.labels)
    app = open_page("neighbours", model="baseline", digit=f"test-{missed}")
    beside = grid(app, "test")
    assert beside["captions"] == [
        f"{mnist.test.labels[position]} → {read[position]}"
        for position in (int(name.removeprefix("test-")) for name in beside["names"])
    ]
    assert f"{mnist.test.labels[missed]} → {read[missed]}" in beside["captions"]
    assert "its label → what the network read" in all_text(app)
    # Beside the claim that neighbours explain many a strange answer: how many, for both networks.
    votes = load_votes({name: open_model(BUNDLED_ROOT / name) for name in ("baseline", "improved")})
    counts = []
    for name, found in votes.items():
        answered = open_model(BUNDLED_ROOT / name).test_probabilities().argmax(axis=1)
        wrong = np.flatnonzero(answered != mnist.test.labels)
        for commonest in (answered[wrong], mnist.test.labels[wrong]):
            counts += [int((found.commonest == commonest).sum()), len(wrong)]
    told = re.findall(r"\*\*(\d+) of the (\d+)\*\*|commonest for (\d+)", all_text(app))
    assert [[int(one) for one in each if one] for each in told] == [
        counts[0:2],
        counts[2:3],
        counts[4:6],
        counts[6:7],
    ]


def test_a_model_without_a_map_says_so(open_page: OpenPage) -> None:
    """And still finds the nearest training digits."""
    app = open_page("neighbours", model="same-padding")
    assert not app.get("plotly_chart")
    assert "done ahead, for Baseline and Improved" in app.info[0].value
    assert app.button(key="read-training")


def test_what_is_said_of_the_map(open_page: OpenPage, mnist: Mnist) -> None:
    """Units and guides by number; a drawing lies where its ten nearest test digits draw it."""
    drawing = drawn_digit(mnist.train.images[0])
    app = open_page("neighbours", model="baseline", digit=drawing.name)
    said = all_text(app)
    assert "The 128 activations of each were laid out in two dimensions" in said
    assert "the mean of the points of the 10 test digits" in said
    assert "Nearest to a drawing on the map" in said
    network = load_network("baseline")
    bundled = load_projection(open_model(BUNDLED_ROOT / "baseline"))
    place = features(network, drawing.image[np.newaxis])[0]
    far = np.linalg.norm(bundled.features.astype(np.float64) - place, axis=1)
    guides = np.argsort(far)[:10]
    expected = np.average(bundled.points[guides], axis=0, weights=1 / far[guides])
    name = map_of(app)["layout"]["annotations"][-1]
    np.testing.assert_allclose([name["x"], name["y"]], expected, atol=1e-3)


def test_a_switch_shows_what_was_misread(open_page: OpenPage, mnist: Mnist) -> None:
    """The digits that were read as another bear their label, and no others do; each is there once."""
    read = open_model(BUNDLED_ROOT / "baseline").test_probabilities().argmax(axis=1)
    app = open_page("neighbours", model="baseline", digit="test-7")
    assert map_of(app)["data"][0]["marker"]["size"] == 5
    app.toggle(key="map-mistakes").set_value(True).run()
    data = map_of(app)["data"]
    for digit in range(10):
        for trace, misread in ((data[digit], False), (data[10 + digit], True)):
            places = np.flatnonzero(
                (mnist.test.labels == digit) & ((read != mnist.test.labels) == misread)
            )
            np.testing.assert_array_equal(plotted(trace["customdata"]), places)
            np.testing.assert_array_equal(plotted(trace["hovertext"]), read[places])
        assert set(data[10 + digit]["text"]) == {str(digit)}
