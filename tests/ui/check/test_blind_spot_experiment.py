"""What the blackened network separates is said by its seeds, and what it leaves open too."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.variant_results import Measured
from cnn_core.recipe.variants import BLACKENED, PADDED, REFERENCE
from tests.support.seen import alone, charts, plain, plotted, words
from ui.check import blind_spot_experiment
from ui.check.blind_spot_experiment import show_experiment, what_is_separated

DIGITS = np.full(10, 1000)


def variant(name: str, mistakes: tuple[int, ...]) -> Measured:
    """A variant whose seeds misread so many digits."""
    errors = np.zeros((len(mistakes), 9, 10), np.int64)
    errors[:, 0, 3] = mistakes
    return Measured(name, tuple(range(len(mistakes))), errors, (0.5,) * len(mistakes), DIGITS)


VALID, BLACK, SAME = (
    variant(REFERENCE, (148, 132, 131)),
    variant(BLACKENED, (123, 104, 106)),
    variant(PADDED, (101, 110, 83)),
)


def test_parts_of_the_gain() -> None:
    """Means and their differences, and whether seeds lie apart: 137 → 111 → 98."""
    said = what_is_separated(VALID, BLACK, SAME)

    assert "Baseline misreads 148, 132 and 131 (mean 137)" in said
    assert "same padding 101, 110 and 83 (mean 98): **39 fewer**" in said
    assert "With those pixels black it misreads 123, 104 and 106 (mean 111)." in said
    assert "So **26** of the mistakes are gone" in said
    assert "seen (every seed makes fewer than every seed before)" in said
    assert "**13** more go when they are seen (but the seeds overlap, so three do not" in said
    assert "What this leaves open" in said

    assert "nothing can be said" in what_is_separated(VALID, variant(BLACKENED, (99,)), SAME)


def test_shown_from_valid_to_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The three in this order, with the sizes and parameters of the two architectures."""
    found = {each.name: each for each in (SAME, VALID, BLACK)}
    monkeypatch.setattr(blind_spot_experiment, "measured", lambda: found)

    app = alone(show_experiment)

    said = words(app)
    assert "the last maps are 3 × 3 × 64 instead of 1 × 1 × 64" in said
    assert "98,442 parameters instead of 32,906" in said
    assert "the 300 pixels of the blind spot painted black" in said
    (figure,) = charts(app)
    assert plotted(figure["data"][1]["x"])[:4] == pytest.approx([0.9852, 0.9868, 0.9869, 0.9877])
    assert plain(app.get("plotly_chart")[0].proto.alt).endswith(
        "Baseline 98.52, 98.68, 98.69 %; Same padding, blackened 98.77, 98.96, 98.94 %; "
        "Same padding 98.99, 98.90, 99.17 %"
    )
