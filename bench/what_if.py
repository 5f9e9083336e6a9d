"""From the eraser on the page What if to the new answer, by the network in the browser and by the server."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from bench.table import Row
from driving.serving import serve

ROUNDS = 15
ADDRESS = "/what_if?model=baseline&digit=test-42"

# No network ever comes to such a page, so that the server answers.
WITHOUT_NETWORK = """
const [networks, waiting] = [new Map(), new Map()];
networks.set = waiting.set = () => {};
globalThis[Symbol.for("digitscope")] = {
    networks, waiting, readings: new Map(), hearing: new Map(),
};
"""

# Notes, in the browser's own clock, when the eraser moves and when the answer that follows is painted.
WATCH = """() => {
    const inside = [...document.querySelectorAll(".st-key-changed-answer *")];
    const sentence = inside.find((each) => each.shadowRoot?.querySelector("p")).shadowRoot;
    window.taken = new Promise((done) => {
        let moved;
        window.addEventListener(
            "pointermove", () => { moved = performance.now(); }, { capture: true, once: true },
        );
        const observer = new MutationObserver(() => {
            if (moved === undefined) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - moved)));
        });
        observer.observe(sentence, { childList: true, subtree: true, characterData: true });
    });
}"""


def what_if_rows(browser: Browser) -> Iterator[Row]:
    """A movement of the eraser over the ink, in the two ways in turn."""
    with serve() as server:
        at_once, by_server = browser.new_page(), browser.new_page()
        by_server.add_init_script(WITHOUT_NETWORK)
        for page in (at_once, by_server):
            page.goto(server.url + ADDRESS)
            page.get_by_text("Take this with you").wait_for()
        at_once.wait_for_function(
            "globalThis[Symbol.for('digitscope')]?.readings.has('changed')", timeout=60_000
        )
        for page in (at_once, by_server):
            _milliseconds(page)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_milliseconds(at_once))
            theirs.append(_milliseconds(by_server))
        at_once.close()
        by_server.close()
    yield Row(
        "Eraser moved to new answer, against by the server", median(ours), median(theirs), "ms"
    )


def _milliseconds(page: Page) -> float:
    """Erase a part of the digit in one movement, time the answer, and start over."""
    editor = page.get_by_role("application", name="Test digit 42")
    editor.scroll_into_view_if_needed()
    box = editor.bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate(WATCH)
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    taken = float(page.evaluate("window.taken"))
    page.mouse.up()
    page.get_by_role("button", name="Undo").click()
    page.locator(".st-key-changed-answer", has_text="Unchanged").wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    return taken
