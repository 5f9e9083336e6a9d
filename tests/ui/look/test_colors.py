"""The colour code: zero is where it belongs and the ends are the ends of the scale."""

from __future__ import annotations

import tomllib
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from tests.support.pages import ROOT
from ui.look.colors import (
    ACTIVATION_SCALE,
    CLASS_COLOURS,
    PIXEL_SCALE,
    SIGNED_SCALE,
    SIGNED_SCALE_ON_DARK,
    colour_activations,
    colour_pixels,
    colour_signed,
    ink_on,
    is_dark,
    plotly_scale,
    signed_scale,
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


# How linear red, green and blue are seen by those who lack one kind of cone (Machado, Oliveira and
# Fernandes, 2009, severity 1).
SEEN_BY = {
    "all": np.eye(3).tolist(),
    "protanopes": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopes": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopes": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colours: ArrayLike) -> NDArray[np.float64]:
    """sRGB, 0 to 255, as linear light, 0 to 1."""
    shares = np.asarray(colours) / 255
    light: NDArray[np.float64] = np.where(
        shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4
    )
    return light


def oklab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light (n, 3) in OKLab (Ottosson, 2020), where equal distances look alike."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    colours: NDArray[np.float64] = np.cbrt(light @ np.transpose(to_cones)) @ np.transpose(to_lab)
    return colours


@pytest.mark.parametrize("viewer", SEEN_BY)
def test_ten_classes_are_told_apart(viewer: str) -> None:
    """No two of the ten colours, and none and a page, light or dark, are nearer than 0.15 in OKLab."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    pages = [theme[kind]["backgroundColor"] for kind in ("light", "dark")]
    light = linear([rgb(colour) for colour in (*CLASS_COLOURS, *pages)])
    seen = oklab(np.clip(light @ np.transpose(SEEN_BY[viewer]), 0, 1))
    apart = np.linalg.norm(seen[:, np.newaxis] - seen, axis=-1)[np.triu_indices(len(seen), 1)]
    assert apart.min() >= 0.15


def test_ink_is_read_on_every_class() -> None:
    """Black or white, with a contrast of 4.5 or more; the lime is light, the navy dark."""
    for colour in CLASS_COLOURS:
        luminances = linear([rgb(colour), rgb(ink_on(colour))]) @ [0.2126, 0.7152, 0.0722] + 0.05
        assert max(luminances) / min(luminances) >= 4.5
    assert (ink_on("#84FF00"), ink_on("#11336A")) == ("#000000", "#FFFFFF")


def test_the_theme_chooses_the_signed_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dark colours on a dark page, light ones on any other, as where no page is known."""
    assert signed_scale() == SIGNED_SCALE
    for theme, scale in (("dark", SIGNED_SCALE_ON_DARK), ("light", SIGNED_SCALE)):
        told = SimpleNamespace(type=theme)
        monkeypatch.setattr(type(st.context), "theme", told)
        assert is_dark() == (theme == "dark")
        assert signed_scale() == scale
        values = np.arange(-3, 4, dtype=np.float32)
        np.testing.assert_array_equal(colour_signed(values, 3), [rgb(colour) for colour in scale])


@pytest.mark.parametrize(
    ("scale", "theme"), [(SIGNED_SCALE, "light"), (SIGNED_SCALE_ON_DARK, "dark")]
)
def test_signed_values_are_at_home_on_their_page(scale: tuple[str, ...], theme: str) -> None:
    """Zero is the middle, neutral and nearest to the page; away from it both sides leave the page alike.

    Orange is negative and blue positive, on a light page and on a dark one.
    """
    pages = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    page = oklab(linear([rgb(pages[theme]["backgroundColor"])]))
    lab = oklab(linear([rgb(colour) for colour in scale]))
    middle = len(scale) // 2
    far = np.linalg.norm(lab - page, axis=1)
    assert far.argmin() == middle
    assert (np.diff(far[middle:]) > 0.05).all()
    assert (np.diff(far[middle::-1]) > 0.05).all()
    # As far to one side as to the other: neither sign looks larger.
    assert np.abs(lab[:middle, 0] - lab[:middle:-1, 0]).max() < 0.1
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    assert chroma[middle] < 0.02
    # In OKLab the last axis runs from blue to yellow.
    assert (lab[:middle, 2] > 0.04).all()
    assert (lab[middle + 1 :, 2] < -0.04).all()
