"""What is said of changed digits is what was measured at that very setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.robustness import DIALS, SHIFTS, Robustness, Score
from cnn_core.images.changes import Change
from cnn_core.store.store import load_network
from tests.support.seen import Picture, alone, charts, components, pictures, plain, words
from ui.check import robustness_view
from ui.check.robustness_view import show_robustness, what_was_lost


def measured(start: int) -> Robustness:
    """Readings that are all different; the confidence is the accuracy and a thousandth."""

    def score(right: int, total: int) -> Score:
        return Score(right, total, right / total + 0.001)

    return Robustness(
        {
            name: tuple(score(start + 10 * place, 1000) for place in range(len(dial.values)))
            for name, dial in DIALS.items()
        },
        tuple(
            tuple(score(2 * (start + 20 * down + right), 2000) for right in SHIFTS)
            for down in SHIFTS
        ),
    )


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, Robustness]:
    """Two models that were measured."""
    both = {"baseline": measured(300), "improved": measured(600)}
    monkeypatch.setattr(robustness_view, "robustness", lambda: both)
    return both


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The pictures that are shown."""
    return pictures(monkeypatch)


def state(mnist: Mnist, **more: Any) -> Mapping[str, Any]:
    """The session of somebody who looks at the 4 that is test digit 42."""
    return {"digit": mnist_digit(mnist, "test", 42), **more}


@pytest.mark.usefixtures("found")
def test_a_dial(mnist: Mnist, shown: list[Picture]) -> None:
    """Rotated by 20°, which is the 21st setting: each model's own figures, and the digit turned."""
    app = alone(
        show_robustness, state(mnist, **{"robustness-kind": "rotate", "robustness-rotate": 20})
    )

    said = words(app)
    assert (
        "**Rotation 20°.** Baseline reads **50.0 %** right (95 % interval: 46.9 % to 53.1 %) and is "
        "50.1 % confident on average. Improved reads **80.0 %** right (95 % interval: 77.4 % to "
        "82.4 %) and is 80.1 % confident on average."
    ) in said
    (chart,) = charts(app)
    assert [line["name"] for line in chart["data"] if "name" in line] == ["Baseline", "Improved"]
    assert chart["data"][0]["y"][20] == 0.5
    assert plain(app.get("plotly_chart")[0].proto.alt) == (
        "Accuracy against degrees, clockwise. At 20°: Baseline 50.0 %, Improved 80.0 %"
    )
    turned = Change(rotate=20).apply(mnist.test.images[42])
    np.testing.assert_array_equal(shown[0].pixels[::15, ::15, 0], turned)
    for name, bars in zip(("baseline", "improved"), components(app, "shares"), strict=True):
        probabilities = load_network(name).predict(turned[np.newaxis])[0]
        assert bars["shares"] == pytest.approx(probabilities.tolist(), abs=1e-6)
        title = name.capitalize()
        assert f"**{title}** reads a **{probabilities.argmax()}** with" in said


@pytest.mark.usefixtures("found")
def test_a_shift(mnist: Mnist, shown: list[Picture]) -> None:
    """Three up and five to the right: in words, on both maps, and in the picture."""
    app = alone(show_robustness, state(mnist, **{"robustness-down": -3, "robustness-right": 5}))

    assert (
        "**Moved 3 pixels up and 5 to the right.** Baseline reads **24.5 %** right (95 % interval: "
        "22.7 % to 26.4 %) and is 24.6 % confident on average. Improved reads **54.5 %** right"
    ) in words(app)
    assert "Every fifth test digit, 2,000 in all, at each of 17 × 17 shifts" in words(app)
    for chart, share in zip(charts(app), (0.245, 0.545), strict=True):
        assert chart["data"][0]["z"][5][13] == share
    assert [plain(each.proto.alt).split(": ")[1] for each in app.get("plotly_chart")] == [
        f"{middle} % in the middle, {here} % where digits are moved 3 pixels up and 5 to the right"
        for middle, here in (("30.0", "24.5"), ("60.0", "54.5"))
    ]
    before, after = mnist.test.images[42], shown[0].pixels[::15, ::15, 0]
    np.testing.assert_array_equal(after[:25, 5:], before[3:, :23])
    assert shown[0].alt == "Test digit 42, moved 3 pixels up and 5 to the right"


def test_what_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one setting at which the new model is farthest behind, or that there is none."""
    old, new = measured(300), measured(600)
    both = {"baseline": old, "improved": new}
    monkeypatch.setattr(robustness_view, "robustness", lambda: both)
    assert (
        what_was_lost() == "Under none of the changes that were measured is it worse than before."
    )

    # Two settings are worse: contrast × 0.3 by 10 points, noise of 32 by 12.
    contrast, noise = list(new.dials["contrast"]), list(new.dials["noise"])
    contrast[2] = Score(220, 1000, 0.9)
    noise[2] = Score(200, 1000, 0.75)
    changed = dict(new.dials) | {"contrast": tuple(contrast), "noise": tuple(noise)}
    both["improved"] = Robustness(changed, new.shifts)
    assert plain(what_was_lost()) == (
        "With noise 32 it became worse: 20.0 % right instead of 32.0 %, and 75.0 % confident all "
        "the same."
    )
    both["improved"] = Robustness(dict(new.dials) | {"contrast": tuple(contrast)}, new.shifts)
    assert plain(what_was_lost()).startswith("With contrast 0.3 × it became worse: 22.0 % right")
