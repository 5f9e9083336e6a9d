"""The evaluation page and a cell of its confusion matrix, against an empty Streamlit page."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from bench.start import HELLO
from bench.table import Row
from driving.serving import APP, serve

ROUNDS = 9
AIM = 2.0
# Two cells of the matrix of `baseline`, in turn; neither is empty.
CELLS = ("a 4 read as a 9", "a 9 read as a 4")


def evaluation_rows(browser: Browser) -> Iterator[Row]:
    """Open each page anew in turn, on servers that have shown it before."""
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(serve(APP)).url + "/evaluation?model=baseline"
        theirs = stack.enter_context(serve(HELLO)).url
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for url in (ours, theirs):
            _open(page, url)
        opened, empty = [], []
        for _ in range(ROUNDS):
            opened.append(_open(page, ours))
            empty.append(_open(page, theirs))
        yield Row("Evaluation page, against an empty page", median(opened), median(empty), "s", AIM)
        _open(page, ours)
        cells = [_open_cell(page, CELLS[turn % 2]) for turn in range(ROUNDS)]
        yield Row(
            "Confusion cell opened, against an empty page", median(cells), median(empty), "s", AIM
        )
        page.close()


def _open(page: Page, url: str) -> float:
    """Seconds until a page is whole: its script has ended and its last element is there."""
    start = time.perf_counter()
    page.goto(url)
    page.locator("h1").first.wait_for()
    if "evaluation" in url:
        page.get_by_text("Take this with you").wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    return time.perf_counter() - start


def _open_cell(page: Page, name: str) -> float:
    """Seconds from the click on a cell to the heading over its images."""
    cell = page.get_by_role("button", name=name).first
    cell.scroll_into_view_if_needed()
    start = time.perf_counter()
    cell.click()
    page.get_by_role("heading", name=name).wait_for()
    seconds = time.perf_counter() - start
    page.locator("[data-test-script-state=notRunning]").wait_for()
    return seconds
