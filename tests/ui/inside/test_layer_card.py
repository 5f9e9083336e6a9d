"""A card shows a layer's own values, and says how many of them there are."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.architecture import BASELINE, Architecture, Layer
from tests.support.seen import Picture, alone, pictures, words
from ui.inside.layer_card import layer_card
from ui.look.colors import ACTIVATION_SCALE

LAYERS = {layer.name: layer for layer in BASELINE.layers()}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The pictures that are shown."""
    return pictures(monkeypatch)


def card(layer: Layer, values: np.ndarray) -> str:
    """What the card of a layer says."""
    return words(alone(lambda: layer_card(3, layer, values.astype(np.float32), explained=True)))


def bright(picture: Picture, zoom: int) -> list[list[int]]:
    """Where the picture has the colour of the largest value."""
    yellow = [*bytes.fromhex(ACTIVATION_SCALE[-1][1:]), 255]
    return np.argwhere((picture.pixels[::zoom, ::zoom] == yellow).all(axis=-1)).tolist()


def test_pixels(shown: list[Picture]) -> None:
    """In greys from 0 to 255."""
    values = np.zeros((28, 28, 1))
    values[3, 20] = 0.8
    said = card(LAYERS["rescaling"], values)
    assert "**3  Rescaling**  `rescaling`" in said
    assert "28 × 28 × 1 · nothing to learn" in said
    assert shown[0].alt == "The digit with pixel values from 0 to 0.80"
    assert shown[0].pixels[::15, ::15, 0][3, 20] == 204


def test_maps(shown: list[Picture]) -> None:
    """Sixteen in four rows of four; how many of them respond."""
    values = np.zeros((26, 26, 16))
    values[2, 5, 6], values[25, 0, 13], values[1, 1, 3] = 4, 4, 0.5
    values[..., 9] = -1
    said = card(LAYERS["conv1"], values)
    assert "26 × 26 × 16 · 160 parameters" in said
    assert (
        shown[0].alt
        == "16 feature maps of conv1; 3 respond to this digit, the largest value is 4.00"
    )
    assert bright(shown[0], 4) == [[27 + 2, 2 * 27 + 5], [3 * 27 + 25, 27]]


@pytest.mark.parametrize(("count", "columns"), [(32, 6), (64, 8), (10, 4), (9, 3)])
def test_maps_lie_in_rows(shown: list[Picture], count: int, columns: int) -> None:
    """As many side by side as a square takes."""
    values = np.zeros((1, 1, count))
    values[0, 0, columns] = 1
    card(Architecture(filters=(count,)).layers()[1], values)
    zoom = -(-400 // (2 * columns - 1))
    assert bright(shown[0], zoom) == [[2, 0]]


def test_units(shown: list[Picture]) -> None:
    """128 in twelve columns."""
    values = np.zeros(128)
    values[[14, 100, 127]] = 2, 3, 1
    card(LAYERS["dense"], values)
    assert shown[0].alt == "128 values of dense; 3 are above 0, the largest is 3.00"
    assert bright(shown[0], 34) == [[8, 4]]


def test_ten_outputs(shown: list[Picture]) -> None:
    """Ten stripes from top to bottom, the brightest is the answer."""
    values = np.full(10, 0.01)
    values[7] = 0.91
    card(LAYERS["output"], values)
    assert shown[0].alt == "Ten stripes from 0 to 9; the brightest is 7 with 0.91"
    assert bright(shown[0], 40) == [[7, column] for column in range(10)]
