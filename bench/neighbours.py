"""What the server weighs once a visitor has the neighbours of both bundled networks."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser

from bench.process import megabytes
from bench.start import MEGABYTES_AIM
from bench.table import Row
from cnn_core.findings.compared import COMPARED
from driving.serving import serve

SECONDS_TO_READ = 300


def neighbours_rows(browser: Browser) -> Iterator[Row]:
    """Read the training set with each network, one visitor, one server."""
    with serve() as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name in COMPARED:
            page.goto(f"{server.url}/neighbours?model={name}")
            page.locator(".st-key-read-training button").click()
            page.locator(".st-key-neighbours").wait_for(timeout=1000 * SECONDS_TO_READ)
            page.locator("[data-test-script-state=notRunning]").wait_for()
        weight = megabytes(server.process_id)
        page.close()
    yield Row(
        "Memory with neighbours of two networks, against allowed", weight, MEGABYTES_AIM, "MB", 1
    )
