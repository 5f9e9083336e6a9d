"""What the app adds to Keras: to an epoch, to the first number, and to what others have to wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from bench.table import Row
from cnn_core.recipe.config import PRESETS, TrainingConfig
from cnn_core.training.events import Epoch, event_of
from cnn_core.training.job import COMMAND
from driving.serving import ROOT, serve

BARE = Path(__file__).parent / "apps" / "bare_training.py"
CONFIG = replace(PRESETS["baseline"], training_images=12_000, epochs=6)
ROUNDS = 3
CLICKS = 12
EPOCH_AIM = 1.05


def training_rows(browser: Browser) -> Iterator[Row]:
    """Training processes in turn with bare ones, then the app with and without one."""
    ours, bare, first = [], [], []
    for seed in range(ROUNDS):
        config = replace(CONFIG, seed=seed)
        ours += _epochs_of_ours(config)
        times = _bare(config)
        bare += _differences([event["epoch"] for event in times if "epoch" in event])
        first.append(times[0]["first"])
    yield Row("Epoch of training, against bare fit", median(ours), median(bare), "s", EPOCH_AIM)
    with tempfile.TemporaryDirectory() as runs, serve(DIGITSCOPE_RUNS=runs) as server:
        pressed, alone, beside = [], [], []
        visitor, trainer = browser.new_page(), browser.new_page()
        visitor.goto(f"{server.url}/layers?model=baseline")
        _settled(visitor)
        trainer.goto(f"{server.url}/training")
        _settled(trainer)
        for _ in range(ROUNDS):
            alone += _answers(visitor)
            pressed.append(_press(trainer))
            beside += _answers(visitor)
            _cancel(trainer)
        visitor.close()
        trainer.close()
    yield Row("Press to first number, against import and fit", median(pressed), median(first), "s")
    yield Row(
        "Another visitor's next digit while training, against none",
        1e3 * median(beside),
        1e3 * median(alone),
        "ms",
    )


def _epochs_of_ours(config: TrainingConfig) -> list[float]:
    """Seconds of each epoch but the first, which builds the graph, as the app trains it."""
    with tempfile.TemporaryDirectory() as runs:
        settings = Path(runs) / "config.json"
        settings.write_text(json.dumps(config.to_dict()))
        command = [str(settings) if part == "-" else part for part in COMMAND]
        child = subprocess.run(
            [*command, "--output", f"{runs}/run"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    events = [event_of(line) for line in child.stdout.splitlines()]
    return _differences([event.seconds for event in events if isinstance(event, Epoch)])


def _bare(config: TrainingConfig) -> list[dict[str, Any]]:
    child = subprocess.run(
        [sys.executable, str(BARE), json.dumps(config.to_dict())],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in child.stdout.splitlines()]


def _differences(times: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(times)]


def _settled(page: Page) -> None:
    page.get_by_text("Take this with you").wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()


def _answers(page: Page) -> list[float]:
    """Seconds from a press of “Next” to the page with the next digit, again and again."""
    taken = []
    for _ in range(CLICKS):
        before = page.locator(".st-key-digit-card strong").first.inner_text()
        start = time.perf_counter()
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_function(
            "before => document.querySelector('.st-key-digit-card strong').innerText !== before",
            arg=before,
        )
        page.locator("[data-test-script-state=notRunning]").wait_for()
        taken.append(time.perf_counter() - start)
    return taken


def _press(page: Page) -> float:
    """Seconds from the press of “Train” to the first step that the page reports."""
    start = time.perf_counter()
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text("Epoch 1 of").wait_for(timeout=120_000)
    return time.perf_counter() - start


def _cancel(page: Page) -> None:
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("nothing was saved").wait_for()
    page.get_by_role("button", name="Put this away").click()
    page.get_by_text("nothing was saved").wait_for(state="hidden")
