"""How smoothly the sliding window plays, how little it is sent, and that it stays silent."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from bench.table import Row
from driving.serving import serve
from driving.windows_runs import FILTERS
from ui.components.sliding_window.sliding_window import Scale, filter_data

ROUNDS = 3
SECONDS = 3
WINDOWS_APP = Path(__file__).parents[1] / "driving" / "apps" / "windows.py"

# Counts the frames of some seconds, beside whatever else the page is doing.
_COUNT_FRAMES = """seconds => new Promise((done) => {
    let frames = 0;
    const start = performance.now();
    const tick = (now) => {
        if (now - start >= 1000 * seconds) done(frames / ((now - start) / 1000));
        else { frames += 1; requestAnimationFrame(tick); }
    };
    requestAnimationFrame(tick);
})"""


def sliding_window_rows(browser: Browser) -> list[Row]:
    """Measure in a real Chromium, the window and the empty loop in turn."""
    with serve(WINDOWS_APP) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        sent: list[Any] = []
        page.on(
            "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame))
        )
        page.goto(f"{server.url}/?show=plain")
        page.locator("section.stage").wait_for(timeout=60_000)
        page.locator("input[value=Top]").check()
        page.wait_for_timeout(2000)
        sent.clear()
        playing, empty = [], []
        for _ in range(ROUNDS):
            playing.append(_frames_while_playing(page))
            empty.append(float(page.evaluate(_COUNT_FRAMES, SECONDS)))
    return [
        Row("Frames a second at top speed", median(playing), median(empty), "1/s"),
        Row("Sent to the browser for a 28×28 input", bytes_sent(), 4 * 28 * 28, "bytes"),
        Row("Messages to the server while playing", len(sent), 0, "messages"),
    ]


def bytes_sent() -> int:
    """Size of the data of a 3×3 filter over 28×28 pixels, as the JSON that it travels as."""
    return len(json.dumps(filter_data(FILTERS["plain"](), Scale("activations", 3.0))))


def _frames_while_playing(page: Page) -> float:
    page.locator("[data-do=start]").click()
    page.locator("[data-do=play]").click()
    frames = float(page.evaluate(_COUNT_FRAMES, SECONDS))
    if page.locator("section.stage").get_attribute("data-playing") != "true":
        raise RuntimeError("the window stopped before the measurement did")
    page.locator("[data-do=play]").click()
    return frames
