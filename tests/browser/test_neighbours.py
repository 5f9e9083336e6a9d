"""The map of the test digits in a real browser: a point that is clicked is the current digit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cnn_core.findings.projection import load_projection
from cnn_core.store.store import BUNDLED_ROOT, open_model

pytestmark = pytest.mark.browser

# Where a point of the map is on the screen, as Plotly itself would have it.
ON_SCREEN = """([x, y]) => {
    const chart = document.querySelector(".js-plotly-plot");
    const { xaxis, yaxis } = chart._fullLayout;
    const box = chart.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)];
}"""
# Lies alone on the map of the baseline.
ALONE = 1363


def test_a_click_on_a_point_chooses_its_digit(page: Page, app_url: str) -> None:
    """And again after another digit was chosen elsewhere; the grid below does it by the keyboard."""
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.goto(f"{app_url}/neighbours?model=baseline")
    point = load_projection(open_model(BUNDLED_ROOT / "baseline")).points[ALONE]
    for _ in range(2):
        page.locator("[data-test-script-state=notRunning]").wait_for()
        # While the page follows another digit, the chart of the one before is still there.
        expect(page.locator(".js-plotly-plot")).to_have_count(1, timeout=30_000)
        page.wait_for_function(
            "() => document.querySelector('.js-plotly-plot')?._fullLayout?.xaxis?._offset"
        )
        page.mouse.click(*page.evaluate(ON_SCREEN, point.tolist()))
        expect(page).to_have_url(re.compile(f"digit=test-{ALONE}"), timeout=30_000)
        expect(page.get_by_text(f"Nearest to test digit {ALONE:,} on the map")).to_be_visible()

        beside = page.locator(".st-key-map-neighbours button")
        expect(beside.first).to_have_attribute("aria-pressed", "true")
        beside.first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(re.compile(f"digit=test-{ALONE}"))
