"""What stands in the blind spot is shown where it is, with the figures of the right network."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.blind_spot import Cropped, Search, Sensitivity
from tests.support.seen import Picture, alone, charts, pictures, plain, plotted, words
from ui.check import blind_spot_view
from ui.check.blind_spot_view import (
    blind_pixels,
    shaded,
    show_digits_misread_for_it,
    show_maps,
)
from ui.look.colors import ACCENT


def one_hot(digit: int, share: float, other: int) -> np.ndarray:
    """Probabilities of two digits."""
    found = np.zeros(10, np.float32)
    found[[digit, other]] = share, 1 - share
    return found


def test_the_blind_spot_is_tinted() -> None:
    """A third of the accent colour over what is blind, and nothing over what is not."""
    image = np.full((28, 28), 200, np.uint8)
    blind = np.zeros((28, 28), bool)
    blind[2, 25] = True

    picture = shaded(image, blind)

    accent = np.array(list(bytes.fromhex(ACCENT[1:])))
    assert picture[2, 25].tolist() == np.round(0.65 * 200 + 0.35 * accent).tolist()
    assert (picture[25, 2] == 200).all()
    assert (picture != 200).any(axis=-1).sum() == 1


def test_baseline_is_blind_below_and_to_the_right() -> None:
    """Rows and columns 22 to 27, 300 pixels of 784; the network with padding sees all."""
    expected = np.zeros((28, 28), bool)
    expected[22:] = expected[:, 22:] = True
    np.testing.assert_array_equal(blind_pixels("baseline"), expected)
    assert not blind_pixels("improved").any()


def test_maps_tell_each_network_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pixel that does most by row and column, means over what is seen, and the most of all."""
    flat = np.full((28, 28), 0.001, np.float32)
    flat[blind_pixels("baseline")] = 0
    least = Sensitivity(flat.copy(), flat * 20, flat * 5)
    least.mean[3, 20], least.largest[1, 2], least.turned[4, 4] = 0.25, 0.9, 0.03
    most = Sensitivity(flat + 0.002, flat + 0.3, flat + 0.1)
    most.mean[20, 3] = 0.04
    both = {"baseline": least, "improved": most}
    monkeypatch.setattr(blind_spot_view, "sensitivity", lambda: both)

    app = alone(show_maps)

    said = words(app)
    assert "**Baseline**: 300 pixels of 784 unseen" in said
    assert "**Improved**: 0 pixels of 784 unseen" in said
    # (483 · 0.001 + 0.25) ÷ 484 = 0.0015145
    assert (
        "moves the probability of the answer by **0.15** percentage points on average, and 90 at "
        "most. No pixel turns more than 6 of 200 answers."
    ) in said
    # (484 · 0.003 + 300 · 0.002 − 0.002 + 0.04) ÷ 784 = 0.0026658, where (20, 3) is one of the 484
    assert "**0.27** percentage points on average, and 30 at most." in said
    first, second = charts(app)
    assert first["data"][-1]["zmax"] == second["data"][-1]["zmax"] == 0
    assert plotted(first["data"][-1]["z"])[3, 20] == pytest.approx(np.log10(0.25))
    assert plotted(second["data"][-1]["z"])[20, 3] == pytest.approx(np.log10(0.04))
    assert [plain(each.proto.alt) for each in app.get("plotly_chart")] == [
        "Map of what each pixel can do to Baseline's answers. 300 pixels cannot do anything; the "
        "one in row 3, column 20 does most, 25.00 % on average.",
        "Map of what each pixel can do to Improved's answers. 0 pixels cannot do anything; the one "
        "in row 20, column 3 does most, 4.00 % on average.",
    ]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The pictures that are shown."""
    return pictures(monkeypatch)


def test_cases_of_the_search(
    mnist: Mnist, monkeypatch: pytest.MonkeyPatch, shown: list[Picture]
) -> None:
    """The clearest two of different classes: as they are, moved, and moved without the hidden ink."""
    labels = mnist.test.labels
    first, again, second = 0, int(np.flatnonzero(labels == labels[0])[1]), 1
    label = int(labels[first])
    cases = tuple(
        Cropped(
            position, up, left, one_hot(9, 0.6, label), one_hot(label, 0.8, 4), one_hot(4, 0.7, 1)
        )
        for position, up, left in ((first, 2, 0), (again, 1, 1), (second, 3, 4))
    )
    monkeypatch.setattr(blind_spot_view, "searched", lambda *_: Search(148, 60, 22, cases))

    app = alone(show_digits_misread_for_it, {"digit": mnist_digit(mnist, "test", 999)})

    said = words(app)
    blind = blind_pixels("baseline")
    ink = 100 * mnist.test.images[:, blind].sum() / mnist.test.images.sum()
    assert f"{ink:.1f} % of all ink of the test digits stands in the blind spot" in said
    assert "each of the 148 digits that Baseline misreads was put to a test. 60 of them" in said
    assert "**22** are read right." in said
    assert "**3** of them are then misread again." in said
    assert "Of the 148 mistakes these are 2 %." in said
    assert len(shown) == 6
    image = mnist.test.images[first]
    for picture, digit in zip(
        shown[:3],
        (
            image,
            np.pad(image, [(0, 2), (0, 0)])[2:],
            np.pad(np.where(blind, 0, image), [(0, 2), (0, 0)])[2:],
        ),
        strict=True,
    ):
        np.testing.assert_array_equal(picture.pixels[::15, ::15], shaded(digit, blind))
    assert [plain(str(picture.caption)) for picture in shown[:3]] == [
        f"Test digit 0, written as a {label}. Read as 9 with 60.0 %: wrong; the {label} has 40.0 %",
        f"Moved: 2 up. Read as {label} with 80.0 %: right; the {label} has 80.0 %",
        f"Moved as far, without that ink. Read as 4 with 70.0 %: wrong; the {label} has < 0.1 %",
    ]
    assert str(shown[4].caption).startswith("Moved: 3 up and 4 to the left.")
    moved = np.pad(mnist.test.images[second], [(0, 3), (0, 4)])[3:, 4:]
    np.testing.assert_array_equal(shown[4].pixels[::15, ::15], shaded(moved, blind))
