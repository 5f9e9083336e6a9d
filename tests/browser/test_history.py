"""The browser's own buttons: one entry for what a visitor calls one step, and back means back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from driving.menu import go_to
from driving.strokes import SEVEN, draw_stroke


def entries(page: Page) -> int:
    """How many addresses the browser remembers for this tab."""
    counted: int = page.evaluate("history.length")
    return counted


def settled(page: Page) -> None:
    """Wait until nothing that was asked for is on its way."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def test_one_entry_a_step(page: Page, app_url: str) -> None:
    """A page, a unit and another digit are an entry each; back and forward go through them."""
    page.goto("about:blank")
    page.goto(app_url)
    title = page.get_by_role("heading", level=1)
    card = page.locator(".st-key-digit-card")
    page.wait_for_url("**/?digit=test-42&model=improved")
    first_title = title.inner_text()
    at_first = entries(page)
    assert at_first == 2  # The blank page, and this one, which was opened without a digit.

    go_to(page, "Look inside", "Layers")
    page.wait_for_url(re.compile(r"/layers\?digit=test-42&model=improved&layer="))
    opened = page.url
    assert entries(page) == at_first + 1

    network = page.get_by_role("application", name="The 11 layers")
    box = network.bounding_box()
    assert box
    network.click(position={"x": box["width"] - 12, "y": 60})  # The first of the ten answers.
    page.wait_for_url("**&layer=output&unit=0")
    assert entries(page) == at_first + 2

    card.get_by_role("button", name="Next").click()
    page.wait_for_url("**digit=test-43**")
    assert entries(page) == at_first + 3

    page.go_back()
    expect(card).to_contain_text("Test digit 42")
    page.wait_for_url("**&layer=output&unit=0")
    page.go_back()
    page.wait_for_url(opened)
    # Streamlit itself adds entries where somebody goes on before it has shown what was gone back to.
    expect(page.get_by_role("heading", name="Unit 0 of output")).to_be_hidden()
    settled(page)
    page.go_back()
    expect(title).to_have_text(first_title)
    settled(page)
    assert page.url == f"{app_url}/?digit=test-42&model=improved"
    page.go_forward()
    expect(network).to_be_visible()
    assert page.url == opened
    assert entries(page) == at_first + 3


def test_a_link_is_one_entry(page: Page, app_url: str) -> None:
    """What a link leaves open is said without an entry of its own, and a chosen cell can be taken back."""
    page.goto(f"{app_url}/layers?layer=conv2&unit=5&digit=test-7")
    page.wait_for_url("**/layers?layer=conv2&unit=5&digit=test-7&model=improved")
    at_first = entries(page)
    arithmetic = page.get_by_role("heading", name="The arithmetic of row")
    at_strongest = arithmetic.inner_text()

    page.get_by_role("application", name="Map 5 of conv2").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(arithmetic).not_to_have_text(at_strongest)
    page.wait_for_url("**/layers?layer=conv2&unit=5&digit=test-7&model=improved&row=*&column=*")
    assert entries(page) == at_first + 1
    page.go_back()
    expect(arithmetic).to_have_text(at_strongest)

    page.get_by_role("link", name="Open in convolution").click()
    page.wait_for_url(re.compile(r"/convolution\?.*digit=test-7"))
    assert entries(page) == at_first + 1
    page.locator(".st-key-digit-card").get_by_role("button", name="Next").click()
    page.wait_for_url("**digit=test-8**")
    assert entries(page) == at_first + 2
    assert "model=improved" in page.url


def test_strokes_are_none(page: Page, app_url: str) -> None:
    """A drawing is in the address at once, and its strokes are no steps back."""
    page.goto(f"{app_url}/about")
    page.wait_for_url("**/about?digit=test-42&model=improved")
    go_to(page, "Write yourself", "Draw")
    page.wait_for_url("**/draw?digit=test-42&model=improved")
    opened = entries(page)
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible(timeout=30_000)
    draw_stroke(page, SEVEN)
    page.wait_for_url("**/draw?digit=draw-**")
    draw_stroke(page, [(0.3, 0.5), (0.7, 0.5)])
    expect(page.locator(".st-key-digit-card")).to_contain_text("Your drawing")
    assert entries(page) == opened
    page.go_back()
    page.wait_for_url("**/about?digit=test-42&model=improved")
