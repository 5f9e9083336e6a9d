"""Erasing, painting and switching in a real browser: by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

# Tells all who follow a source that nobody reads there any more, so that they show what the server says.
LEAVE_IT_TO_THE_SERVER = """source => {
    const hearing = globalThis[Symbol.for("digitscope")].hearing.get(source);
    for (const hear of hearing) hear(undefined);
    hearing.clear();
}"""


@pytest.fixture
def editor(page: Page, app_url: str) -> Locator:
    """The digit that can be erased and painted on, once the network has come to the browser."""
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{app_url}/what_if?model=baseline")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=30_000)
    found = page.get_by_role("application", name="Test digit 42")
    expect(page.get_by_text("254 of 255")).to_be_visible(timeout=30_000)
    page.wait_for_function("globalThis[Symbol.for('digitscope')]?.readings.has('changed')")
    return found


def erase_across(page: Page, editor: Locator) -> None:
    """One stroke of the eraser, in the middle from left to right."""
    editor.hover()
    box = editor.bounding_box()
    assert box
    height = box["y"] + box["height"] * 0.55
    page.mouse.move(box["x"] + box["width"] * 0.2, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, height, steps=12)
    page.mouse.up()


@pytest.fixture
def messages(page: Page) -> list[str | bytes]:
    """What the browser sends to the server from now on; asked for before the page is opened."""
    sent: list[str | bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda message: sent.append(message)),
    )
    return sent


def until_idle(page: Page) -> None:
    """Wait until the server has answered."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()


def shares(page: Page, key: str) -> list[str]:
    """The ten probabilities as they are written."""
    return page.locator(f".st-key-{key} .share").all_inner_texts()


def test_the_browser_answers_before_the_server_hears(
    messages: list[str | bytes], page: Page, editor: Locator
) -> None:
    """While the eraser is down nothing is sent; what the server then answers is the same."""
    answer = page.locator(".st-key-prediction")
    editor.hover()
    box = editor.bounding_box()
    assert box
    until_idle(page)
    before, unchanged = len(messages), shares(page, "changed-probabilities")
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.55)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.55, steps=12)
    expect(answer).to_contain_text("now has")
    at_once = answer.locator("p").first.inner_text()
    bars = shares(page, "changed-probabilities")
    assert bars != unchanged
    assert len(messages) == before
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    assert len(messages) == before + 1
    until_idle(page)
    assert answer.locator("p").first.inner_text() == at_once
    page.evaluate(LEAVE_IT_TO_THE_SERVER, "changed")
    expect(answer.locator("p").first).to_have_text(at_once)
    expect(page.locator(".st-key-changed-probabilities .share")).to_have_text(bars)

    page.get_by_role("button", name="Undo").click()
    expect(answer).to_contain_text("Unchanged")
    expect(page.locator(".st-key-changed-probabilities .share")).to_have_text(unchanged)


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
    """It can be stopped; while 10,000 digits are read, the page goes on answering."""
    page.get_by_role("button", name="All of conv1 off").click()
    page.get_by_role("button", name="Read all 10,000").click()
    # At once: the button is shown anew each second, and all may soon be read.
    page.get_by_role("button", name="Stop").dispatch_event("click")
    again = page.get_by_role("button", name="Read all 10,000")
    expect(again).to_be_visible(timeout=15_000)
    again.click()
    expect(page.get_by_text("10,000 digits read")).to_be_visible()
    erase_across(page, editor)
    expect(page.locator(".st-key-prediction")).to_contain_text("now has")


def test_sliders_are_answered_while_they_move(
    messages: list[str | bytes], page: Page, editor: Locator
) -> None:
    """Digit, sentence and bars follow each of them at once; the server hears where they rest."""
    answer = page.locator(".st-key-prediction")
    until_idle(page)
    before = len(messages)
    slider = page.get_by_role("slider", name="Rotate")
    box = slider.bounding_box()
    assert box
    assert box["height"] >= 24
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=6)
    expect(answer).to_contain_text("now has")
    assert len(messages) == before
    turned = slider.get_attribute("aria-valuetext")
    page.mouse.up()
    expect(page.get_by_role("button", name="Use this digit everywhere")).to_be_enabled()
    assert len(messages) == before + 1
    until_idle(page)
    assert slider.get_attribute("aria-valuetext") == turned

    noise = page.get_by_role("slider", name="Noise", exact=True)
    noise.focus()
    for _ in range(3):
        noise.press("PageUp")
    expect(page.get_by_role("button", name="Other noise").first).to_be_enabled()
    words = answer.locator("p").first.inner_text()
    bars = shares(page, "changed-probabilities")
    picture = answer.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    page.evaluate(LEAVE_IT_TO_THE_SERVER, "changed")
    expect(answer.locator("p").first).to_have_text(words)
    expect(page.locator(".st-key-changed-probabilities .share")).to_have_text(bars)
    assert answer.locator("canvas").evaluate("canvas => canvas.toDataURL()") == picture

    page.get_by_role("button", name="Other noise").first.click()
    expect(answer.locator("p").first).not_to_have_text(words)
    page.get_by_role("button", name="Start over").click()
    expect(answer).to_contain_text("Unchanged")
    expect(slider).to_have_value("0")


