"""What the browser is sent is enough to show every number in full, and no more."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from cnn_core.network.filter_run import run_filter, run_pool
from ui.components.sliding_window.sliding_window import (
    MOST_DECIMALS,
    Scale,
    decimals_of,
    filter_data,
    pool_data,
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
