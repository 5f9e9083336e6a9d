"""The epoch scrubber in a real browser: playing, the keyboard, a link to a moment."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def open_runs(page: Page, app_url: str, address: str = "") -> Locator:
    """Open the page at a small training, and wait until its scrubber is drawn."""
    page.goto(f"{app_url}/runs?model=rate-right&{address}")
    scrubber = page.get_by_role("region", name="The training, moment by moment")
    expect(moment(scrubber)).not_to_be_empty(timeout=60_000)
    return scrubber


def moment(scrubber: Locator) -> Locator:
    """The title of the moment that is shown."""
    return scrubber.locator(".moment")


def picture(scrubber: Locator, panel: str) -> list[str]:
    """Every tile of a panel, as its browser would save it."""
    tiles: list[str] = scrubber.locator(f".{panel} canvas").evaluate_all(
        "all => all.map((tile) => tile.toDataURL())"
    )
    return tiles


def test_play_goes_through_all_moments(page: Page, app_url: str) -> None:
    """It starts paused; played, kernels, maps, answer and confusion change, and the end stays."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    scrubber = open_runs(page, app_url)
    expect(moment(scrubber)).to_have_text("before training")
    expect(scrubber.get_by_text(re.compile("Of the first 1,000 held-out digits"))).to_be_visible()
    before = {panel: picture(scrubber, panel) for panel in ("kernels", "maps")}
    answer, counts = (scrubber.locator(f".{part}").inner_text() for part in ("answer", "confusion"))

    scrubber.get_by_role("radio", name="Fast").check()
    sent_before = len(sent)
    scrubber.get_by_role("button", name="Play").click()
    expect(moment(scrubber)).to_have_text("after epoch 5", timeout=15_000)
    expect(scrubber.get_by_role("button", name="Play")).to_be_visible()
    for panel, tiles in before.items():
        assert picture(scrubber, panel) != tiles
    assert scrubber.locator(".answer").inner_text() != answer
    assert scrubber.locator(".confusion").inner_text() != counts
    assert sent
    assert len(sent) == sent_before


def test_keys_move_and_a_link_keeps_the_moment(page: Page, app_url: str) -> None:
    """Arrow keys step, Home and End jump, Space plays and pauses; the link leads back to the place."""
    scrubber = open_runs(page, app_url, "moment=1-50")
    expect(moment(scrubber)).to_have_text("after 50 batches")
    scrubber.get_by_role("slider", name="Moment of training").focus()
    for key, shown in (
        ("ArrowRight", "after epoch 1"),
        ("Home", "before training"),
        ("End", "after epoch 5"),
        ("ArrowLeft", "after epoch 4"),
    ):
        page.keyboard.press(key)
        expect(moment(scrubber)).to_have_text(shown)
    page.keyboard.press("Space")
    expect(scrubber.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(scrubber.get_by_role("button", name="Play")).to_be_visible()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    linked = moment(scrubber).text_content()
    assert linked
    scrubber.get_by_role("button", name="Put this moment into the address").click()
    expect(page).to_have_url(re.compile(r"moment=\d-0"))
    page.reload()
    expect(moment(scrubber)).to_have_text(linked, timeout=60_000)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
