"""The improvements page in a real browser: a cell of a map moves the digit, paint is not seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_cell_of_the_map_moves_the_digit(page: Page, app_url: str) -> None:
    """A click on the map moves the digit below, and the text tells what was measured there."""
    page.goto(f"{app_url}/improvements")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Not moved.", exact=True)).to_be_visible()
    # Charts are drawn when they come into sight.
    chart = page.locator(".st-key-robustness-map-baseline")
    chart.scroll_into_view_if_needed()
    plot = chart.locator(".nsewdrag")
    box = plot.bounding_box()
    assert box

    # Cells are numbered from −8; the first number is that of the middle of its cell.
    plot.click(position={"x": box["width"] * (8.5 - 3) / 17, "y": box["height"] * (8.5 + 5) / 17})

    expect(page.get_by_text("Moved 5 pixels down and 3 to the left.")).to_be_visible(timeout=15_000)
    expect(page.get_by_alt_text("Test digit 42, moved 5 pixels down")).to_be_visible()


def test_paint_in_the_blind_spot_is_not_seen(page: Page, app_url: str) -> None:
    """A stroke along the right edge reaches one network and not the other."""
    page.goto(f"{app_url}/improvements")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Show me without a guess").click()
    editor = page.get_by_role("application", name="to paint on")
    editor.scroll_into_view_if_needed()
    box = editor.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.9, steps=10)
    page.mouse.up()

    expect(page.locator(".st-key-blind-baseline")).to_contain_text(
        "the same, to the last bit", timeout=15_000
    )
    expect(page.locator(".st-key-blind-improved")).to_contain_text("now has")
    expect(
        page.get_by_text(re.compile(r"Painted: \d\d pixels in the blind spot, 0 pixels"))
    ).to_be_visible()
