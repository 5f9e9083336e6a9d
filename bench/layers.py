"""How soon a chosen unit is opened, and an occlusion map drawn, against one forward pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from bench.table import Row
from cnn_core.data.dataset import load_mnist
from cnn_core.findings.attribution import occlusion
from cnn_core.store.store import load_network
from driving.serving import serve

MODEL = "improved"
UNITS = 16
ROUNDS = 31
# What the page begins with.
PATCH, STRIDE = 6, 2

# Notes, in the browser's own clock, how long after a key the page names another unit.
WATCH = """() => {
    const answer = () => document.querySelector("h3")?.textContent;
    const before = answer();
    window.taken = new Promise((done) => {
        let pressed;
        window.addEventListener(
            "keydown", () => { pressed = performance.now(); }, { capture: true, once: true },
        );
        const observer = new MutationObserver(() => {
            const now = answer();
            if (pressed === undefined || now === undefined || now === before) return;
            observer.disconnect();
            done(performance.now() - pressed);
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
}"""


def layers_rows(browser: Browser) -> Iterator[Row]:
    """Units of conv2 one after the other, by the keyboard; the occlusion map in this process."""
    network = load_network(MODEL)
    image = load_mnist().test.images[42]
    passes = [_milliseconds(lambda: network.predict(image[None])) for _ in range(ROUNDS)]
    with serve() as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{server.url}/layers?model={MODEL}&layer=conv2&unit=0")
        page.get_by_role("heading", name="Map 0 of conv2").wait_for()
        page.locator("[data-test-script-state=notRunning]").wait_for()
        network_map = page.get_by_role("application", name="The 11 layers")
        network_map.focus()
        chosen = []
        for unit in range(UNITS):
            page.keyboard.press("ArrowDown")
            chosen.append(_choose(page))
            passes.append(_milliseconds(lambda: network.predict(image[None])))
            page.get_by_role("heading", name=f"Map {unit + 1} of conv2").wait_for()
        page.close()
    one = median(passes)
    yield Row("Unit chosen to its page, against a forward pass", median(chosen), one, "ms")
    maps = [_milliseconds(lambda: occlusion(network, image, PATCH, STRIDE)) for _ in range(ROUNDS)]
    yield Row("Occlusion map, against a forward pass", median(maps), one, "ms")


def _choose(page: Page) -> float:
    """Press Enter on the unit that is pointed at, and time its answer."""
    page.evaluate(WATCH)
    page.keyboard.press("Enter")
    taken = float(page.evaluate("window.taken"))
    page.locator("[data-test-script-state=notRunning]").wait_for()
    return taken


def _milliseconds(compute: Callable[[], object]) -> float:
    start = time.perf_counter()
    compute()
    return 1e3 * (time.perf_counter() - start)
