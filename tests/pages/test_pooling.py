"""The pooling page shows what is kept, what is lost, and what a shift by one pixel changes."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.network.filter_run import run_pool
from cnn_core.network.kernels import PAPER_MAP
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text, set_value


def windows(app: AppTest) -> list[dict[str, Any]]:
    """What the two sliding windows of the page were handed."""
    return [json.loads(part.proto.json) for part in app.get("bidi_component")]


def floats(text: str, *shape: int) -> np.ndarray:
    """The numbers that a component was sent."""
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(shape)


def metrics(app: AppTest, label: str) -> list[str]:
    """The values of all metrics with that label."""
    return [metric.value for metric in app.metric if metric.label == label]


def test_the_question_is_about_the_largest_value(open_page: OpenPage) -> None:
    """The asked cell is hidden until the visitor has answered."""
    app = open_page("pooling")
    asked = windows(app)[0]["asked"]

    app.number_input(key="pool-paper-answer").set_value(
        float(run_pool(PAPER_MAP).output.flat[asked])
    )
    app.button(key="pool-paper-check").click().run()

    assert "Yes" in app.success[0].value
    assert windows(app)[0]["asked"] is None


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_pools_the_chosen_map(
    kind: Any, size: int, stride: int, open_page: OpenPage, mnist: Mnist
) -> None:
    """The window is sent the network's own map and what pooling makes of it."""
    app = open_page("pooling", model="baseline", digit="test-7", layer="conv2", unit="3")
    set_value(app, "pool-kind", kind)
    set_value(app, "pool-size", size)
    set_value(app, "pool-stride", stride).run()

    assert not app.exception
    activations = load_network("baseline").activations(mnist.test.images[7][np.newaxis])
    run = run_pool(activations["conv2"][0, ..., 3], size, stride, kind)
    sent = windows(app)[1]
    np.testing.assert_array_equal(floats(sent["output"], *run.output.shape), run.output)
    np.testing.assert_array_equal(floats(sent["input"], 11, 11), run.map)
    assert (sent["winners"] is not None) == (kind == "max")


def test_the_pool_of_the_network_is_the_one_shown_first(open_page: OpenPage, mnist: Mnist) -> None:
    """2×2 max pooling with stride 2 gives the network's own pooled map."""
    app = open_page("pooling", model="improved", digit="test-7", layer="conv1", unit="4")
    activations = load_network("improved").activations(mnist.test.images[7][np.newaxis])

    np.testing.assert_array_equal(
        floats(windows(app)[1]["output"], 14, 14), activations["pool1"][0, ..., 4]
    )


def test_an_odd_size_drops_its_last_row_and_column(open_page: OpenPage) -> None:
    """In baseline, conv2 makes 11×11 values: 21 of them are not read."""
    app = open_page("pooling", model="baseline", layer="conv2")

    assert metrics(app, "Values not read") == ["21 of 121"]
    assert "1 row and 1 column of the 11 × 11 values" in all_text(app)
    assert "does not come out whole" in app.warning[0].value


def test_the_digit_itself_can_be_pooled(open_page: OpenPage, mnist: Mnist) -> None:
    """Raw pixels are pooled and shown in greys."""
    app = open_page("pooling", digit="test-7", layer="digit")
    sent = windows(app)[1]

    np.testing.assert_array_equal(floats(sent["input"], 28, 28), mnist.test.images[7])
    assert sent["outputScale"][0] == "pixels"
    assert metrics(app, "Values never kept") == ["588 of 784"]


@pytest.mark.parametrize("direction", ["right", "left", "down", "up"])
def test_a_shift_is_measured_before_and_after(direction: str, open_page: OpenPage) -> None:
    """Two numbers for this map, and two for many digits."""
    app = open_page("pooling", model="baseline", layer="conv1")
    set_value(app, "move", direction).run()

    assert not app.exception
    assert len(metrics(app, "Relative change")) == 2
    assert f"one pixel {direction} changes" in all_text(app)


def test_a_link_opens_that_very_place(open_page: OpenPage) -> None:
    """Row and column of the address stand in the sliding window; those too large get a notice."""
    app = open_page("pooling", layer="conv1", unit="2", row="5", column="6")
    assert windows(app)[1]["start"] == {"row": 5, "column": 6}

    app = open_page("pooling", layer="pool7")
    assert len(app.warning) == 1
