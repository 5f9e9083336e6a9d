"""The network under the pen: what a frame of it costs, how soon it is seen, and what the server has of it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from bench.process import cpu_seconds
from bench.table import Row
from driving.serving import APP, Server, serve
from driving.strokes import Point, on_screen

ECHO = Path(__file__).parent / "apps" / "echo.py"
ROUNDS = 5
MOVES_A_SECOND = 60
# A digit of two strokes, as it is written: seconds between them, and until the next one is begun.
FOUR: Sequence[Sequence[Point]] = (
    ((0.4, 0.15), (0.25, 0.55), (0.75, 0.55)),
    ((0.62, 0.3), (0.58, 0.85)),
)
SECONDS_A_STROKE = 0.6
SECONDS_BETWEEN = 0.25
SECONDS_TO_LOOK = 1.5
DRAWING_SECONDS = 30.0

# In every frame: how long its callbacks take together. It stands before all else on the page.
TIME_FRAMES = """() => {
    const ask = window.requestAnimationFrame.bind(window);
    const frames = (window.timed = { count: 0, spent: 0, start: 0 });
    window.requestAnimationFrame = (act) => ask((now) => {
        const start = performance.now();
        act(now);
        frames.spent += performance.now() - start;
    });
    const tick = () => { frames.count += 1; ask(tick); };
    ask(tick);
}"""
RESTART = "() => { Object.assign(timed, { count: 0, spent: 0, start: performance.now() }); }"
FRAMES = "() => [timed.count, timed.spent, performance.now() - timed.start]"
# Counts the frames that it takes from a movement of the pointer to the next change of the bars: 1 where both
# are in one, with which both are painted.
WATCH_BARS = """() => {
    const around = [...document.querySelectorAll(".st-key-draw-probabilities *")];
    const root = around.find((each) => each.shadowRoot).shadowRoot;
    window.waited = [];
    let moved = null;
    document.addEventListener("pointermove", () => { moved ??= timed.count; }, true);
    new MutationObserver(() => {
        if (moved !== null) waited.push(timed.count - moved);
        moved = null;
    }).observe(root, { subtree: true, attributes: true, childList: true, characterData: true });
}"""

# The browser's own clock from the pen lifted to the server's next words.
WATCH_SERVER = """(place) => {
    const words = () => document.querySelector(place)?.textContent;
    const before = words();
    window.taken = new Promise((done) => {
        let lifted;
        window.addEventListener(
            "pointerup", () => { lifted = performance.now(); }, { capture: true, once: true },
        );
        const observer = new MutationObserver(() => {
            const now = words();
            if (lifted === undefined || now === undefined || now === before) return;
            observer.disconnect();
            done(performance.now() - lifted);
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
}"""
SERVER_WORDS = ".st-key-prediction :is(p, h2)"


class Drawn(NamedTuple):
    """What was measured while a digit was drawn.

    frames: a second.
    spent: milliseconds of a frame's callbacks.
    answered: milliseconds from the pen lifted for the last time to the server's words.
    """

    frames: float
    spent: float
    answered: float


def drawing_rows(browser: Browser) -> Iterator[Row]:
    """On the draw page and on a canvas that nobody reads, in turn."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(serve(script)) for script in (APP, ECHO)]
        ours, floor = (
            _open(browser, server, address)
            for server, address in zip(servers, ("/draw?model=improved", ""), strict=True)
        )
        ours.evaluate(WATCH_BARS)
        drawn: tuple[list[Drawn], list[Drawn]] = ([], [])
        for _ in range(ROUNDS):
            for page, into in zip((ours, floor), drawn, strict=True):
                into.append(_draw_and_clear(page))
        live, unread = ([round_.frames for round_ in each] for each in drawn)
        yield Row("Drawing: frames a second, against unread", median(live), median(unread), "1/s")
        live, unread = ([round_.spent for round_ in each] for each in drawn)
        yield Row(
            "Drawing: a frame's callbacks, against unread", median(live), median(unread), "ms"
        )
        waited = sorted(ours.evaluate("() => waited"))
        yield Row("Pointer moved to answer painted, median", median(waited), 1, "frames", 2)
        yield Row(
            "Pointer moved to answer painted, p95", waited[int(0.95 * len(waited))], 1, "frames"
        )
        live, unread = ([round_.answered for round_ in each] for each in drawn)
        what = "Pen at rest to the server's words, against counting strokes"
        yield Row(what, median(live), median(unread), "ms")
        used = [_cpu_a_minute(*each) for each in zip((ours, floor), servers, strict=True)]
        what = "Server CPU, a minute of drawing, against counting strokes"
        yield Row(what, used[0], used[1], "s")
        for page in (ours, floor):
            page.close()


def _open(browser: Browser, server: Server, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(f"({TIME_FRAMES})()")
    page.goto(server.url + address)
    page.locator(".st-key-canvas canvas").last.wait_for()
    page.wait_for_timeout(2000)
    return page


def _draw_and_clear(page: Page) -> Drawn:
    page.evaluate(RESTART)
    _draw(page)
    count, spent, milliseconds = page.evaluate(FRAMES)
    answered = float(page.evaluate("window.taken"))
    page.locator(".st-key-clear button").click()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(500)
    return Drawn(1000 * count / milliseconds, spent / count, answered)


def _draw(page: Page) -> None:
    """Write a 4 at the pace of a hand."""
    for number, stroke in enumerate(FOUR):
        if number:
            time.sleep(SECONDS_BETWEEN)
        first, *others = on_screen(page, stroke)
        page.evaluate(WATCH_SERVER, SERVER_WORDS)
        page.mouse.move(*first)
        page.mouse.down()
        start, last, moves = time.perf_counter(), first, 0
        each = round(SECONDS_A_STROKE * MOVES_A_SECOND / len(others))
        for place in others:
            for step in range(1, each + 1):
                moves += 1
                time.sleep(max(0, start + moves / MOVES_A_SECOND - time.perf_counter()))
                share = step / each
                page.mouse.move(
                    last[0] + share * (place[0] - last[0]), last[1] + share * (place[1] - last[1])
                )
            last = place
        page.mouse.up()


def _cpu_a_minute(page: Page, server: Server) -> float:
    """Seconds of the server's processor for a minute in which digits are drawn, looked at and cleared."""
    start, before = time.perf_counter(), cpu_seconds(server.process_id)
    while time.perf_counter() - start < DRAWING_SECONDS:
        _draw(page)
        page.wait_for_timeout(1000 * SECONDS_TO_LOOK)
        page.locator(".st-key-clear button").click()
        page.wait_for_timeout(500)
    return (cpu_seconds(server.process_id) - before) * 60 / (time.perf_counter() - start)
