"""A training in a real browser, with a real training process: watched, left, found again, stopped."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Importing TensorFlow takes seconds; on a busy machine, many.
PATIENTLY = 120_000


def test_a_training_outlives_a_reload_and_keeps_its_best(page: Page, app_url: str) -> None:
    """From the press of Train to a network in the selector, with the page reloaded in between."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{app_url}/training?model=baseline")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=30_000)
    # Far more epochs than anybody waits for.
    epochs = page.get_by_role("spinbutton", name="Epochs")
    epochs.fill("100")
    epochs.press("Enter")
    expect(page.get_by_text("Your own settings")).to_be_visible()
    page.get_by_role("button", name="Train", exact=True).click()

    # The digits are there before anything is read, and the spinner says that it goes on.
    expect(page.get_by_text("Starting: a process of its own")).to_be_visible()
    last_digit = page.get_by_role("img", name="A held-out 9")
    expect(last_digit).to_be_in_viewport(ratio=1, timeout=30_000)
    expect(page.get_by_role("listitem").filter(has=last_digit)).to_contain_text("?")
    expect(page.get_by_text(re.compile(r"Epoch \d+ of 100"))).to_be_visible(timeout=PATIENTLY)
    expect(page.get_by_role("img", name=re.compile("16 kernels of the first"))).to_be_visible()
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(2, timeout=PATIENTLY)
    expect(last_digit).to_be_in_viewport(ratio=1, timeout=30_000)
    expect(page.get_by_role("listitem").filter(has=last_digit)).to_contain_text("%")
    # Where the pointer has rested since the press, no chart has come to lie and shows its tools.
    assert not [
        chart for chart in charts.all() if chart.evaluate("chart => chart.matches(':hover')")
    ]
    address = page.url
    assert "job=" in address

    page.goto(f"{app_url}/about")
    page.goto(address)
    stop = page.get_by_role("button", name="Stop and keep the best so far")
    expect(stop).to_be_enabled(timeout=PATIENTLY)
    expect(charts).to_have_count(2)
    seen = [chart.element_handle() for chart in charts.all()]
    stop.click()

    expect(page.get_by_text("It was stopped after")).to_be_visible(timeout=PATIENTLY)
    expect(page.get_by_role("button", name="Put this away")).to_be_visible()
    # The same charts, still where they were: none was put in the place of another.
    assert [chart.evaluate("chart => chart.isConnected") for chart in seen] == [True, True]
    expect(charts).to_have_count(2)
    assert not [warning for warning in said if "extent" in warning]
    page.get_by_role("button", name="Use this network on every page").click()
    expect(page).to_have_url(re.compile(r"model=[0-9a-f]{12}-\d+"))
    expect(page.get_by_role("button", name="Every page uses this network now")).to_be_disabled()
