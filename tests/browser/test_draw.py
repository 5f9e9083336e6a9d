"""The main job in a real browser: draw a digit with the mouse, and the network reads it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from cnn_core.data.digit import drawn_digit
from driving.menu import go_to
from driving.strokes import ONE, SEVEN, draw_stroke

# How much of the canvas is white, counted in the browser.
COUNT_INK = """canvas => {
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let ink = 0;
    for (let i = 0; i < pixels.length; i += 4) ink += pixels[i] > 128 && pixels[i + 3] > 128;
    return ink;
}"""


@pytest.fixture
def draw_page(page: Page, app_url: str) -> Page:
    """The page with its canvas ready to be drawn on."""
    page.goto(f"{app_url}/draw?model=improved")
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible(timeout=60_000)
    expect(prediction(page)).to_contain_text("Nothing to read yet")
    return page


def prediction(page: Page) -> Locator:
    """What the network says."""
    return page.locator(".st-key-prediction")


def ink(page: Page) -> int:
    """How many pixels of the canvas are drawn on."""
    counts = [canvas.evaluate(COUNT_INK) for canvas in page.locator(".st-key-canvas canvas").all()]
    return int(max(counts))


def test_reads_what_is_drawn(draw_page: Page) -> None:
    """A 7 drawn with the mouse is read as a 7, with its probability, with nothing to press."""
    draw_stroke(draw_page, SEVEN)

    expect(prediction(draw_page)).to_contain_text("Read as a 7")
    expect(prediction(draw_page)).to_contain_text("%")


def test_changes_its_mind_with_a_stroke(draw_page: Page) -> None:
    """A 1 is read as a 1, until a stroke makes another digit of it, and undo takes that back."""
    draw_stroke(draw_page, ONE)
    expect(prediction(draw_page)).to_contain_text("Read as a 1")

    draw_stroke(draw_page, [(0.5, 0.2), (0.2, 0.55), (0.8, 0.55)])
    expect(prediction(draw_page)).to_contain_text("Read as a 4")

    draw_page.locator(".st-key-undo button").click()
    expect(prediction(draw_page)).to_contain_text("Read as a 1")


def test_drawing_survives_leaving_the_page(draw_page: Page) -> None:
    """Who looks at another page finds the drawing as it was."""
    draw_stroke(draw_page, SEVEN)
    expect(prediction(draw_page)).to_contain_text("Read as a 7")
    draw_page.wait_for_url("**digit=draw-**")  # The server has it; a hand is slower than a test.
    drawn = ink(draw_page)
    assert drawn > 1000

    go_to(draw_page, "Background", "About")
    expect(draw_page).to_have_url(re.compile(r"/about\?"))
    go_to(draw_page, "Write yourself", "Draw")

    expect(prediction(draw_page)).to_contain_text("Read as a 7")
    draw_page.wait_for_function(
        f"([canvas, most]) => ({COUNT_INK})(canvas) > 0.9 * most",
        arg=[draw_page.locator(".st-key-canvas canvas").nth(1).element_handle(), drawn],
    )


def test_clear(draw_page: Page) -> None:
    """Clear leaves an empty canvas that says what to do."""
    draw_stroke(draw_page, SEVEN)
    expect(prediction(draw_page)).to_contain_text("Read as")

    draw_page.locator(".st-key-clear button").click()

    expect(prediction(draw_page)).to_contain_text("Nothing to read yet")


def test_way_in_without_a_mouse(draw_page: Page) -> None:
    """The keyboard alone brings a test digit onto the canvas, and it is read."""
    draw_page.get_by_role("button", name="Take the current digit").focus()
    draw_page.keyboard.press("Enter")

    expect(prediction(draw_page)).to_contain_text("Read as a 4")


def test_sidebar_follows_each_stroke(draw_page: Page) -> None:
    """A stroke, which reruns only a part of the page, is in the sidebar at once, and is undone there."""
    card = draw_page.locator(".st-key-digit-card")
    expect(card).to_contain_text("Test digit 42")
    entries = draw_page.evaluate("history.length")
    draw_stroke(draw_page, SEVEN)
    expect(card).to_contain_text("Your drawing")
    expect(card).to_contain_text("Read as 7")
    card.get_by_role("button", name="Back to Test digit 42").click()
    expect(card).to_contain_text("Read as 4")
    expect(prediction(draw_page)).to_contain_text("Read as a 7")

    draw_stroke(draw_page, [(0.3, 0.5), (0.7, 0.5)])
    expect(card).to_contain_text("Your drawing")
    draw_page.get_by_role("link", name="See it in Layers").click()
    expect(draw_page).to_have_url(re.compile(r"/layers\?.*digit=draw-"))
    expect(card).to_contain_text("Your drawing")
    # The page and its address, as any page's; the strokes have left none.
    assert draw_page.evaluate("history.length") <= entries + 2


def test_shared_drawing_is_on_the_canvas(page: Page, app_url: str) -> None:
    """Who opens the link of a drawing sees it on the canvas, read, and draws on."""
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 13:16] = 255
    page.goto(f"{app_url}/draw?model=improved&digit={drawn_digit(image).name}")
    expect(prediction(page)).to_contain_text("Read as a 1", timeout=60_000)
    page.wait_for_function(
        f"canvas => ({COUNT_INK})(canvas) > 5000",
        arg=page.locator(".st-key-canvas canvas").nth(1).element_handle(),
    )
    card = page.locator(".st-key-digit-card")
    expect(card).to_contain_text("A drawing")
    draw_stroke(page, [(0.5, 0.2), (0.2, 0.55), (0.8, 0.55)])
    expect(card).to_contain_text("Your drawing")
    expect(prediction(page)).to_contain_text("Read as a 4")
    page.locator(".st-key-undo button").click()
    expect(prediction(page)).to_contain_text("Read as a 1")
    expect(card).to_contain_text("A drawing")
