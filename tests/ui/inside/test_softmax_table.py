"""Ten logits, their powers and their shares, term by term."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.seen import alone, components, plain, words
from ui.inside.units.softmax_table import scientific, softmax_table

LOGITS = np.array([0.5, -3, 2, 1, -1, 0, 4, -2, -4, 3], np.float32)


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_every_digit_has_its_line(temperature: float) -> None:
    """Logit over temperature, e to that power, over the sum; the unit's line stands out."""
    app = alone(lambda: softmax_table(LOGITS, 2), {"temperature": temperature})
    (table,) = components(app, "terms")

    powers = [math.exp(float(logit) / temperature) for logit in LOGITS]
    for digit, line in enumerate(table["terms"]):
        share = powers[digit] / sum(powers)
        scaled = float(LOGITS[digit]) / temperature
        sign = "+" if scaled > 0 else ""
        assert line["name"] == str(digit)
        assert line["value"] == pytest.approx(share)
        assert line["factors"][0] == f"{sign}{scaled:.4f}".replace("-", "−")
        assert line["factors"][1] == scientific(powers[digit])
        assert plain(line["text"]) == f"{100 * share:.2f} %"
    assert [line["marked"] for line in table["terms"]].index(True) == 2
    (total,) = table["sums"]
    assert total["name"] == f"Sum of all ten powers: {scientific(sum(powers))}"
    assert plain(total["text"]) == "100 %"
    assert table["heads"][1] == ("Logit z" if temperature == 1 else "z ÷ 2.5")
    assert ("with temperature 2.5 these are **not**" in words(app)) == (temperature != 1)


def test_a_guess_at_another_temperature() -> None:
    """What the most probable digit would have at 5; five points beside it are close."""
    powers = [math.exp(float(logit) / 5) for logit in LOGITS]
    truth = powers[6] / sum(powers)
    key = "temperature-guess"
    app = alone(lambda: softmax_table(LOGITS, 2))
    said = words(app)
    assert "With every logit divided by 5, how many per cent would the 6 have?" in said
    assert f"{truth:.1%}".replace("%", " %") not in said
    for guessed, close in ((round(100 * truth) + 4, True), (round(100 * truth) + 7, False)):
        field = next(one for one in app.number_input if str(one.key).startswith(f"{key}-answer"))
        field.set_value(guessed)
        app.button(key=f"{key}-check").click().run()
        (told,) = app.success if close else app.error
        assert f"it would have {100 * truth:.1f} %" in plain(told.value)
        assert ("Close" in told.value) == close


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.3456, "12.35"),
        (1.5, "1.500"),
        (0.01234, "0.0123"),
        (99_999.4, "99,999"),
        (123_456_789, "1.235 · 10⁸"),
        (0.0001234, "1.234 · 10⁻⁴"),
        (1234.56, "1,235"),
    ],
)
def test_scientific(value: float, shown: str) -> None:
    """Four digits, with a power of ten where they would be many."""
    assert scientific(value) == shown
