"""From a cell of the confusion matrix to its images, and from an image on to the layers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_from_a_cell_to_the_layers(page: Page, app_url: str) -> None:
    """The keyboard opens a cell, a click chooses an image, its link follows it."""
    page.goto(f"{app_url}/evaluation?model=baseline")
    cell = page.get_by_role("button", name="× a 4 read as a 9")
    expect(cell).to_be_visible(timeout=30_000)
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="× a 4 read as a 9")).to_be_visible()

    image = page.locator(".st-key-cell-grid button").first
    expect(image).to_have_attribute("aria-label", re.compile("4 → 9"))
    image.click()
    expect(page.locator(".st-key-cell-grid button").first).to_have_attribute("aria-pressed", "true")
    chosen = re.search(r"digit=(test-\d+)", page.url)
    page.get_by_role("link", name="Follow it through all layers").first.click()
    expect(page.get_by_role("heading", name="What happens inside?")).to_be_visible(timeout=30_000)
    assert chosen
    expect(page).to_have_url(re.compile(f"layers.*{chosen[1]}"))
