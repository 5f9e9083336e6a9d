"""What the browser is sent is enough to show every number in full, and no more."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from cnn_core.network.filter_run import run_filter, run_pool
from tests.support.seen import alone, components
from ui.components.sliding_window.sliding_window import (
    MOST_DECIMALS,
    Place,
    Scale,
    decimals_of,
    filter_data,
    pool_data,
    sliding_window,
)


@pytest.mark.parametrize(
    ("values", "decimals"),
    [([0, 3, -255], 0), ([0.5, 1], 1), ([0.0625], 4), ([0.1, 0.25], 2), ([1 / 3], MOST_DECIMALS)],
)
def test_decimals(values: list[float], decimals: int) -> None:
    """As many decimals as the values have, four at most."""
    assert decimals_of(np.array(values, np.float32)) == decimals


def test_products_of_short_numbers_are_shown_in_full() -> None:
    """Two decimals times one give three: added up as shown, the terms give the sum as shown."""
    maps = np.full((4, 4, 1), 0.25, np.float32)
    data = filter_data(run_filter(maps, np.full((3, 3, 1), 0.5, np.float32)), Scale("pixels", 1))

    assert data["decimals"]["sum"] == 3


def test_the_data_of_a_filter_is_json_and_small() -> None:
    """A 28×28 input with its 26×26 output travels in less than 20 kB."""
    rng = np.random.default_rng(1)
    maps, kernel = rng.random((28, 28, 1)), rng.random((3, 3, 1))
    run = run_filter(maps.astype(np.float32), kernel.astype(np.float32))
    data = filter_data(run, Scale("pixels", 1))

    assert len(json.dumps(data)) < 20_000
    sums = np.frombuffer(base64.b64decode(data["sums"]), np.float32).reshape(26, 26)
    np.testing.assert_array_equal(sums, run.sums)


def test_nobody_wins_an_average() -> None:
    """Winners are sent for max pooling only."""
    values = np.arange(16, dtype=np.float32).reshape(4, 4)

    assert pool_data(run_pool(values), Scale("activations", 15))["winners"] is not None
    assert pool_data(run_pool(values, kind="average"), Scale("activations", 15))["winners"] is None


def floats(text: str, *shape: int) -> np.ndarray:
    """The values that a part of the data holds."""
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(shape)


def test_every_part_of_a_filter_is_where_the_browser_looks_for_it() -> None:
    """Six rows by seven columns of two channels: channel by channel, each row by row."""
    rng = np.random.default_rng(2)
    maps = rng.normal(size=(6, 7, 2)).astype(np.float32)
    kernel = rng.normal(size=(3, 3, 2)).astype(np.float32)
    run = run_filter(maps, kernel, 0.5, 2, "same", 1, True)
    data = filter_data(run, Scale("signed", 2.5))

    assert (data["mode"], data["channels"], data["height"], data["width"]) == (
        "convolution",
        2,
        6,
        7,
    )
    assert (data["size"], data["stride"], data["dilation"]) == (3, 2, 1)
    assert (data["rows"], data["columns"]) == (3, 4)
    assert (data["before"], data["after"]) == ([0, 1], [1, 1])
    sent = floats(data["input"], 2, 6, 7)
    assert all((sent[channel] == maps[..., channel]).all() for channel in (0, 1))
    sent = floats(data["kernel"], 2, 3, 3)
    assert all((sent[channel] == kernel[..., channel]).all() for channel in (0, 1))

    # The cell in row 1, column 3 reads rows 2 to 4, columns 5 and 6, and the border.
    products = maps[2:5, 5:7] * kernel[:, :2]
    shares = products.sum(axis=(0, 1))
    np.testing.assert_allclose(floats(data["contributions"], 3, 4, 2)[1, 3], shares, atol=1e-5)
    assert floats(data["totals"], 3, 4)[1, 3] == pytest.approx(shares.sum(), abs=1e-5)
    total = shares.sum() + 0.5
    assert floats(data["sums"], 3, 4)[1, 3] == pytest.approx(total, abs=1e-5)
    assert floats(data["output"], 3, 4)[1, 3] == pytest.approx(max(total, 0), abs=1e-5)
    assert (floats(data["sums"], 12) < 0).any()
    assert (floats(data["output"], 12) >= 0).all()
    assert (data["bias"], data["rectified"]) == (0.5, True)

    assert data["inputScale"] == ["signed", -2.5, 2.5, ["−2.50", "2.50"]]
    most = float(run.output.max())
    assert data["outputScale"] == ["activations", 0, most, ["0", f"{most:.2f}"]]
    assert data["inputTitle"] == "Input 6 × 7 × 2"
    assert data["outputTitle"] == "Output 3 × 4"


def test_an_output_with_negative_values_has_a_scale_with_two_ends() -> None:
    """Without ReLU the sums are the output, as far below 0 as above."""
    maps = np.array([[0, 8, 1]], np.float32).reshape(1, 3, 1)
    data = filter_data(run_filter(maps, np.full((1, 1, 1), -1, np.float32)), Scale("pixels", 255.0))

    assert data["output"] is None
    assert data["contributions"] is None
    assert data["outputScale"] == ["signed", -8, 8, ["−8", "8"]]
    assert data["inputScale"] == ["pixels", 0, 255, ["0", "255"]]
    assert floats(data["sums"], 3).tolist() == [0, -8, -1]


def test_every_part_of_a_pool_is_where_the_browser_looks_for_it() -> None:
    """The winner of each window is counted row by row, and the output is on the input's scale."""
    values = np.array([[1, 2, 9, 3], [4, 0, 5, 8], [6, 7, 0, 1], [2, 1, 3, 2]], np.float32)[:, :3]
    data = pool_data(run_pool(values, 2, 1), Scale("activations", 9))

    assert (data["mode"], data["channels"]) == ("max", 1)
    assert (data["height"], data["width"], data["rows"], data["columns"]) == (4, 3, 3, 2)
    assert (data["size"], data["stride"]) == (2, 1)
    assert (floats(data["input"], 4, 3) == values).all()
    assert floats(data["output"], 3, 2).tolist() == [[4, 9], [7, 7], [7, 7]]
    winners = np.frombuffer(base64.b64decode(data["winners"]), np.uint8).reshape(3, 2)
    assert winners.tolist() == [[2, 1], [3, 2], [1, 0]]
    assert data["inputScale"] == data["outputScale"] == ["activations", 0, 9, ["0", "9"]]
    assert data["inputTitle"] == "Input 4 × 3"


def test_the_window_starts_where_it_is_asked_to() -> None:
    """In that row and column; a cell that is asked for is counted row by row."""
    maps = np.ones((4, 6, 1), np.float32)

    def show() -> None:
        sliding_window(
            run_filter(maps, np.ones((3, 3, 1), np.float32)),
            Scale("pixels", 1),
            "A window",
            key="window",
            start=Place(1, 3),
            asked=6,
        )

    (data,) = components(alone(show), "asked")
    assert data["start"] == {"row": 1, "column": 3}
    assert (data["asked"], data["autoplay"], data["linkable"]) == (6, False, False)