def test_maps_and_weights_are_answered_at_once(page: Page, editor: Locator) -> None:
    """What the browser says of a network with less, or with noise, the server says too."""
    until_idle(page)
    for name in ("Map 7", "Map 8", "Map 9"):
        page.get_by_role("switch", name=name, exact=True).click()
    slider = page.get_by_role("slider", name="Strength of the noise")
    slider.focus()
    for _ in range(15):
        slider.press("ArrowRight")
    keys = {
        "switched-conv1": ("reduced-answer", "reduced-probabilities"),
        "damaged": ("damaged-answer", "damaged-probabilities"),
    }
    expect(page.locator(".st-key-reduced-answer")).to_contain_text("3 maps are off.")
    expect(page.locator(".st-key-damaged-answer")).to_contain_text("now has")
    seen = {
        source: (page.locator(f".st-key-{words} p").first.inner_text(), shares(page, bars))
        for source, (words, bars) in keys.items()
    }
    for source, (words, bars) in keys.items():
        page.evaluate(LEAVE_IT_TO_THE_SERVER, source)
        said, shown = seen[source]
        expect(page.locator(f".st-key-{words} p").first).to_have_text(said)
        expect(page.locator(f".st-key-{bars} .share")).to_have_text(shown)


# No network ever comes to such a page.
WITHOUT_NETWORK = """
const [networks, waiting] = [new Map(), new Map()];
networks.set = waiting.set = () => {};
globalThis[Symbol.for("digitscope")] = { networks, waiting, readings: new Map(), hearing: new Map() };
"""


def edges(found: Locator) -> tuple[float, float]:
    """Where an element begins and ends, from the top of the window."""
    box = found.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def test_cause_and_effect_on_one_screen(browser: Browser, app_url: str) -> None:
    """By finger at 390 pixels, at 1024 and at 1280; and where no network comes, the server answers."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True)
    page = context.new_page()
    page.add_init_script(WITHOUT_NETWORK)
    page.goto(f"{app_url}/what_if?model=baseline")
    expect(page.get_by_text("Take this with you")).to_be_visible(timeout=30_000)
    editor = page.get_by_role("application", name="Test digit 42")
    sentence = page.locator(".st-key-prediction p").first
    bars = page.locator(".st-key-changed-probabilities li")
    sliders = page.locator(".st-key-change-sliders input")
    expect(bars.last).to_be_visible(timeout=30_000)
    expect(sliders.last).to_be_visible(timeout=30_000)
    assert edges(bars.last)[1] <= 800
    assert edges(editor)[1] <= 800

    page.set_viewport_size({"width": 1024, "height": 768})
    for tools in page.locator(".st-key-what-if-tool, .st-key-what-if-width").all():
        assert tools.evaluate(
            "each => [...each.querySelectorAll('*')].every("
            "one => one.scrollWidth <= one.clientWidth + 1)"
        )
    track = page.locator(".st-key-changed-probabilities .track").first.bounding_box()
    assert track
    assert track["width"] > 100

    page.set_viewport_size({"width": 390, "height": 844})
    assert edges(editor)[1] - edges(editor)[0] > 250
    for cause in (editor, sliders.last):
        # What answers lies between them; Streamlit's own bar takes 60 pixels.
        ends = [*edges(cause), *edges(bars.first), *edges(bars.last)]
        assert max(ends) - min(ends) <= 844 - 60
    editor.scroll_into_view_if_needed()
    box = editor.bounding_box()
    assert box
    expect(sentence).to_contain_text("Unchanged")
    page.touchscreen.tap(box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.52)
    expect(sentence).to_contain_text("now has", timeout=15_000)
    context.close()
