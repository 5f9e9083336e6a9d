"""The colour code: zero is where it belongs and the ends are the ends of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from ui.look.colors import (
    ACTIVATION_SCALE,
    PIXEL_SCALE,
    SIGNED_SCALE,
    colour_activations,
    colour_pixels,
    colour_signed,
    plotly_scale,
)


def rgb(colour: str) -> list[int]:
    """The three channels of `#RRGGBB`."""
    return list(bytes.fromhex(colour[1:]))


def test_activations_run_from_zero_to_the_largest() -> None:
    """0 has the first colour, the largest value the last, and beyond it nothing changes."""
    colours = colour_activations(np.array([0, 3, 9], np.float32), 3)

    assert colours.tolist() == [
        rgb(ACTIVATION_SCALE[0]),
        rgb(ACTIVATION_SCALE[-1]),
        rgb(ACTIVATION_SCALE[-1]),
    ]


def test_signed_values_are_neutral_at_zero() -> None:
    """Negative is orange, zero neutral, positive blue."""
    negative, zero, positive = colour_signed(np.array([-2, 0, 2], np.float32), 2).tolist()

    assert (negative, zero, positive) == tuple(rgb(SIGNED_SCALE[i]) for i in (0, 3, -1))
    assert negative[0] > negative[2]
    assert positive[2] > positive[0]


def test_a_map_of_zeros_has_a_colour() -> None:
    """Where nothing responds, all is the colour of 0 and nothing is divided by it."""
    assert np.unique(colour_activations(np.zeros((2, 2), np.float32), 0), axis=None).size == 3


def test_pixels_are_grey() -> None:
    """A pixel's value is each of its three channels."""
    assert colour_pixels(np.array([7], np.uint8)).tolist() == [[7, 7, 7]]


@pytest.mark.parametrize("scale", [ACTIVATION_SCALE, SIGNED_SCALE])
def test_plotly_scale_runs_from_0_to_1(scale: tuple[str, ...]) -> None:
    """Plotly is told every colour with its place."""
    places = [place for place, _ in plotly_scale(scale)]

    assert places[0] == 0
    assert places[-1] == 1
    assert places == sorted(places)


def test_between_two_colours_values_are_mixed() -> None:
    """Half-way between the first two colours lies their mean; each colour has its own place."""
    first, second = (np.array(rgb(colour)) for colour in ACTIVATION_SCALE[:2])
    (half,) = colour_activations(np.array([0.5 / 9], np.float32), 1)
    assert np.abs(half - (first + second) / 2).max() <= 0.5

    steps = np.arange(10, dtype=np.float32) * 7
    np.testing.assert_array_equal(
        colour_activations(steps, 63), [rgb(colour) for colour in ACTIVATION_SCALE]
    )


def test_signed_values_take_the_colours_in_order() -> None:
    """From the most negative to the most positive, a third of the way each."""
    values = np.arange(-3, 4, dtype=np.float32)
    np.testing.assert_array_equal(
        colour_signed(values, 3), [rgb(colour) for colour in SIGNED_SCALE]
    )
    # Beyond the ends nothing changes.
    np.testing.assert_array_equal(
        colour_signed(np.array([-9, 9], np.float32), 3),
        [rgb(SIGNED_SCALE[0]), rgb(SIGNED_SCALE[-1])],
    )


def test_scales_go_the_way_the_pages_say() -> None:
    """Activations from dark to yellow, pixels from black to white, negative orange, positive blue."""
    dark, yellow = rgb(ACTIVATION_SCALE[0]), rgb(ACTIVATION_SCALE[-1])
    assert sum(dark) < 200 < sum(yellow)
    assert yellow[2] < 60 < 200 < min(yellow[:2])
    assert PIXEL_SCALE == ("#000000", "#FFFFFF")
    red, _, blue = rgb(SIGNED_SCALE[1])
    assert red > blue
    red, _, blue = rgb(SIGNED_SCALE[-2])
    assert blue > red


def test_plotly_is_told_each_colour_where_it_belongs() -> None:
    """Evenly from 0 to 1, in the order of the scale."""
    assert plotly_scale(("a", "b", "c")) == [(0, "a"), (0.5, "b"), (1, "c")]
