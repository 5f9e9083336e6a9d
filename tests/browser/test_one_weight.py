"""The bars of the images in a real browser: the one that is clicked is explained below."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Where the middle of the last bar is on the screen, as Plotly itself would have it.
LAST_BAR = """() => {
    const chart = document.querySelector(".st-key-weight-pulls .js-plotly-plot");
    const { xaxis, yaxis } = chart._fullLayout;
    const box = chart.getBoundingClientRect();
    const bars = chart._fullData[0];
    const last = bars._length - 1;
    return {
        x: box.left + xaxis._offset + xaxis.l2p(last),
        y: box.top + yaxis._offset + yaxis.l2p(bars.y[last] / 2),
        digit: bars.customdata[last][1],
    };
}"""


def test_a_click_on_a_bar_chooses_its_image(page: Page, app_url: str) -> None:
    """And the button beside it goes on from there."""
    page.set_viewport_size({"width": 1280, "height": 2500})
    page.goto(f"{app_url}/one_weight?model=baseline")
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_function(
        "() => document.querySelector('.st-key-weight-pulls .js-plotly-plot')?._fullLayout?.xaxis?._offset"
    )
    bar = page.evaluate(LAST_BAR)
    explained = page.get_by_text(re.compile(rf"Training digit {bar['digit']:,}, an? \d"))
    expect(explained).to_have_count(0)
    page.mouse.click(bar["x"], bar["y"])
    expect(explained).to_be_visible(timeout=30_000)
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.get_by_role("button", name="Bar to the left").click()
    expect(explained).to_have_count(0, timeout=30_000)
