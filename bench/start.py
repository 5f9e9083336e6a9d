"""From starting the server to its first text in a browser, and what the server then weighs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench.process import megabytes
from bench.table import Row
from driving.serving import APP, serve

HELLO = Path(__file__).parent / "apps" / "hello.py"
AIM = 1.2
ROUNDS = 5
MEGABYTES_AIM = 300


def start_rows(browser: Browser) -> Iterator[Row]:
    """Start the app and the least possible one in turn, each with a new server and visitor."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_start(browser, APP))
        theirs.append(_start(browser, HELLO))
    seconds, weights = (
        (median(start[place] for start in ours), median(start[place] for start in theirs))
        for place in (0, 1)
    )
    yield Row("Start to first text, against a three-line app", *seconds, "s", AIM)
    yield Row("Memory of the server, one visitor, against a three-line app", *weights, "MB")
    yield Row(
        "Memory of the server, one visitor, against what is allowed",
        weights[0],
        MEGABYTES_AIM,
        "MB",
        1,
    )


def _start(browser: Browser, script: Path) -> tuple[float, float]:
    """Seconds to the first text, and megabytes once the visitor has everything."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    with serve(script) as server:
        page.goto(server.url)
        page.locator("h1").first.wait_for()
        seconds = time.perf_counter() - start
        page.locator("[data-test-script-state=notRunning]").wait_for()
        weight = megabytes(server.process_id)
        context.close()
    return seconds, weight
