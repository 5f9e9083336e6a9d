"""Train what comes with the project again: `python -m prepare.models [name ...]`.

Seed 0 of each is stored in `cnn_core/assets/models`, the steps between baseline and improved with
fewer moments of their training; what the other seeds of the steps reached is kept in
`cnn_core/assets/seeds.json`. What is there already, with the same config, is not trained again unless
--force says so. All of it takes hours on two cores.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cnn_core.errors import StoreError
from cnn_core.network.arithmetic import Array
from cnn_core.recipe.bundled_trainings import (
    BUNDLED_TRAININGS,
    IMPROVEMENTS,
    SEEDS,
    SEEDS_PATH,
    seed_results,
)
from cnn_core.recipe.config import PRESETS, TrainingConfig
from cnn_core.store.arrays import npz_bytes, pack_weights
from cnn_core.store.files import FILES
from cnn_core.store.store import BUNDLED_ROOT, StoredModel, open_model, save_model
from cnn_core.training.cli import TerminalReporter

EPOCHS_KEPT = (0, 1, 2, 5)


def main(arguments: list[str] | None = None) -> None:
    """Train each bundled run that is missing or of another config."""
    parser = argparse.ArgumentParser(prog="python -m prepare.models", description=__doc__)
    parser.add_argument("names", nargs="*", help="which (default: all)")
    parser.add_argument("--force", action="store_true", help="train even what is there")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BUNDLED_TRAININGS):
        parser.error(f"no bundled training is called {', '.join(sorted(unknown))}")
    for name in options.names or BUNDLED_TRAININGS:
        prepare(name, force=options.force)


def prepare(name: str, *, force: bool) -> None:
    """Train one bundled run: seed 0 whole and, of an improvement, the results of the other seeds."""
    config = BUNDLED_TRAININGS[name].config
    model = None if force else _stored(name, config)
    if model is None:
        print(f"{name}, seed {config.seed}")
        model = _train(config, BUNDLED_ROOT / name)
        if name in IMPROVEMENTS and name not in PRESETS:
            model = keep_few_moments(model)
    if name not in IMPROVEMENTS:
        return
    note_seed(name, 0, model.results)
    for seed in SEEDS[1:]:
        if force or seed not in seed_results().get(name, {}):
            print(f"{name}, seed {seed}")
            with tempfile.TemporaryDirectory() as folder:
                other = _train(replace(config, seed=seed), Path(folder) / "model")
                note_seed(name, seed, other.results)


def keep_few_moments(model: StoredModel) -> StoredModel:
    """Save a model again with the weights of a few moments only, so that the bundle stays small."""
    kept: dict[str, Array] = {}
    for moment, network in model.checkpoints().items():
        if moment.batch == 0 and moment.epoch in (*EPOCHS_KEPT, model.config.epochs):
            kept |= pack_weights(network.weights, moment.prefix)
    files = {name: (model.folder / name).read_bytes() for name in FILES}
    return save_model(model.folder, files | {"checkpoints.npz": npz_bytes(kept)})


def note_seed(name: str, seed: int, results: Mapping[str, Any]) -> None:
    """Keep what one seed of a step reached on the test set."""
    known = {step: dict(seeds) for step, seeds in seed_results().items()}
    reached = {kind: results[kind] for kind in ("test_accuracy", "test_loss")}
    known.setdefault(name, {})[seed] = reached
    in_order = {step: dict(sorted(known[step].items())) for step in IMPROVEMENTS if step in known}
    SEEDS_PATH.write_text(json.dumps(in_order, indent=1) + "\n", encoding="utf-8")


def _stored(name: str, config: TrainingConfig) -> StoredModel | None:
    try:
        model = open_model(BUNDLED_ROOT / name)
    except StoreError:
        return None
    return model if model.config == config else None


def _train(config: TrainingConfig, folder: Path) -> StoredModel:
    from cnn_core.training.engine import train

    return train(config, folder, TerminalReporter(), lambda: False)


if __name__ == "__main__":
    main()
