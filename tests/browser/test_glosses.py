"""A term explains itself to a pointer, to the Tab key and to a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ui.look.gloss import meaning


def term(page: Page, name: str) -> Locator:
    """A term in the text of the page."""
    return page.get_by_test_id("stMarkdownContainer").get_by_role("link", name=name, exact=True)


def note(page: Page) -> Locator:
    """What is shown beside a term."""
    return page.get_by_role("tooltip")


def open_convolution(page: Page, app_url: str) -> None:
    """Open the page and wait until its terms are watched over; before, they are plain links."""
    page.goto(f"{app_url}/convolution?digit=test-7&model=baseline")
    expect(page.locator("[role=tooltip]")).to_be_attached(timeout=30_000)
    expect(term(page, "kernel")).to_have_css("text-decoration-style", "dotted")


def inside(page: Page, shown: Locator) -> bool:
    """Whether all of it is on the screen."""
    box, screen = shown.bounding_box(), page.viewport_size
    assert box is not None
    assert screen is not None
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= screen["width"]
        and box["y"] + box["height"] <= screen["height"]
    )


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a narrow screen that is touched."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def test_pointer_and_keyboard(page: Page, app_url: str) -> None:
    """Hovering and focusing show the meaning, leaving and Escape put it away, Enter goes on."""
    open_convolution(page, app_url)
    kernel, bias, relu = (term(page, name) for name in ("kernel", "bias", "ReLU"))

    kernel.hover()
    expect(note(page)).to_contain_text(meaning("kernel"))
    assert inside(page, note(page))
    expect(kernel).to_have_attribute("title", "")  # Not a second time, by the browser.
    note(page).hover()
    page.get_by_role("heading", level=1).hover()
    expect(note(page)).to_be_hidden()
    expect(kernel).to_have_attribute("title", meaning("kernel"))

    bias.focus()  # Not by a key yet.
    page.keyboard.press("Tab")
    expect(relu).to_be_focused()
    expect(note(page)).to_contain_text(meaning("ReLU"))
    page.keyboard.press("Escape")
    expect(note(page)).to_be_hidden()
    expect(relu).to_be_focused()

    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert "/glossary?term=ReLU&digit=test-7&model=baseline" in opened.value.url


def test_finger(phone: Page, app_url: str) -> None:
    """A tap shows the meaning and a link that leads on, a tap elsewhere puts it away."""
    open_convolution(phone, app_url)
    kernel = term(phone, "kernel")

    kernel.tap()
    expect(note(phone)).to_contain_text(meaning("kernel"))
    assert inside(phone, note(phone))
    more = note(phone).get_by_role("link")
    expect(more).to_have_attribute(
        "href", f"{app_url}/glossary?term=kernel&digit=test-7&model=baseline"
    )
    kernel.tap()
    expect(note(phone)).to_be_hidden()

    term(phone, "ReLU").tap()
    expect(note(phone)).to_contain_text(meaning("ReLU"))
    assert inside(phone, note(phone))
    phone.get_by_role("heading", level=1).tap()
    expect(note(phone)).to_be_hidden()
    assert len(phone.context.pages) == 1
    assert "/convolution" in phone.url
