"""Who wins a pooling window, who never does, and what is not read at all."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.network.arithmetic import Array
from cnn_core.network.filter_run import run_pool
from cnn_core.network.pooling import shares, times_kept, unread, winners

# Few different values, so that equal ones meet in one window.
small_maps = arrays(np.float32, (9, 8), elements=st.integers(0, 4))


@given(values=small_maps, size=st.integers(1, 3), stride=st.integers(1, 3))
@settings(max_examples=25)
def test_winners_are_those_of_tensorflow(values: Array, size: int, stride: int, keras: Any) -> None:
    """The winner of each window, the first of equals, is what TensorFlow calls its argmax."""
    import tensorflow as tf

    found = winners(values[np.newaxis, ..., np.newaxis], size, stride)[0, ..., 0]
    _, flat = tf.nn.max_pool_with_argmax(values[np.newaxis, ..., np.newaxis], size, stride, "VALID")
    expected = flat.numpy()[0, ..., 0]

    rows, columns = np.indices(found.shape)
    row, column = rows * stride + found // size, columns * stride + found % size
    np.testing.assert_array_equal(row * values.shape[1] + column, expected)


@given(values=small_maps, size=st.integers(1, 3), stride=st.integers(1, 3))
def test_every_window_keeps_one_value(values: Array, size: int, stride: int) -> None:
    """Values are kept as often as there are windows, never where nothing is read."""
    kept = times_kept(values, size, stride)

    assert kept.sum() == run_pool(values, size, stride).output.size
    assert not kept[unread((9, 8), size, stride)].any()


@given(values=small_maps, size=st.integers(1, 3), stride=st.integers(1, 3))
def test_equal_values_share_a_window(values: Array, size: int, stride: int) -> None:
    """Each of the largest has one part in as many as there are, the others have none."""
    parts = shares(values[np.newaxis, ..., np.newaxis], size, stride)[0, ..., 0, :]

    for row, column in np.ndindex(parts.shape[:2]):
        window = values[
            row * stride : row * stride + size, column * stride : column * stride + size
        ].flatten()
        expected = (window == window.max()) / (window == window.max()).sum()
        np.testing.assert_allclose(parts[row, column], expected, rtol=1e-6)


def test_rounding_chooses_no_winner() -> None:
    """What differs in its last digits is equal; what differs in its fourth is not."""
    nearly = np.float32(3.7)
    values = np.array([[nearly, np.nextafter(nearly, np.float32(4))], [3.699, 0]], np.float32)

    parts = shares(values[np.newaxis, ..., np.newaxis])

    assert parts.reshape(-1).tolist() == [0.5, 0.5, 0, 0]


def test_what_never_won_changes_nothing() -> None:
    """Values that no window keeps can be lowered at will: the output stays the same."""
    values = np.random.default_rng(3).random((13, 13)).astype(np.float32)
    lowered = np.where(times_kept(values) == 0, np.float32(-1), values)

    np.testing.assert_array_equal(run_pool(lowered).output, run_pool(values).output)


def test_an_odd_size_loses_its_last_row_and_column() -> None:
    """A 2×2 pool of 11×11 values does not read the last row, nor the last column."""
    ignored = unread((11, 11))

    assert ignored.sum() == 21
    assert ignored[10].all()
    assert ignored[:, 10].all()


def test_a_stride_larger_than_the_window_leaves_gaps() -> None:
    """Positions between two windows are not read either."""
    assert np.flatnonzero(unread((8, 1), size=1, stride=3)[:, 0]).tolist() == [1, 2, 4, 5, 7]
