"""The map of the network in a real browser: pointing, choosing, the keyboard, a narrow screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def open_layers(page: Page, app_url: str, address: str) -> Locator:
    """Open the page and wait until the map is drawn."""
    page.goto(f"{app_url}/layers?model=baseline&{address}")
    network = page.get_by_role("application", name="The 11 layers")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=30_000)
    expect(readout(page)).not_to_be_empty(timeout=30_000)
    return network


def readout(page: Page) -> Locator:
    """The sentence on the unit that is pointed at."""
    return page.locator("p[aria-live]").first


def test_arrow_keys_walk_and_enter_opens(page: Page, app_url: str) -> None:
    """From unit to unit, from layer to layer, and into the detail, without a mouse."""
    network = open_layers(page, app_url, "layer=conv2&unit=5")
    network.focus()
    for key, where in (
        ("ArrowDown", "conv2, map 6"),
        ("ArrowLeft", "pool1, map 6"),
        ("ArrowLeft", "conv1, map 6"),
        ("Home", "conv1, map 0"),
        ("End", "conv1, map 15"),
        ("Escape", "conv2, map 5"),
        ("ArrowUp", "conv2, map 4"),
    ):
        page.keyboard.press(key)
        expect(readout(page)).to_contain_text(where)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Map 4 of conv2")).to_be_visible()
    expect(page).to_have_url(re.compile("layer=conv2&unit=4"))
    expect(network).to_be_focused()


def test_a_click_opens_the_unit_under_it(page: Page, app_url: str) -> None:
    """The last column are the ten outputs; the field below the map shows the one clicked."""
    network = open_layers(page, app_url, "layer=conv1&unit=0")
    box = network.bounding_box()
    assert box
    network.hover(position={"x": box["width"] - 12, "y": 60})
    expect(readout(page)).to_contain_text("output, unit 0")

    network.click(position={"x": box["width"] - 12, "y": 60})
    expect(page.get_by_role("heading", name="Unit 0 of output")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Map 0 of conv1")).to_be_visible()


def test_a_cell_shows_what_it_sees(page: Page, app_url: str) -> None:
    """Walking over a map tells the rectangle of each cell; Enter takes the cell apart."""
    open_layers(page, app_url, "layer=conv2&unit=5&row=3&column=4")
    field = page.locator("p[aria-live]").nth(1)
    expect(field).to_contain_text("rows 6 to 13, columns 8 to 15 of the image: 8×8 = 64")

    page.get_by_role("application", name="Map 5 of conv2").focus()
    page.keyboard.press("ArrowDown")
    expect(field).to_contain_text("rows 8 to 15")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The arithmetic of row 4, column 4")).to_be_visible()
    expect(page).to_have_url(re.compile("row=4&column=4"))


def test_a_narrow_screen_shows_everything(page: Page, app_url: str) -> None:
    """At 390 pixels nothing is cut off, and the map runs from top to bottom."""
    page.set_viewport_size({"width": 390, "height": 844})
    network = open_layers(page, app_url, "layer=dense&unit=7")
    box = network.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["height"] > box["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
