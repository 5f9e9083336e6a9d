"""The dataset page lets a visitor browse MNIST and choose the current digit."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from cnn_core.data.dataset import Mnist
from tests.support.pages import OpenPage, all_text
from tests.support.seen import charts, pictures, plotted
from ui.look.colors import ACCENT
from ui.look.wording import a_digit


def grid(app: AppTest) -> dict[str, Any]:
    """What the grid of digits was handed."""
    for component in app.get("bidi_component"):
        data: dict[str, Any] = json.loads(component.proto.json)
        if "captions" in data:
            return data
    raise AssertionError("there is no grid of digits")


def choose(app: AppTest, key: str, option: str) -> None:
    """Choose one of several buttons in a row."""
    buttons = app.get_by_key(key)
    assert isinstance(buttons, ButtonGroup)
    buttons.set_value(option)


def test_starts_with_the_first_25_training_digits(open_page: OpenPage, mnist: Mnist) -> None:
    """The first 25 training digits stand in five columns with their labels."""
    data = grid(open_page("dataset"))

    assert data["names"] == [f"train-{position}" for position in range(25)]
    assert data["captions"] == [str(label) for label in mnist.train.labels[:25]]
    assert data["columns"] == 5
    colours = np.frombuffer(base64.b64decode(data["colours"]), np.uint8).reshape(25, 28, 28, 3)
    for channel in range(3):
        np.testing.assert_array_equal(colours[..., channel], mnist.train.images[:25])


def test_browses_one_class_of_the_test_split(open_page: OpenPage, mnist: Mnist) -> None:
    """Split and class narrow the grid to what was asked for."""
    app = open_page("dataset")

    choose(app, "split", "Test")
    choose(app, "class", "8")
    app.run()

    expected = np.flatnonzero(mnist.test.labels == 8)[:25]
    assert grid(app)["names"] == [f"test-{position}" for position in expected]


def test_pages_through(open_page: OpenPage) -> None:
    """The second page goes on where the first ended."""
    app = open_page("dataset", page="2")

    assert grid(app)["names"][0] == "train-25"
    assert "Digits 26 to 50 of 60,000" in all_text(app)


def test_a_class_with_fewer_pages_starts_over(open_page: OpenPage) -> None:
    """A page that the new choice does not have is not asked for."""
    app = open_page("dataset", page="2400")

    choose(app, "split", "Test")
    app.run()

    assert not app.exception
    assert grid(app)["names"][0] == "test-0"


def test_shuffles_the_same_way_for_the_same_seed(open_page: OpenPage) -> None:
    """One seed, one order; another seed, another order."""
    first = open_page("dataset", shuffle="true", seed="5")
    again = open_page("dataset", shuffle="true", seed="5")
    other = open_page("dataset", shuffle="true", seed="6")

    assert grid(first)["names"] == grid(again)["names"]
    assert grid(first)["names"] != grid(other)["names"]


def test_going_to_a_position_chooses_the_digit(open_page: OpenPage, mnist: Mnist) -> None:
    """The digit at a position becomes the current one, in the sidebar and in the address."""
    app = open_page("dataset")

    app.number_input(key="position").set_value(17)
    app.form_submit_button[0].click().run()

    assert app.query_params["digit"] == "train-17"
    assert f"**Training digit 17**, written as {a_digit(mnist.train.labels[17])}" in all_text(app)


def test_choosing_in_the_grid_chooses_the_digit(open_page: OpenPage) -> None:
    """The digit that was clicked is named in the address, and the grid marks it."""
    app = open_page("dataset", digit="train-3")

    assert grid(app)["current"] == "train-3"


def test_says_shape_type_and_range(open_page: OpenPage) -> None:
    """The arrays are described in words, with figures that come from them."""
    text = all_text(open_page("dataset"))

    assert "`(60000, 28, 28)`" in text
    assert "`uint8`" in text
    assert "from 0 to 255" in text
    assert "the 1 is the most frequent (6,742), the 5 the rarest (5,421)" in text


def test_counts_and_averages_are_those_of_the_split(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the test digits, with the chosen class in the accent colour; each class with its own mean."""
    shown = pictures(monkeypatch)
    app = open_page("dataset", split="Test", **{"class": "5"})

    images, labels = mnist.test.images, mnist.test.labels
    (chart,) = charts(app)
    (bars,) = chart["data"]
    counts = [int((labels == digit).sum()) for digit in range(10)]
    assert plotted(bars["y"]).tolist() == counts
    assert [colour == ACCENT for colour in bars["marker"]["color"]] == [
        digit == 5 for digit in range(10)
    ]
    assert app.get("plotly_chart")[0].proto.alt == (
        f"Bars: number of test digits of each class, from {min(counts)} to {max(counts):,}"
    )
    averages = [picture for picture in shown if picture.alt.startswith("The average")]
    for digit, picture in enumerate(averages):
        assert picture.alt == f"The average {digit}"
        assert picture.caption == str(digit)
        mean = np.round(images[labels == digit].mean(axis=0, dtype=np.float64))
        assert np.abs(picture.pixels[::15, ::15, 0] - mean).max() <= 1
    assert len(averages) == 10
    assert f"Digits 1 to 25 of {counts[5]} test digits." in all_text(app)
    size = (images.nbytes + labels.nbytes) / 1e6
    assert f"Together they take {size:.0f} MB." in all_text(app)


def test_the_current_digit_is_told_and_shown(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its picture, its label, its numbers; and the position field of the chosen split."""
    shown = pictures(monkeypatch)
    app = open_page("dataset", digit="test-7", split="Test", shuffle="true", seed="3", page="2")
    (large,) = [picture for picture in shown if picture.alt == "Test digit 7, large"]
    zoom = len(large.pixels) // 28
    np.testing.assert_array_equal(large.pixels[::zoom, ::zoom, 0], mnist.test.images[7])
    said = all_text(app)
    assert f"Its label says {a_digit(int(mnist.test.labels[7]), bold=True)}." in said
    position, seed = app.number_input(key="position"), app.number_input(key="seed")
    assert (position.label, position.min, position.max) == ("Go to test digit 0 to 9,999", 0, 9999)
    assert (seed.min, seed.max) == (0, 9999)
    assert "Digits 26 to 50 of 10,000 test digits." in said
    counts = np.bincount(mnist.test.labels)
    assert (
        f"The 10,000 test digits are not spread evenly: the {counts.argmax()} is the most frequent "
        f"({counts.max():,}), the {counts.argmin()} the rarest ({counts.min()})."
    ) in said
    assert "`(10000, 28, 28)`: 10,000 images, each of 28 rows of 28 pixels." in said
    assert "`labels` has the shape `(10000,)` and the type `uint8`: one number from 0 to 9" in said


def test_the_last_page_ends_with_the_last_digit(open_page: OpenPage, mnist: Mnist) -> None:
    """A page that is not full says how far it goes."""
    fives = np.flatnonzero(mnist.test.labels == 5)
    last = -(-len(fives) // 25)
    app = open_page("dataset", split="Test", page=str(last), **{"class": "5"})
    beginning = 25 * (last - 1)
    assert grid(app)["names"] == [f"test-{position}" for position in fives[beginning:]]
    assert f"Digits {beginning + 1} to {len(fives)} of {len(fives)} test digits." in all_text(app)
