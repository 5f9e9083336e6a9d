"""Whatever a browser sends, it becomes a value of ours or is refused; nothing else happens."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.components.shared.from_browser import (
    Implausible,
    chosen_point,
    entry,
    pixels,
    real_number,
    text,
    values,
    whole_number,
)

# Python reads more than JSON allows: NaN, Infinity, and whole numbers of any length.
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


OTHER_CHECKS: list[Callable[[Any], object]] = [
    text,
    lambda each: values(each, 2),
    lambda each: entry(each, "unit"),
    lambda each: pixels(each, (2, 2)),
    chosen_point,
    lambda each: chosen_point({"selection": each}),
    lambda each: chosen_point({"selection": {"points": each}}),
]


@given(anything, st.integers(0, 30))
@example(10**400, 30)
@example(math.nan, 30)
@example(True, 30)
def test_a_whole_number_is_one_within_bounds(value: Any, below: int) -> None:
    """Of anything, only a whole number from 0 on and below the bound is taken."""
    is_one = type(value) in (int, float) and value in range(below)
    if not is_one:
        with pytest.raises(Implausible):
            whole_number(value, below)
    else:
        found = whole_number(value, below)
        assert type(found) is int
        assert found == value


@given(anything)
@example(10**400)
@example(-math.inf)
@example(False)
def test_a_real_number_is_finite_and_within_bounds(value: Any) -> None:
    """Of anything, only a number that is no larger than the bound is taken."""
    if type(value) in (int, float) and -1000 <= value <= 1000:
        assert real_number(value, 1000) == value
    else:
        with pytest.raises(Implausible):
            real_number(value, 1000)


@given(anything)
def test_every_other_check_takes_or_refuses(value: Any) -> None:
    """No value of any kind ends in another error."""
    for check in OTHER_CHECKS:
        try:
            check(value)
        except Implausible:
            continue


def test_json_nested_a_thousand_deep() -> None:
    """It is refused, or handed on unread, like any other list."""
    nested = json.loads("[" * 900 + "]" * 900)
    for refusing in (lambda each: whole_number(each, 9), lambda each: real_number(each, 9), text):
        with pytest.raises(Implausible):
            refusing(nested)
    assert values([nested], 1) == [nested]


def test_pixels_of_this_very_shape() -> None:
    """What has too few bytes, too many, or is no base64 is refused; the rest is the array."""
    sent = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert np.array_equal(pixels(base64.b64encode(sent.tobytes()).decode(), (3, 4)), sent)
    for forged in ("", "AAAA", base64.b64encode(bytes(13)).decode(), "!" * 16, "é" * 16):
        with pytest.raises(Implausible):
            pixels(forged, (3, 4))


def test_a_choice_on_a_chart_and_one_taken_back() -> None:
    """The first point of a selection counts; an empty selection is none."""
    assert chosen_point({"selection": {"points": [{"x": 1}, {"x": 2}]}}) == {"x": 1}
    assert chosen_point({"selection": {"points": []}}) is None
