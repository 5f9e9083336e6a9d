"""From the end of a stroke to the new prediction, in a browser."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from bench.table import Row
from driving.serving import APP, serve
from driving.strokes import SEVEN, draw_stroke

ECHO = Path(__file__).parent / "apps" / "echo.py"
AIM = 1.5
ROUNDS = 15

# Notes, in the browser's own clock, when the pen is lifted and when the answer first differs.
WATCH = """() => {
    const answer = () => document.querySelector(".st-key-prediction h2")?.textContent;
    const before = answer();
    window.taken = new Promise((done) => {
        let lifted;
        window.addEventListener(
            "pointerup", () => { lifted = performance.now(); }, { capture: true, once: true },
        );
        const observer = new MutationObserver(() => {
            const now = answer();
            if (lifted === undefined || now === undefined || now === before) return;
            observer.disconnect();
            done(performance.now() - lifted);
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
}"""


def drawing_rows(browser: Browser) -> Iterator[Row]:
    """The first stroke on an empty canvas, on the draw page and on the echo in turn."""
    with contextlib.ExitStack() as stack:
        pages = []
        for script, address in ((APP, "/draw"), (ECHO, "")):
            server = stack.enter_context(serve(script))
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(server.url + address)
            page.locator(".st-key-canvas canvas").last.wait_for()
            pages.append(page)
        _milliseconds(pages[0], "Nothing to read yet")
        _milliseconds(pages[1], "Strokes: 0")
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_milliseconds(pages[0], "Nothing to read yet"))
            theirs.append(_milliseconds(pages[1], "Strokes: 0"))
        for page in pages:
            page.close()
    what = "Stroke end to new prediction, against counting strokes"
    yield Row(what, median(ours), median(theirs), "ms", AIM)


def _milliseconds(page: Page, blank: str) -> float:
    """Draw a 7 on the empty canvas, time the answer, and leave the canvas empty."""
    page.evaluate(WATCH)
    draw_stroke(page, SEVEN)
    taken = float(page.evaluate("window.taken"))
    page.locator(".st-key-clear button").click()
    page.locator(".st-key-prediction h2", has_text=blank).wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    return taken
