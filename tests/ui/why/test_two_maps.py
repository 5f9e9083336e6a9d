"""The pictures of two digits in one layer: their colours are their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.alike import LayerOfTwo
from cnn_core.network.architecture import BASELINE
from tests.support.seen import alone, pictures, plain, words
from ui.look.colors import colour_activations, colour_pixels, colour_signed
from ui.why.two_maps import show_layer, table_of_units, three_pictures


def two_of(name: str, shape: tuple[int, ...]) -> LayerOfTwo:
    """Two outputs of a layer, the larger values in the second."""
    layer = next(each for each in BASELINE.layers() if each.name == name)
    rng = np.random.default_rng(0)
    first, second = rng.random((2, *shape)).astype(np.float32)
    second *= 3
    return LayerOfTwo(layer, first, second)


def test_one_map() -> None:
    """That map of each, neither turned nor exchanged, on the scale of the whole layer; first less second."""
    two = two_of("conv1", (3, 4, 5))
    largest = float(two.second.max())
    assert two.first[..., 3].max() < two.second[..., 3].max() < largest
    first, second, difference = three_pictures(two, 3)
    np.testing.assert_array_equal(first, colour_activations(two.first[..., 3], largest))
    np.testing.assert_array_equal(second, colour_activations(two.second[..., 3], largest))
    np.testing.assert_array_equal(
        difference, colour_signed(two.first[..., 3] - two.second[..., 3], largest)
    )
    assert first.shape == (3, 4, 3)


def test_sign_as_it_is_said() -> None:
    """Blue where the first has more, orange where the second has, neutral where they have the same."""
    two = two_of("conv1", (1, 3, 1))
    two.first[..., 0], two.second[..., 0] = [[5, 0, 2]], [[0, 5, 2]]
    blue, orange, neutral = three_pictures(two, 0)[2][0].astype(int)
    assert blue[2] > blue[0] + 50
    assert orange[0] > orange[2] + 50
    assert np.ptp(neutral) < 10


def test_pixels_are_grey() -> None:
    """The very pixels of both digits."""
    image = np.arange(28 * 28).reshape(28, 28).astype(np.uint8)
    two = two_of("rescaling", (28, 28, 1))
    two.first[..., 0], two.second[..., 0] = image / np.float32(255), image[::-1] / np.float32(255)
    first, second, difference = three_pictures(two, 0)
    np.testing.assert_array_equal(first, colour_pixels(image))
    np.testing.assert_array_equal(second, colour_pixels(image[::-1]))
    np.testing.assert_array_equal(difference, colour_signed(two.difference[..., 0], 1))


def test_units_lie_in_rows() -> None:
    """Sixteen in a row, from left to right, what is left of the last row transparent."""
    two = two_of("dense", (35,))
    first, second, difference = three_pictures(two)
    for picture, coloured in (
        (first, colour_activations(two.first, two.largest)),
        (second, colour_activations(two.second, two.largest)),
        (difference, colour_signed(two.difference, two.largest)),
    ):
        assert picture.shape == (3, 16, 4)
        np.testing.assert_array_equal(picture[1, 4, :3], coloured[20])
        assert (picture[..., 3] > 0).ravel().tolist() == [True] * 35 + [False] * 13


def test_strongest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six maps in falling order of their share, three pictures each, with what the colours mean."""
    two = two_of("conv1", (3, 4, 9))
    shown = pictures(monkeypatch)
    app = alone(lambda: show_layer(two))
    said = words(app)
    for unit, (first, second, difference) in zip(
        two.strongest, np.array(shown, object).reshape(6, 3, 3), strict=False
    ):
        assert f"Map {unit} · {100 * two.shares[unit]:.0f} % of the difference" in said
        assert first[1] == f"Map {unit} of conv1, first digit"
        assert second[1] == f"Map {unit} of conv1, second digit"
        assert difference[1] == f"Map {unit} of conv1, first less second"
    assert len(shown) == 18
    assert f"from 0, dark, to {two.largest:.2f}, yellow" in said
    assert f"orange where the second has, down to −{two.largest:.2f}" in said
    shown.clear()
    app.toggle(key="all-beside").set_value(True).run()
    assert len(shown) == 27


def test_table_of_units() -> None:
    """The six units that differ most, with a real minus sign."""
    two = two_of("dense", (8,))
    rows = plain(table_of_units(two, "Unit")).splitlines()
    assert len(rows) == 8
    unit = two.strongest[0]
    first, second = float(two.first[unit]), float(two.second[unit])
    assert rows[2] == (
        f"| {unit} | {first:.2f} | {second:.2f} | {first - second:.2f} | "
        f"{100 * two.shares[unit]:.0f} % |".replace("-", "−")
    )
    assert first < second
