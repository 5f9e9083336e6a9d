"""The map of what each pixel can do: rows go down, columns to the right, and what is blind is hatched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.seen import plain
from ui.check.pixel_map import pixel_map
from ui.look.colors import ACTIVATION_SCALE, plotly_scale


def figure_of(blind_rows: int = 2, blind_columns: int = 5) -> Any:
    """Every pixel changes by a thousandth, (3, 20) by a tenth, (4, 1) by nearly nothing."""
    values = np.full((28, 28), 1e-3, np.float32)
    values[3, 20], values[4, 1] = 0.1, 1e-9
    blind = np.zeros((28, 28), bool)
    if blind_rows:
        blind[28 - blind_rows :] = True
        blind[:, 28 - blind_columns :] = True
    return pixel_map(values, blind, (-5, -1), "Old")


def test_each_pixel_has_its_power_of_ten() -> None:
    """On a logarithmic scale whose first colour is also that of what is smaller."""
    *_, heat = figure_of().data
    shown = np.array(heat.z, float)

    assert (shown[3, 20], shown[4, 1]) == pytest.approx((-1, -5))
    np.testing.assert_allclose(shown[:3, :23], -3, atol=1e-6)
    assert np.isnan(shown[26:]).all()
    assert np.isnan(shown[:, 23:]).all()
    assert not np.isnan(shown[:26, :23]).any()
    assert (heat.zmin, heat.zmax) == (-5, -1)
    assert [list(stop) for stop in heat.colorscale] == [
        list(stop) for stop in plotly_scale(ACTIVATION_SCALE)
    ]
    assert list(heat.colorbar.tickvals) == [-5, -4, -3, -2, -1]
    assert [plain(text) for text in heat.colorbar.ticktext] == [
        "0.001 %",
        "0.01 %",
        "0.1 %",
        "1 %",
        "10 %",
    ]


def test_each_pixel_is_named_by_row_and_column() -> None:
    """With its exact value, or with why it has none."""
    *_, heat = figure_of().data
    assert plain(heat.text[3][20]) == "Old, row 3, column 20: 10.0000 %"
    assert plain(heat.text[2][1]) == "Old, row 2, column 1: 0.1000 %"
    assert heat.text[27][0] == "Old, row 27, column 0: cannot change anything"
    assert heat.text[0][27] == "Old, row 0, column 27: cannot change anything"


def test_row_0_is_on_top() -> None:
    """As in the image."""
    layout = figure_of().layout
    assert tuple(layout.xaxis.range) == (-0.5, 27.5)
    assert tuple(layout.yaxis.range) == (27.5, -0.5)
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("Column", "Row")


def test_hatched_is_what_is_blind() -> None:
    """The last five columns and the last two rows, in one shape; none where all is seen."""
    hatching, _ = figure_of(blind_rows=2, blind_columns=5).data
    corners = set(zip(hatching.x, hatching.y, strict=True))
    assert corners == {
        (22.5, -0.5),
        (27.5, -0.5),
        (27.5, 27.5),
        (-0.5, 27.5),
        (-0.5, 25.5),
        (22.5, 25.5),
    }
    assert len(figure_of(blind_rows=0).data) == 1
