"""The digits that excite a unit most are shown with the patch that did it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import IMPROVED
from tests.support.seen import alone, components, numbers, pictures, words
from ui.look.pictures import framed, seen_by
from ui.why.strongest_digits import show_patches, show_strongest, strongest_of
from ui.why.unit_looked_at import LookedAt

LAYERS = {layer.name: layer for layer in IMPROVED.layers()}


def layer(as_strong: int = 1) -> Any:
    """Two units, the second with three digits; one of their cells is at the edge of the map."""
    strongest = np.full((2, 9), -1, np.int32)
    strongest[1, :3] = 7, 12, 59_999
    cells = np.zeros((2, 9, 2), np.uint8)
    cells[1, :3] = (3, 9), (13, 0), (6, 6)
    responses = np.zeros((2, 9), np.float32)
    responses[1, :3] = 4.5, 4.25, 1
    return SimpleNamespace(
        strongest=strongest,
        cells=cells,
        responses=responses,
        as_strong=np.array([0, as_strong]),
    )


def test_digits_patches_and_responses(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, each with its label; what the cell does not see is dimmed."""
    unit, found = LookedAt(IMPROVED, LAYERS["conv2"], 1), layer()
    state = {"digit": strongest_of(found, 1)[0].digit}
    app = alone(lambda: show_strongest(unit, found), state)
    (grid,) = components(app, "captions")
    positions, cells = [7, 12, 59_999], [(3, 9), (13, 0), (6, 6)]
    assert grid["names"] == [f"train-{position}" for position in positions]
    labels = mnist.train.labels[positions]
    assert grid["captions"] == [
        f"{label} · {response}"
        for label, response in zip(labels, ("4.50", "4.25", "1.00"), strict=True)
    ]
    painted = numbers(grid["colours"], np.uint8, (3, 28, 28, 3))
    for place, position, cell in zip(range(3), positions, cells, strict=True):
        expected = seen_by(mnist.train.images[position], unit.field(cell))
        np.testing.assert_array_equal(painted[place], expected)
    assert "get the very largest" not in words(app)

    shown = pictures(monkeypatch)
    alone(lambda: show_patches(unit, found))
    (sheet,) = shown
    assert sheet.caption is not None
    assert sheet.caption.endswith("Pale: beyond the edge of the image")
    # At least 400 pixels wide: all is shown twice as large.
    pixels, size = (
        sheet.pixels[::2, ::2],
        len(framed(unit.patch(mnist.train.images[7], (3, 9)), 96)),
    )
    assert pixels.shape[:2] == (size, 3 * size + 2)
    for place, position, cell in zip(range(3), positions, cells, strict=True):
        left = place * (size + 1)
        np.testing.assert_array_equal(
            pixels[:, left : left + size],
            framed(unit.patch(mnist.train.images[position], cell), 96),
        )


def test_a_dead_unit_has_none() -> None:
    """Nothing to show."""
    assert strongest_of(layer(), 0) == []


def test_when_thousands_are_as_strong(mnist: Mnist) -> None:
    """It is said that those shown are only the first of them."""
    unit, found = LookedAt(IMPROVED, LAYERS["conv1"], 1), layer(1249)
    state = {"digit": strongest_of(found, 1)[0].digit}
    app = alone(lambda: show_strongest(unit, found), state)
    assert "1,249 digits get the very largest, these are the first of them" in words(app)


def test_responses_that_nobody_reads() -> None:
    """Cells in the last row and column of maps of an odd size do not reach the answer: how many is said."""
    found = layer()
    found.cells[1, :3] = (6, 0), (2, 6), (5, 5)
    state = {"digit": strongest_of(found, 1)[0].digit}
    app = alone(lambda: show_strongest(LookedAt(IMPROVED, LAYERS["conv3"], 1), found), state)
    assert "In 2 of these 3 it lies so that no later layer reads the cell" in words(app)
    found.cells[1, :3] = 5, 5
    app = alone(lambda: show_strongest(LookedAt(IMPROVED, LAYERS["conv3"], 1), found), state)
    assert "no later layer reads" not in words(app)
