"""From a cell of the confusion matrix to its images, and from an image on to the layers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

MATRIX = ".st-key-confusion button"
# Of each cell that can be chosen: its box, what its text takes, and its two colours, 0 to 1.
CELLS = """cells => cells.filter(cell => !cell.disabled).map(cell => {
    const box = cell.getBoundingClientRect();
    const text = document.createRange();
    text.selectNodeContents(cell);
    const style = getComputedStyle(cell);
    const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return [box.left, box.right, box.height, text.getBoundingClientRect().width,
            parseFloat(style.fontSize), ...parts(style.color),
            ...parts(style.backgroundColor)];
})"""
RINGS = """cell => {
    const style = getComputedStyle(cell);
    return [style.outlineStyle === "none" ? "" : style.outlineColor, style.boxShadow];
}"""


def contrasts(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """The contrast of two colours (n, 6), 0 to 1, as WCAG 2 defines it: (n,)."""
    linear = np.where(cells <= 0.04045, cells / 12.92, ((cells + 0.055) / 1.055) ** 2.4)
    luminance = linear.reshape(-1, 2, 3) @ [0.2126, 0.7152, 0.0722] + 0.05
    found: NDArray[np.float64] = luminance.max(axis=1) / luminance.min(axis=1)
    return found


def rings(cell: Locator) -> tuple[str, str]:
    """The colour of the ring of what is in focus, and the shadow that is the ring of what is chosen."""
    outline, shadow = cell.evaluate(RINGS)
    return outline, shadow


def test_matrix_on_a_phone(browser: Browser, app_url: str) -> None:
    """All ten columns fit, as a finger and an eye need them, light and dark; one stop of the Tab key."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme="light"
    )
    phone = context.new_page()
    phone.goto(f"{app_url}/evaluation?model=baseline")
    cells = phone.locator(MATRIX)
    expect(cells).to_have_count(100, timeout=60_000)
    chosen = phone.get_by_role("button", name="× a 2 read as a 7")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    for scheme, ink in (("light", 0), ("dark", 1)):
        phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        # On a cell that is not coloured: the component has followed the theme.
        uncoloured = phone.get_by_role("button", name="× a 1 read as a 1")
        expect(uncoloured).to_have_css("color", f"color(srgb-linear {ink} {ink} {ink})")
        told = np.array(cells.evaluate_all(CELLS))
        left, to, height, text, size = told[:, :5].T
        assert left.min() >= 0
        assert to.max() <= 390
        assert min(height.min(), (to - left).min()) >= 24
        assert (text <= to - left).all()
        assert size.min() >= 11
        assert contrasts(told[:, 5:]).min() >= 4.5, scheme
    caption = phone.locator(".st-key-confusion caption")
    assert caption.evaluate("caption => caption.scrollWidth <= caption.clientWidth")
    assert cells.evaluate_all("all => all.filter(cell => cell.tabIndex === 0).length") == 1
    context.close()


def test_focus_is_not_selection(page: Page, app_url: str) -> None:
    """In the matrix and in a grid of digits, what is in focus has another ring than what is chosen."""
    page.goto(f"{app_url}/evaluation?model=baseline&digit=test-2462&cell=2-0")
    cell = page.get_by_role("button", name="× a 2 read as a 0")
    expect(cell).to_have_attribute("aria-pressed", "true", timeout=60_000)
    digit = page.locator(".st-key-cell-grid button[aria-pressed=true]")
    for chosen in (cell, digit):
        chosen.wait_for()
        assert rings(chosen)[0] == ""
        assert rings(chosen)[1] != "none"
    cell.focus()
    page.keyboard.press("ArrowRight")
    other = page.get_by_role("button", name="× a 2 read as a 1")
    expect(other).to_be_focused()
    assert rings(other)[1] == "none"
    assert rings(other)[0] not in ("", rings(cell)[1].split(") ")[0] + ")")
    for grid in (MATRIX, ".st-key-cell-grid button"):
        stops = page.locator(grid).evaluate_all(
            "all => all.filter(one => one.tabIndex === 0).length"
        )
        assert stops == 1, grid


def test_matrix_grows_with_the_screen(page: Page, app_url: str) -> None:
    """At 1280×800 all of it, and an image behind its cell, are on the first screen; at 1920 it is larger."""
    sizes = []
    for width, height in ((1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{app_url}/evaluation?model=baseline")
        expect(page.locator(MATRIX).last).to_be_in_viewport(ratio=0.95, timeout=60_000)
        expect(page.locator(".st-key-cell-grid button").first).to_be_in_viewport(ratio=0.95)
        last = page.locator(MATRIX).last
        box = last.bounding_box()
        assert box is not None
        size = last.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
        sizes.append((box["width"], box["height"], size))
    assert (np.divide(sizes[1], sizes[0]) > 1.3).all()


def test_back_means_back(page: Page, app_url: str) -> None:
    """A cell and a part are an entry of the history each; Back finds them again, from Layers too."""
    page.goto(f"{app_url}/evaluation?model=baseline")
    page.wait_for_url("**cell=2-7**", timeout=60_000)
    page.get_by_role("button", name="× a 4 read as a 9").click()
    page.wait_for_url("**cell=4-9**")
    page.get_by_role("tab", name="Two models").click()
    page.wait_for_url("**part=models**")
    link = page.url
    expect(page.get_by_role("heading", name="Side by side with another model")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="× a 4 read as a 9")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="× a 2 read as a 7")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="Side by side with another model")).to_be_visible(
        timeout=60_000
    )
    assert "other=" in page.url


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
