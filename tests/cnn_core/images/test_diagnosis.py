"""What is measured on a drawing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnn_core.images.diagnosis import each_stage_left_out, measure, stroke_thickness
from cnn_core.images.drawing import FULL, STAGES, prepare_drawing
from cnn_core.store.store import load_network


def bar(top: int, bottom: int, left: int, right: int) -> np.ndarray:
    """A canvas with one bar."""
    ink = np.zeros((280, 280), np.uint8)
    ink[top:bottom, left:right] = 255
    return ink


@pytest.mark.parametrize("width", [1, 2, 4])
def test_thickness_of_a_long_bar(width: int) -> None:
    """Nearly its width; its two ends count as outline too."""
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 2:26, 10 : 10 + width] = 255
    assert stroke_thickness(image)[0] == pytest.approx(24 * width / (24 + width), rel=0.1)


def test_figures() -> None:
    """Which edges are touched, how many parts, how large."""
    ink = bar(0, 140, 100, 120)
    ink[120:140, 200:280] = 255
    ink[270, 5] = 255  # A speck.
    prepared = prepare_drawing(ink)
    assert prepared is not None
    found = measure(prepared)

    assert found.touching == ("top", "right")
    assert found.parts == 2
    assert found.share == pytest.approx(275 / 280)


def test_each_step() -> None:
    """One row a stage, each what the network says of that very preparation."""
    network, ink = load_network("baseline"), bar(30, 90, 40, 52)
    full = prepare_drawing(ink)
    assert full is not None
    rows = each_stage_left_out(ink, network, dark_ink=False)

    assert tuple(row.stage for row in rows) == STAGES
    assert rows[0].changed == 0  # White on black: nothing to invert.
    for row in rows:
        expected = prepare_drawing(ink, FULL.without(row.stage))
        assert expected is not None
        assert row.probabilities is not None
        np.testing.assert_array_equal(
            row.probabilities, network.predict(expected.image[np.newaxis])[0]
        )
        assert row.changed == (expected.image != full.image).sum()


def test_nothing_to_prepare() -> None:
    """An empty canvas has no answer, whatever is left out."""
    rows = each_stage_left_out(
        np.zeros((280, 280), np.uint8), load_network("baseline"), dark_ink=False
    )
    assert all(row.prepared is None and row.probabilities is None for row in rows)


@pytest.mark.parametrize(("rows", "parts"), [(10, 2), (3, 2), (1, 1)])
def test_a_part_is_what_has_a_hundredth_of_the_ink(rows: int, parts: int) -> None:
    """Beside a bar of 2,000 pixels 30 are a part, and 10 are a speck."""
    ink = bar(50, 150, 100, 120)
    ink[200 : 200 + rows, 200:210] = 255
    prepared = prepare_drawing(ink)
    assert prepared is not None
    assert measure(prepared).parts == parts


def test_how_far_the_mass_is_off_the_middle() -> None:
    """A bar with a long thin arm: there is no room to move it as far as it would take."""
    prepared = prepare_drawing(bar(20, 260, 40, 60))
    assert prepared is not None
    assert measure(prepared).off_centre == 0
    lopsided = bar(20, 260, 20, 32)
    lopsided[138:142, 20:260] = 255
    prepared = prepare_drawing(lopsided)
    assert prepared is not None
    columns = prepared.image.sum(axis=0).astype(float)
    centre = float((columns * (np.arange(28) + 0.5)).sum() / columns.sum())
    assert centre > 14 + 2 or centre < 14 - 2
    assert measure(prepared).off_centre == pytest.approx(abs(centre - 14))


def test_off_the_middle_in_either_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    """The larger of both distances counts, down or across; up to half a pixel is none at all."""
    prepared = prepare_drawing(bar(20, 260, 40, 60))
    assert prepared is not None
    for distance, said in ((0.5, 0.0), (1.0, 1.0), (2.0, 2.0)):
        for turn in (False, True):
            image = np.zeros((28, 28), np.uint8)
            # Its middle is at 14 across, and as far below 14 as is asked.
            image[13 + int(distance), 13:15] = 100
            image[14 + int(distance), 13:15] = 100
            if distance == 0.5:
                image[:] = 0
                image[14, 13:15] = 100
            moved = replace(prepared, image=image.T.copy() if turn else image)
            assert measure(moved).off_centre == pytest.approx(said)


def test_a_speck_is_measured_by_all_the_ink() -> None:
    """Three parts of 2,000 pixels: of 50 beside them a hundredth of one would be a part."""
    ink = bar(50, 150, 100, 120) + bar(50, 150, 140, 160) + bar(50, 150, 180, 200)
    ink[200:205, 200:210] = 255
    prepared = prepare_drawing(ink)
    assert prepared is not None
    assert measure(prepared).parts == 3
