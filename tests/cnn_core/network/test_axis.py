"""Where a window stands and who reads what, against trying every place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnn_core.network.arithmetic import Padding, window_size
from cnn_core.network.axis import Sliding


@st.composite
def slidings(draw: st.DrawFn) -> Sliding:
    """Windows that fit at least once."""
    padding: Padding = draw(st.sampled_from(["valid", "same", 0, 1, 2, 3]))
    sliding = Sliding(
        draw(st.integers(1, 16)),
        draw(st.integers(1, 5)),
        draw(st.integers(1, 4)),
        padding,
        draw(st.integers(1, 3)),
    )
    assume(sliding.fits)
    return sliding


@given(slidings())
def test_readers_are_the_places_that_a_full_search_finds(sliding: Sliding) -> None:
    """A place reads exactly the positions that its weights stand on."""
    seen = {
        place: {sliding.start(place) + tap * sliding.dilation for tap in range(sliding.kernel_size)}
        for place in range(sliding.outputs)
    }

    for position in range(sliding.size):
        expected = [place for place, positions in seen.items() if position in positions]
        assert sliding.read_by(position) == expected
        assert sliding.unread()[position] == (not expected)


@given(slidings())
def test_the_last_place_is_inside_and_one_more_is_not(sliding: Sliding) -> None:
    """Every window lies within image and padding, and no further one would."""
    end = sliding.size + sliding.widths[1]
    last = sliding.start(sliding.outputs - 1)

    assert last + sliding.window <= end < last + sliding.stride + sliding.window


@given(slidings())
def test_the_exact_size_is_rounded_down(sliding: Sliding) -> None:
    """The number of outputs is the formula's value without its fraction."""
    assert sliding.exact // 1 == sliding.outputs
    assert sliding.window == window_size(sliding.kernel_size, sliding.dilation)


@given(slidings())
def test_what_begins_in_padding_reads_nothing_there(sliding: Sliding) -> None:
    """The first place has a weight on the image unless all of it stands before."""
    taps = [sliding.start(0) + tap * sliding.dilation for tap in range(sliding.kernel_size)]
    assert sliding.begins_in_padding == all(position < 0 for position in taps)


def test_a_size_that_does_not_come_out_whole() -> None:
    """28 pixels, a kernel of 3, stride 2: 13.5 places, and the last pixel is never read."""
    sliding = Sliding(28, 3, 2)

    assert float(sliding.exact) == 13.5
    assert np.flatnonzero(sliding.unread()).tolist() == [27]


def test_a_window_that_does_not_fit() -> None:
    """A dilated kernel larger than the image has no place."""
    sliding = Sliding(28, 7, dilation=5)

    assert not sliding.fits
    assert sliding.exact < 1
    with pytest.raises(ValueError, match="does not fit"):
        _ = sliding.outputs
