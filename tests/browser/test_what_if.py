"""Erasing, painting and switching in a real browser: by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(page: Page, app_url: str) -> Locator:
    """The digit that can be erased and painted on."""
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{app_url}/what_if?model=baseline")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=30_000)
    found = page.get_by_role("application", name="Test digit 42")
    expect(page.get_by_text("of 255")).to_be_visible()
    return found


def erase_across(page: Page, editor: Locator) -> None:
    """One stroke of the eraser, in the middle from left to right."""
    box = editor.bounding_box()
    assert box
    height = box["y"] + box["height"] * 0.55
    page.mouse.move(box["x"] + box["width"] * 0.2, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, height, steps=12)
    page.mouse.up()


def test_a_stroke_is_read_at_once_and_undone(page: Page, editor: Locator) -> None:
    """The probabilities follow the eraser; starting over brings the digit back."""
    answer = page.locator(".st-key-prediction")
    expect(answer).to_contain_text("Unchanged")
    erase_across(page, editor)
    expect(answer).to_contain_text("now has")
    expect(page.get_by_text("Row 15, column 22: 0 of 255")).to_be_visible()

    page.get_by_role("button", name="Start over").click()
    expect(answer).to_contain_text("Unchanged")


def test_the_keyboard_paints_too(page: Page, editor: Locator) -> None:
    """Arrow keys move, Space touches: the middle of a 4 is erased."""
    editor.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_text(re.compile("Row 13, column 15: 0 of 255"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(editor).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def test_switches_keep_the_focus(page: Page, editor: Locator) -> None:
    """Two maps off by keyboard, one after the other, without losing the place."""
    page.get_by_role("switch", name="Map 3", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 map is off.")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 maps are off.")).to_be_visible()
    switch = page.get_by_role("switch", name="Map 4", exact=True)
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(switch).to_be_focused()


def test_the_test_set_is_read_beside_the_page(page: Page, editor: Locator) -> None:
    """While 10,000 digits are read the page goes on answering; then it can be stopped."""
    page.get_by_role("button", name="All of conv1 off").click()
    page.get_by_role("button", name="Read all 10,000").click()
    expect(page.get_by_text("10,000 digits read")).to_be_visible()
    erase_across(page, editor)
    expect(page.locator(".st-key-prediction")).to_contain_text("now has")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Read all 10,000")).to_be_visible(timeout=15_000)
