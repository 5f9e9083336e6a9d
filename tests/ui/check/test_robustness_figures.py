"""Charts of changed digits: each model with its own line, each shift in its own cell."""

from __future__ import annotations

import pytest

from cnn_core.findings.robustness import DIALS, SHIFTS, Robustness, Score
from tests.support.seen import plain
from ui.check.robustness_figures import LOOKS, dial_figure, shift_figure, shift_in_words
from ui.look.colors import ACCENT


def test_a_dial_has_a_line_for_each_model() -> None:
    """Accuracy, not confidence, at every setting; the one that is shown is marked on both lines."""
    dial = DIALS["thicken"]
    old = [Score(10 * place, 100, 0.5) for place in range(1, 7)]
    new = [Score(99 - place, 100, 0.7) for place in range(6)]

    figure = dial_figure(dial, {"Old": old, "New": new}, 2, "Rings", " px")

    first, first_mark, second, second_mark = figure.data
    assert (first.name, second.name) == ("Old", "New")
    assert list(first.x) == list(second.x) == [-2, -1, 0, 1, 2, 3]
    assert list(first.y) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    assert list(second.y) == pytest.approx([0.99, 0.98, 0.97, 0.96, 0.95, 0.94])
    assert (list(first_mark.x), list(first_mark.y)) == ([2], [0.5])
    assert (list(second_mark.x), list(second_mark.y)) == ([2], [0.95])
    for line, mark, look in ((first, first_mark, LOOKS[0]), (second, second_mark, LOOKS[1])):
        assert line.line.color == look.colour
        assert (line.line.dash, line.marker.symbol) == (look.dash, look.symbol)
        assert mark.marker.symbol == f"{look.symbol}-open"
        assert mark.marker.color == ACCENT
    # Wilson's interval of 10 in 100.
    assert [plain(text) for text in first.customdata[0]] == ["10.00 %", "5.52 %", "17.44 %"]
    assert first.hovertemplate == (
        "Old at %{x} px: %{customdata[0]} right (95 % interval: %{customdata[1]} to %{customdata[2]})"
        "<extra></extra>"
    )
    upright, level = figure.layout.shapes
    assert (upright.x0, upright.x1) == (2, 2)
    assert (level.y0, level.y1) == (0.1, 0.1)
    assert figure.layout.xaxis.title.text == "Rings"


def test_a_shift_down_lies_below_and_one_to_the_right_right() -> None:
    """Of all 289 cells each has the reading of its own shift, and its own words."""
    shifts = tuple(
        tuple(Score(500 + 20 * down + right, 1000, 0.5) for right in SHIFTS) for down in SHIFTS
    )

    figure = shift_figure(Robustness({}, shifts), "Old", down=-3, right=5)

    heat, squares = figure.data
    assert list(heat.x) == list(heat.y) == list(range(-8, 9))
    assert heat.z[0][1] == pytest.approx((500 - 160 - 7) / 1000)
    assert heat.z[16][7] == pytest.approx((500 + 160 - 1) / 1000)
    assert (heat.zmin, heat.zmax) == (0, 1)
    cells = {
        (x, y): plain(text) for x, y, text in zip(squares.x, squares.y, squares.text, strict=True)
    }
    assert len(cells) == 289
    assert cells[5, -3] == "Old: moved 3 pixels up and 5 to the right, 44.5 % read right"
    assert cells[-8, 0] == "Old: moved 8 pixels to the left, 49.2 % read right"
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (4.5, 5.5, -3.5, -2.5)
    assert tuple(figure.layout.xaxis.range) == (-8.5, 8.5)
    assert tuple(figure.layout.yaxis.range) == (8.5, -8.5)
    assert figure.layout.xaxis.title.text == "Pixels to the right"
    assert figure.layout.yaxis.title.text == "Pixels down"


@pytest.mark.parametrize(
    ("down", "right", "said"),
    [
        (0, 0, "not moved"),
        (1, 0, "moved 1 pixel down"),
        (-1, 2, "moved 1 pixel up and 2 to the right"),
        (2, -1, "moved 2 pixels down and 1 to the left"),
        (0, -3, "moved 3 pixels to the left"),
    ],
)
def test_shift_in_words(down: int, right: int, said: str) -> None:
    """Amounts without a sign, each with its direction."""
    assert shift_in_words(down, right) == said
