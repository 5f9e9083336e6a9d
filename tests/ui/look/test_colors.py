"""The colour code: zero is where it belongs and the ends are the ends of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from ui.look.colors import (
    ACTIVATION_SCALE,
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
