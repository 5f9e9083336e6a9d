"""`make bench`: measure everything and print one table; `python -m bench layers` measures one group."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable

from playwright.sync_api import Browser

from bench.browser_network import browser_network_rows
from bench.classroom import class_rows
from bench.drawing import drawing_rows
from bench.evaluation import evaluation_rows
from bench.forward import forward_rows
from bench.layers import layers_rows
from bench.neighbours import neighbours_rows
from bench.sliding_window import sliding_window_rows
from bench.start import start_rows
from bench.table import Row, print_table
from bench.training import training_rows
from bench.what_if import what_if_rows
from driving.chromium import find_chromium, launch

GROUPS: dict[str, Callable[[Browser], Iterable[Row]]] = {
    "start": start_rows,
    "drawing": drawing_rows,
    "what-if": what_if_rows,
    "sliding-window": sliding_window_rows,
    "layers": layers_rows,
    "neighbours": neighbours_rows,
    "evaluation": evaluation_rows,
    "training": training_rows,
    "class": class_rows,
    "forward": lambda _: forward_rows(),
    "browser-network": browser_network_rows,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where there is no browser to measure in."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="group", help=", ".join(GROUPS))
    options = parser.parse_args(arguments)
    if unknown := set(options.groups) - set(GROUPS):
        parser.error(f"no group is called {', '.join(sorted(unknown))}")
    executable = find_chromium()
    if executable is None:
        print("Install Chromium, or name it in $CHROMIUM, to measure.", file=sys.stderr)
        return 1
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Each row was measured in "
        "turn with what it is held against;\nthe figures are medians.\n"
    )
    with launch(executable) as browser:
        print_table(row for name in options.groups or GROUPS for row in GROUPS[name](browser))
    return 0


if __name__ == "__main__":
    sys.exit(main())
