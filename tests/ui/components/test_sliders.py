"""Whatever a browser says of sliders, they rest at a value of their own, or where they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pages import tell
from tests.support.seen import alone, components
from ui.components.shared.from_browser import Implausible
from ui.components.sliders.sliders import Slider, sliders

FINE = Slider("fine", "Fine", 0, 2, 0.05, decimals=2)
COARSE = Slider("coarse", "Coarse", -180, 180, 5)


@given(st.floats(0, 2))
def test_the_nearest_of_many(value: float) -> None:
    """A value between two of them is the one that lies nearer, as it is written."""
    found = FINE.nearest(value)
    assert abs(found - value) <= 0.025 + 1e-9
    assert found == round(found, 2)
    assert round(found / 0.05) == pytest.approx(found / 0.05)


@pytest.mark.parametrize(
    ("slider", "value", "found"),
    [(COARSE, -180, -180), (COARSE, 178, 180), (COARSE, 3, 5), (FINE, -1, 0), (FINE, 2, 2)],
)
def test_the_nearest_of_few(slider: Slider, value: float, found: float) -> None:
    """Also at the ends, and for what lies below."""
    assert slider.nearest(value) == found


@pytest.mark.parametrize("value", [181, -1e9, float("nan"), float("inf"), True, "3", None, [1]])
def test_no_value_of_a_slider(value: Any) -> None:
    """What no slider can say is refused."""
    with pytest.raises(Implausible):
        COARSE.nearest(value)


def test_messages() -> None:
    """An honest one is heard, with its number; a forged one is not, and changes nothing."""
    heard: list[list[float]] = []
    again: list[bool] = []

    def show() -> None:
        sliders(
            [FINE, COARSE],
            [0.5, -20],
            {"kind": "none"},
            key="two",
            on_change=heard.append,
            again="Other",
            on_again=lambda: again.append(True),
        )

    app = alone(show)
    (data,) = components(app, "effect")
    assert data["settings"] == [0.5, -20]
    assert [each["label"] for each in data["sliders"]] == ["Fine", "Coarse"]
    assert (data["effect"], data["again"], data["heard"]) == ({"kind": "none"}, "Other", 0)

    for forged in (
        {"settings": [1, 500], "number": 1},
        {"settings": [1], "number": 1},
        {"settings": [1, 5], "number": -1},
        {"settings": [1, 5]},
        {"settings": {"0": 1}, "number": 1},
        [1, 5],
        None,
    ):
        tell(app, "two", "moved", forged)
        assert not app.exception, forged
        assert not heard, forged
        assert components(app, "effect") == [data], forged

    tell(app, "two", "moved", {"settings": [1.01, -33], "number": 4})
    assert heard == [[1.0, -35]]
    assert components(app, "effect")[0]["heard"] == 4
    tell(app, "two", "again", {"anything": 1})
    assert again == [True]
