"""The first page in a real browser: a digit writes itself, and gives way to whoever draws."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from cnn_core.data.dataset import Mnist
from driving.strokes import SEVEN, STEPS, draw_stroke

DIGIT = 42
# What the paper over the canvas shows, grey by grey, as a list of 784 numbers.
PIXELS = """paper => {
    const {data} = paper.querySelector("canvas").getContext("2d").getImageData(0, 0, 28, 28);
    return Array.from({length: 784}, (_, pixel) => data[4 * pixel]);
}"""
# Every state that the paper was in, from the first frame on.
KEEP_STATES = """
    window.states = [];
    const look = () => {
        for (const {shadowRoot} of document.querySelectorAll(".st-key-canvas *")) {
            const paper = shadowRoot?.querySelector(".written");
            if (paper && paper.className !== window.states.at(-1)) window.states.push(paper.className);
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    {"width": 1920, "height": 1080},
]


def paper(page: Page) -> Locator:
    """What lies over the canvas while a digit writes itself and stands there."""
    return page.locator(".st-key-canvas .written")


def shown(page: Page) -> np.ndarray:
    """The pixels on it, uint8 (28, 28)."""
    return np.array(paper(page).evaluate(PIXELS), np.uint8).reshape(28, 28)


def network_map(page: Page) -> Locator:
    """The canvas of the map."""
    return page.locator(".st-key-overview-map canvas")


def prediction(page: Page) -> Locator:
    """What the network says."""
    return page.locator(".st-key-prediction")


@pytest.fixture
def messages(page: Page) -> list[Any]:
    """What the page sends to the server, as it goes on."""
    sent: list[Any] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    return sent


def test_a_digit_writes_itself_and_the_visitor_takes_over(
    page: Page, app_url: str, messages: list[Any], mnist: Mnist
) -> None:
    """Pixel by pixel to the digit itself; the first touch takes it away, and the network reads along."""
    page.goto(app_url)
    expect(paper(page)).to_have_class("written writing", timeout=60_000)
    expect(network_map(page)).to_be_visible()
    before = len(messages)
    early = shown(page)
    expect(paper(page)).to_have_class("written done")

    digit = mnist.test.images[DIGIT]
    assert early.sum() < digit.sum()
    assert (early <= digit).all()
    np.testing.assert_array_equal(shown(page), digit)
    assert len(messages) == before
    expect(prediction(page)).to_contain_text("Read as a 4")

    canvas = page.locator(".st-key-canvas canvas.upper-canvas")
    box = canvas.bounding_box()
    assert box is not None
    points = [
        (box["x"] + right * box["width"], box["y"] + down * box["height"]) for right, down in SEVEN
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    expect(paper(page)).to_have_count(0)
    before = len(messages)
    seen = set()
    for point in points[1:]:
        page.mouse.move(*point, steps=STEPS)
        seen.add(network_map(page).evaluate("canvas => canvas.toDataURL()"))
    expect(prediction(page)).to_contain_text("Read as a 7")
    assert len(seen) == len(points) - 1
    assert len(messages) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"digit=draw-"))
    expect(page.locator(".st-key-digit-card")).to_contain_text("Your drawing")
    expect(prediction(page)).to_contain_text("Read as a 7")
    expect(paper(page)).to_have_count(0)


def test_a_key_ends_the_writing_and_a_click_on_the_map_opens_layers(
    page: Page, app_url: str
) -> None:
    """The digit stands there whole at once; the unit that was clicked is taken apart on its own page."""
    page.goto(app_url)
    expect(paper(page)).to_have_class("written writing", timeout=60_000)
    page.keyboard.press("Shift")
    expect(paper(page)).to_have_class("written done", timeout=700)

    box = network_map(page).bounding_box()
    assert box is not None
    # The seventh of the ten outputs, which end the picture at its right.
    network_map(page).click(position={"x": box["width"] - 8, "y": box["height"] * 0.785})
    expect(page).to_have_url(re.compile(r"/layers\?(.*&)?layer=output&unit=7(&|$)"))
    expect(page.get_by_role("heading", name="What happens inside?")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_all_is_on_one_screen_and_still_where_stillness_is_asked_for(
    browser: Browser, app_url: str, size: ViewportSize, mnist: Mnist
) -> None:
    """Canvas, answer and the whole network without scrolling; the digit stands there from the first."""
    context = browser.new_context(viewport=size, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    page.add_init_script(KEEP_STATES)
    page.goto(app_url)
    expect(paper(page)).to_have_class("written done", timeout=60_000)
    assert page.evaluate("window.states") == ["written done"]
    np.testing.assert_array_equal(shown(page), mnist.test.images[DIGIT])

    for part in (page.locator(".st-key-canvas canvas").first, prediction(page), network_map(page)):
        expect(part).to_be_visible()
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"], part
    for digit in range(10):
        expect(prediction(page).get_by_role("listitem").nth(digit)).to_be_visible()
    context.close()


def test_after_clear_the_paper_is_the_visitors(page: Page, app_url: str) -> None:
    """The digit that stands there goes, and does not come back while it is the current one."""
    page.goto(app_url)
    expect(paper(page)).to_have_class("written writing", timeout=60_000)
    page.locator(".st-key-clear button").click()
    expect(paper(page)).to_have_count(0)
    expect(prediction(page)).to_contain_text("Nothing to read yet")

    draw_stroke(page, SEVEN)
    expect(prediction(page)).to_contain_text("Read as a 7")
    page.locator(".st-key-back-from-drawing button").click()
    expect(paper(page)).to_have_class("written done", timeout=20_000)
    expect(prediction(page)).to_contain_text("Read as a 4")
