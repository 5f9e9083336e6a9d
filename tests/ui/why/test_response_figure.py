"""The bars of a unit are its means and shares, label by label."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cnn_core.findings.units import UnitsOfLayer
from tests.support.seen import plotted
from ui.look.colors import ACCENT, NEUTRAL
from ui.why.response_figure import ANSWERED, response_figure


def two_units() -> Any:
    """What the figure reads of a layer of two units; the second responds to 4 and 9 most."""
    mean = np.zeros((2, 10), np.float32)
    mean[1] = [0.5, 0, 1, 0, 4, 0, 0, 0, 1.9, 3]
    return SimpleNamespace(
        mean=mean,
        low=mean / 2,
        high=mean * 3,
        largest=mean * 5,
        answers=mean >= 2,
        responding=np.stack([np.zeros(10, int), np.arange(10) * 10]),
    )


def test_bars_and_lines() -> None:
    """Mean and its lines above, shares of each class below; half of the best dotted, the digit in accent."""
    found: UnitsOfLayer = two_units()
    figure = response_figure(found, 1, list(range(100, 200, 10)), 2.5).to_dict()
    means, shares = figure["data"]
    heights = plotted(means["y"])
    np.testing.assert_allclose(heights, found.mean[1])
    assert list(means["x"]) == list(shares["x"]) == list(range(10))
    np.testing.assert_allclose(heights - plotted(means["error_y"]["arrayminus"]), found.low[1])
    np.testing.assert_allclose(heights + plotted(means["error_y"]["array"]), found.high[1])
    np.testing.assert_allclose(
        plotted(shares["y"]), [10 * one / (100 + 10 * one) for one in range(10)]
    )
    for bars in (means, shares):
        assert [colour == ANSWERED for colour in bars["marker"]["color"]] == [
            digit in (4, 9) for digit in range(10)
        ]
        assert set(bars["marker"]["color"]) == {ANSWERED, NEUTRAL}
    lines = {line["line"]["color"]: line["y0"] for line in figure["layout"]["shapes"]}
    assert lines == {NEUTRAL: 2, ACCENT: 2.5}
    assert means["customdata"][4] == ["4.00", "2.00", "12.00", "20.00"]
    assert "labelled %{x}" in means["hovertemplate"]
