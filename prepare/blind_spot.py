"""Measure what each pixel can do to the answers of baseline and improved: `python -m prepare.blind_spot`.

Every pixel of 200 test digits made black and white: a few minutes of one core.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.blind_spot import (
    Sensitivity,
    gather,
    measured_digits,
    pack_sensitivity,
    pixel_effects,
)
from cnn_core.findings.compared import COMPARED
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model


def main(arguments: list[str] | None = None) -> None:
    """Measure all, and write `cnn_core/assets/computed/blind_spot.npz`."""
    parser = argparse.ArgumentParser(prog="python -m prepare.blind_spot", description=__doc__)
    parser.add_argument("--processes", type=int, help="side by side (default: one a core)")
    options = parser.parse_args(arguments)
    models = [open_model(model_folder(name)) for name in COMPARED]
    with ProcessPoolExecutor(options.processes) as pool:
        found = {model.id: measure(model.network(), pool) for model in models}
    print(save_computed("blind_spot", models, pack_sensitivity(found)))


def measure(network: Network, pool: ProcessPoolExecutor) -> Sensitivity:
    """The sensitivity of one network, on the digits that all are measured on."""
    test = load_mnist().test
    images = test.images[measured_digits(test)]
    effects = []
    for each in pool.map(partial(pixel_effects, network), images, chunksize=5):
        effects.append(each)
        print(f"\r{len(effects)} of {len(images)}", end="", flush=True)
    print()
    return gather(effects)


if __name__ == "__main__":
    main()
