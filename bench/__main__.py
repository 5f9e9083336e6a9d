"""`make bench`: measure everything and print one table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

from playwright.sync_api import Browser

from bench.drawing import drawing_rows
from bench.forward import forward_rows
from bench.sliding_window import sliding_window_rows
from bench.start import start_rows
from bench.table import Row, print_table
from tests.browser.chromium import find_chromium, launch


def main() -> int:
    """Measure and print; 1 where there is no browser to measure in."""
    executable = find_chromium()
    if executable is None:
        print("Install Chromium, or name it in $CHROMIUM, to measure.", file=sys.stderr)
        return 1
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Each row was measured in "
        "turn with what it is held against;\nthe figures are medians.\n"
    )
    with launch(executable) as browser:
        print_table(_rows(browser))
    return 0


def _rows(browser: Browser) -> Iterator[Row]:
    yield from start_rows(browser)
    yield from drawing_rows(browser)
    yield from sliding_window_rows(browser)
    yield from forward_rows()


if __name__ == "__main__":
    sys.exit(main())
