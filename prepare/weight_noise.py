"""Measure how much noise on their weights baseline and improved survive: `python -m prepare.weight_noise`.

Noise of each strength on all layers and on each alone, with each seed, on every fifth test digit. It
takes four minutes of one core.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.weight_noise import Survival, pack_survival, some_test_digits, survival
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import load_network, model_folder, open_model


def main(arguments: list[str] | None = None) -> None:
    """Measure all, and write `cnn_core/assets/computed/weight_noise.npz`."""
    parser = argparse.ArgumentParser(prog="python -m prepare.weight_noise", description=__doc__)
    parser.add_argument("--processes", type=int, help="side by side (default: one a core)")
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.processes) as pool:
        found = dict(zip(COMPARED, pool.map(measure, COMPARED), strict=True))
    models = [open_model(model_folder(name)) for name in COMPARED]
    print(save_computed("weight_noise", models, pack_survival(found)))


def measure(name: str) -> Survival:
    """All that is measured of one model."""
    *_, found = survival(load_network(name), some_test_digits(load_mnist().test))
    return found


if __name__ == "__main__":
    main()
