"""On a phone: every page can be found, and whoever draws with a finger sees the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from driving.serving import ROOT
from driving.strokes import SEVEN, touch_stroke


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone with a fine display."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=3,
    )
    yield context.new_page()
    context.close()


def test_drawing_with_a_finger(phone: Page, app_url: str) -> None:
    """The canvas is as wide as the column; with the answer over it, it stands on one screen.

    What is drawn on it is what is read, though it is shown larger than it is; the address names it,
    and its strokes leave no entry in the history.
    """
    phone.goto(f"{app_url}/draw?model=improved")
    canvas = phone.locator(".st-key-canvas canvas").last
    expect(canvas).to_have_js_property("clientWidth", 390 - 2 * 16, timeout=60_000)
    expect(canvas).to_have_js_property("clientHeight", 390 - 2 * 16)
    expect(phone.locator(".st-key-canvas .dc-toolbar")).to_be_hidden()
    phone.wait_for_url("**digit=test-42**")
    # What stands in for a component that is still to come is higher than it.
    expect(phone.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    entries = phone.evaluate("history.length")
    box = canvas.bounding_box()
    assert box is not None

    touch_stroke(phone, SEVEN)

    answer = phone.locator(".st-key-verdict h2")
    expect(answer).to_contain_text("Read as a 7")
    above = answer.bounding_box()
    assert above is not None
    assert 0 < above["y"] < box["y"]
    assert box["y"] + box["height"] <= 844
    after = canvas.bounding_box()
    assert after == box, "the canvas moved under the finger"
    # The stroke goes over half of the canvas to the right, 140 of its 280 pixels, and is 20 wide.
    expect(phone.locator("p", has_text="1. Find the ink.")).to_contain_text(
        re.compile("1[56][0-9] columns")
    )
    phone.wait_for_url("**digit=draw-**")
    assert phone.evaluate("history.length") == entries


def test_menu_shows_every_page(phone: Page, app_url: str) -> None:
    """Folded into the sidebar, the menu hides none of its pages behind a button."""
    phone.goto(f"{app_url}/about")
    phone.get_by_test_id("stExpandSidebarButton").click(timeout=60_000)
    pages = len(list((ROOT / "pages").glob("*.py")))
    expect(phone.get_by_test_id("stSidebarNavLink")).to_have_count(pages)


def test_a_finger_finds_a_thin_unit(phone: Page, app_url: str) -> None:
    """A tap beside a layer means its nearest unit; what is said of it, and the ones beside, stay in sight."""
    phone.goto(f"{app_url}/layers?model=baseline")
    network = phone.get_by_role("application", name="The 11 layers")
    said = phone.locator("p[aria-live]").first
    expect(said).to_contain_text("output, unit 4", timeout=60_000)
    expect(phone.get_by_text("Tap a unit to see what feeds it")).to_be_visible()
    expect(phone.get_by_text("Point at a unit")).to_be_hidden()
    network.evaluate("map => map.scrollIntoView({ block: 'end' })")
    box = network.bounding_box()
    assert box is not None
    assert box["y"] < 0, "the layers that come first are out of sight"

    # Below the last digits, where there is nothing.
    network.tap(position={"x": 10, "y": box["height"] - 1})
    expect(said).to_contain_text("output, unit 0")
    expect(said).to_be_in_viewport(ratio=1)
    expect(phone.get_by_role("heading", name="Unit 0 of output")).to_be_attached()

    phone.get_by_role("button", name="Next unit").tap()
    expect(said).to_contain_text("output, unit 1")
    phone.wait_for_url("**unit=1**")
    for button in ("Next unit", "Previous unit"):
        size = phone.get_by_role("button", name=button).bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44


@pytest.mark.parametrize("address", ["convolution", "pooling?layer=conv1"])
def test_the_first_screen_moves(phone: Page, app_url: str, address: str) -> None:
    """Without scrolling a finger meets the window on its way, and what it leaves behind."""
    phone.goto(f"{app_url}/{address}")
    output = phone.locator("canvas.output").first
    expect(output).to_be_in_viewport(ratio=0.95, timeout=60_000)
    expect(phone.get_by_role("button", name="Pause").first).to_be_attached()
    assert phone.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0


def test_enter_checks_and_nothing_jumps(phone: Page, app_url: str) -> None:
    """What is said of a guess takes the room of what was said before."""
    phone.goto(f"{app_url}/pooling")
    answer = phone.get_by_role("spinbutton", name="Your answer")
    window = phone.locator(".st-key-pool-paper-window canvas.input")
    expect(window).to_be_visible(timeout=60_000)
    answer.fill("99")
    field, before = answer.bounding_box(), window.bounding_box()
    assert field is not None
    assert before is not None
    answer.press("Enter")
    expect(phone.get_by_text("Not 99: it is")).to_be_visible()
    moved, after = answer.bounding_box(), window.bounding_box()
    assert moved is not None
    assert after is not None
    assert after["y"] - moved["y"] == pytest.approx(before["y"] - field["y"], abs=1)


def test_whole_digit_as_numbers(phone: Page, app_url: str) -> None:
    """All 28 columns of the table of pixels are in sight; what a finger touches is read out."""
    phone.goto(f"{app_url}/dataset?digit=test-42")
    table = phone.get_by_role("grid")
    expect(table.locator("td").first).to_have_text("0", timeout=60_000)
    box = table.bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= 390
    assert box["height"] == pytest.approx(box["width"], rel=0.02)
    cell = table.locator("tr").nth(10).locator("td").nth(8)
    cell.tap()
    expect(phone.get_by_text(f"Row 10, column 8: {cell.inner_text()} of 255")).to_be_visible()


def test_two_digits_side_by_side(phone: Page, app_url: str) -> None:
    """Both digits and their difference stand in one row, and the line from layer to layer below them."""
    phone.goto(f"{app_url}/beside?digit=test-0&second=test-17")
    pictures = phone.get_by_role("img", name=re.compile("^The pixels, "))
    expect(pictures).to_have_count(3, timeout=60_000)
    boxes = [picture.bounding_box() for picture in pictures.all()]
    left, middle, right = [box for box in boxes if box is not None]
    assert left["y"] == middle["y"] == right["y"]
    assert left["x"] + left["width"] < middle["x"]
    assert middle["x"] + middle["width"] < right["x"] <= 390 - right["width"]
    line = phone.get_by_role("figure", name=re.compile("^Cosine similarity of the two digits"))
    expect(line).to_be_in_viewport(timeout=30_000)
    phone.get_by_role("button", name="Compare with").click()
    phone.get_by_text("The least alike 7").click()
    expect(phone).not_to_have_url(re.compile("second=test-17&"))
    expect(phone.get_by_role("img", name=re.compile("^The pixels, "))).to_have_count(3)


@pytest.mark.parametrize("place", ["layer=conv1&unit=3", "layer=dense&unit=7"])
def test_no_number_of_a_sum_is_cut_off(phone: Page, app_url: str, place: str) -> None:
    """Each column of a sum's table is on the screen, the last one too."""
    phone.goto(f"{app_url}/layers?model=baseline&{place}")
    table = phone.locator("table:has(caption)").first
    expect(table).to_be_attached(timeout=60_000)
    product = table.locator("tbody td:nth-child(4)").first.bounding_box()
    assert product is not None
    assert product["x"] + product["width"] <= 390 - 16
    assert table.evaluate("table => table.parentElement.scrollWidth") <= 390 - 2 * 16
