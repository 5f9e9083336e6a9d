"""Measure how well baseline and improved read changed digits: `python -m prepare.robustness`.

Every setting of every dial on all 10,000 test digits, every shift on every fifth of them. It takes a
quarter of an hour of one core; the cores are shared out among processes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from cnn_core.data.dataset import Split, load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.robustness import (
    DIALS,
    SHIFTS,
    Robustness,
    Score,
    every_fifth,
    pack_robustness,
    read_changed,
)
from cnn_core.images.changes import Change
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import load_network, model_folder, open_model

SHIFT = "shift"
Task = tuple[str, str, Change]


def main(arguments: list[str] | None = None) -> None:
    """Measure all, and write `cnn_core/assets/computed/robustness.npz`."""
    parser = argparse.ArgumentParser(prog="python -m prepare.robustness", description=__doc__)
    parser.add_argument("--processes", type=int, help="side by side (default: one a core)")
    options = parser.parse_args(arguments)
    tasks = [task for model in COMPARED for task in tasks_of(model)]
    scores: list[Score] = []
    with ProcessPoolExecutor(options.processes) as pool:
        for score in pool.map(_measure, tasks):
            scores.append(score)
            print(f"\r{len(scores)} of {len(tasks)}", end="", flush=True)
    print()
    models = [open_model(model_folder(name)) for name in COMPARED]
    found = {model: gather(model, tasks, scores) for model in COMPARED}
    print(save_computed("robustness", models, pack_robustness(found)))


def tasks_of(model: str) -> Iterator[Task]:
    """Everything that is measured of a model: its id, what is turned up, and the change."""
    for dial in DIALS.values():
        for value in dial.values:
            yield model, dial.name, dial.change(value)
    for down in SHIFTS:
        for right in SHIFTS:
            yield model, SHIFT, Change(down=down, right=right)


def gather(model: str, tasks: list[Task], scores: list[Score]) -> Robustness:
    """The scores of one model, out of those of all tasks, each in its place."""
    kept: dict[str, list[Score]] = {}
    for (of_model, name, _), score in zip(tasks, scores, strict=True):
        if of_model == model:
            kept.setdefault(name, []).append(score)
    shifts, width = kept.pop(SHIFT), len(SHIFTS)
    return Robustness(
        {name: tuple(found) for name, found in kept.items()},
        tuple(tuple(shifts[row * width : (row + 1) * width]) for row in range(width)),
    )


def _measure(task: Task) -> Score:
    model, name, change = task
    split = _digits()
    return read_changed(_network(model), every_fifth(split) if name == SHIFT else split, change)


@cache
def _digits() -> Split:
    return load_mnist().test


@cache
def _network(model: str) -> Network:
    return load_network(model)


if __name__ == "__main__":
    main()
