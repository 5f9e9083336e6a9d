"""Axes that charts share say the number that is there."""

from __future__ import annotations

import pytest

from ui.look.chart_style import log_axis


@pytest.mark.parametrize(("percent", "times", "sign"), [(False, 1, ""), (True, 100, " %")])
def test_log_axis_writes_whole_numbers(percent: bool, times: int, sign: str) -> None:
    """1, 2 and 5 of every power of ten, in order, each with its own value."""
    axis = log_axis(percent=percent)
    values, texts = axis["tickvals"], axis["ticktext"]
    assert axis["type"] == "log"
    assert values == sorted(values)
    assert {0.02, 0.05, 0.1, 1, 2, 50, 20_000} <= set(values)
    for value, text in zip(values, texts, strict=True):
        assert text.endswith(sign)
        written = float(text.removesuffix(sign).replace(",", ""))
        assert written == pytest.approx(times * value, rel=1e-9)
    assert len(set(texts)) == len(texts)
