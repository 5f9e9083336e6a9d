"""The film of the preparation shows what each step leaves, with its sizes, and what depends on it."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.images.diagnosis import LeftOut, Measured
from cnn_core.images.drawing import STAGES, prepare_drawing
from tests.support.seen import Picture, alone, pictures, plain, words
from ui.look.gloss import glossed
from ui.look.pictures import digit_with_centre, ink_with_box
from ui.write import preparation
from ui.write.handwriting import Handwriting
from ui.write.preparation import filmstrip, what_is_measured, what_stages_do

ON = dict.fromkeys(STAGES, True)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The pictures that are shown."""
    return pictures(monkeypatch)


def drawing() -> np.ndarray:
    """60 rows by 100 columns of paper, with ink in 40 by 20 of them, brighter on top."""
    picture = np.zeros((60, 100), np.uint8)
    picture[10:30, 70:90] = 250
    picture[30:50, 70:90] = 120
    return picture


def without_zoom(picture: Picture, rows: int) -> np.ndarray:
    """The picture as it was before it was enlarged."""
    zoom = len(picture.pixels) // rows
    return picture.pixels[::zoom, ::zoom]


def test_every_step_has_its_picture(shown: list[Picture]) -> None:
    """Paper, ink, box, scaled and centred, each in the middle of a square."""
    picture = drawing()
    prepared = prepare_drawing(picture)
    assert prepared is not None

    said = words(alone(lambda: filmstrip(Handwriting(picture)), ON))

    assert len(shown) == 6
    first = without_zoom(shown[0], 100)
    assert first.shape == (100, 100, 4)
    np.testing.assert_array_equal(first[20:80, :, 0], picture)
    assert not first[:20, :, 3].any()
    assert (first[20:80, :, 3] == 255).all()
    np.testing.assert_array_equal(without_zoom(shown[2], 100)[20:80, :, :3], ink_with_box(prepared))
    coarse = without_zoom(shown[3], 20)
    assert not coarse[:, :5, 3].any()
    np.testing.assert_array_equal(coarse[:10, 5:15, 0], 250)
    np.testing.assert_array_equal(coarse[10:, 5:15, 0], 120)
    np.testing.assert_array_equal(without_zoom(shown[4], 20)[:, 5:15, 0], prepared.scaled)
    np.testing.assert_array_equal(without_zoom(shown[5], 420), digit_with_centre(prepared.image))
    row, column = prepared.corner
    for sentence in (
        "60 × 100 pixels.",
        "Nothing to do: the ink is bright already.",
        "40 × 20 pixels go on.",
        "20 × 10: 0.500 times its size.",
        "Each pixel is a mean of those that it covers.",
        f"Its top-left goes to row {row}, column {column}.",
    ):
        assert sentence in said
    assert row != column


def test_what_is_left_out_is_said(shown: list[Picture]) -> None:
    """Without cropping all of the paper goes on; dark ink is inverted, or is not."""
    picture = drawing()
    said = words(alone(lambda: filmstrip(Handwriting(picture)), ON | {"crop": False}))
    assert "The paper around the ink is scaled with it. 60 × 100 pixels go on." in said
    assert "12 × 20: 0.200 times its size." in said
    dark = Handwriting(255 - picture, dark_ink=True)
    assert "Dark ink became bright, as in MNIST." in words(alone(lambda: filmstrip(dark), ON))
    assert "The paper counts as ink." in words(
        alone(lambda: filmstrip(dark), ON | {"invert": False})
    )


def answer(digit: int, share: float) -> np.ndarray:
    """Probabilities with this answer."""
    found = np.full(10, (1 - share) / 9, np.float32)
    found[digit] = share
    return found


def test_what_steps_do() -> None:
    """What the network would read without a step, where that is something else."""
    prepared = prepare_drawing(drawing())
    found = [
        LeftOut("invert", prepared, answer(4, 0.9), 0),
        LeftOut("crop", prepared, answer(8, 0.75), 55),
        LeftOut("fit", None, None, 0),
        LeftOut("smooth", prepared, answer(4, 0.5), 12),
        LeftOut("centre", prepared, answer(4, 0.6), 0),
    ]
    assert [plain(sentence) for sentence in what_stages_do(found, 4)] == [
        "**Without cropping** the network would read this as an 8 with 75.0 %.",
        "**Without fitting it into 20 × 20** nothing would be left to read.",
        "Here inverting and centring changes not one pixel of the 784.",
    ]
    assert what_stages_do(found[3:4], 4) == [
        "Left out alone, none of the steps changes the answer."
    ]


@pytest.mark.parametrize(
    ("thickness", "begins", "thinner"),
    [
        (
            2.0,
            "**Its strokes are thin.** Once prepared, its strokes are about 2.0 pixels thick,",
            0,
        ),
        (3.54, "Once prepared, its strokes are about 3.5 pixels thick, estimated as", 30),
        (9.0, "**Its strokes are thick.** Once prepared, its strokes are about 9.0 pixels", 100),
    ],
)
def test_thickness(
    monkeypatch: pytest.MonkeyPatch, thickness: float, begins: str, thinner: int
) -> None:
    """Compared with the test digits: how many have thinner strokes."""
    typical = np.linspace(3.001, 4.801, 200, dtype=np.float32)
    typical[:60], typical[60:] = 3, 4
    monkeypatch.setattr(preparation, "typical_thickness", lambda: typical)
    found = what_is_measured(Measured((), 1, 0.4, thickness, 0))
    assert plain(found[0]).startswith(begins)
    assert f"of 200 test digits {thinner} % have thinner ones by that measure." in plain(
        glossed(found[0])
    )
    assert found[1] == "The ink is in one connected part."
    assert plain(found[2]).startswith("Its longer side takes 40 % of the paper's longer side")


def test_what_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which sides the ink touches, how many parts it has, how far it is off the middle."""
    monkeypatch.setattr(preparation, "typical_thickness", lambda: np.array([2, 4], np.float32))
    found = what_is_measured(Measured(("top", "left", "right"), 3, 0.95, 3.0, 1.25))
    assert found[0].startswith("**The ink touches the top, left and right** of its paper.")
    assert found[2].startswith("**The ink is in 3 parts**")
    assert found[4].startswith("**Its mass is 1.2 pixels off the middle**")
