"""Train the variants and count what they misread: `python -m prepare.variants [name ...]`.

The weights of seed 0 are kept in `cnn_core/assets/variants`, and what every seed misreads in
`results.json` beside them. Each result is written as soon as it is known, so an interrupted series
goes on where it stopped: what is there already, of the same training, is not trained again unless
--force says so. All of it takes one to two hours on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cnn_core.data.dataset import Mnist, Split, load_mnist
from cnn_core.findings.variant_results import (
    Measured,
    is_known,
    load_measured,
    mean,
    note_result,
)
from cnn_core.findings.variants import as_received, count_errors
from cnn_core.network.network import Network, Weights
from cnn_core.network.variant import Variant, VariantNetwork
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS, SEEDS
from cnn_core.recipe.config import HELD_OUT_IMAGES, TrainingConfig
from cnn_core.recipe.variants import VARIANTS
from cnn_core.store.store import model_folder, open_model
from cnn_core.store.variant_files import save_variant, weights_file


def main(arguments: list[str] | None = None) -> None:
    """Train and measure each variant of which a seed is missing: first seed 0 of all, then seed 1."""
    parser = argparse.ArgumentParser(prog="python -m prepare.variants", description=__doc__)
    parser.add_argument("names", nargs="*", help="which (default: all)")
    parser.add_argument("--force", action="store_true", help="train even what is there")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(VARIANTS):
        parser.error(f"no variant is called {', '.join(sorted(unknown))}")
    for name, seed in tasks(options.names or list(VARIANTS), force=options.force):
        print(f"{name}, seed {seed}", flush=True)
        prepare(name, seed, load_mnist())
    print("\n".join(table(load_measured(load_mnist().test.class_counts()))))


def tasks(names: list[str], *, force: bool) -> Iterator[tuple[str, int]]:
    """The trainings that are asked for and not there, each asked about when its turn comes."""
    for seed in SEEDS:
        for name in names:
            if force or not is_known(name, seed):
                yield name, seed


def prepare(name: str, seed: int, mnist: Mnist) -> None:
    """Train one seed of a variant, keep its weights where they are bundled, and count its errors.

    What the store has with seed 0 is not trained again.
    """
    config = replace(VARIANTS[name].config, seed=seed)
    if seed == SEEDS[0] and name in BUNDLED_TRAININGS:
        model = open_model(model_folder(name))
        weights = model.network().weights
        checksum = model.weights_checksum
        validation = model.history()["epochs"][-1]["validation_accuracy"]
    else:
        weights, validation = _train(name, config, mnist.train)
        content, checksum = weights_file(weights)
        if seed == SEEDS[0]:
            save_variant(name, content)
    errors = count_errors(name, _network(config, weights), mnist.test)
    note_result(name, seed, checksum, validation, errors)
    print(f"{name}, seed {seed}: {int(errors[0].sum())} of {len(mnist.test)} misread", flush=True)


def table(measured: Mapping[str, Measured]) -> list[str]:
    """What was measured, as lines of a Markdown table: the one in README.md."""
    lines = [
        "| Network | Parameters | Seeds 0, 1, 2 | Mean | Moved by two pixels, mean |",
        "|---|---|---|---|---|",
    ]
    for name, found in measured.items():
        parameters = VARIANTS[name].config.architecture.parameters
        seeds = ", ".join(f"{100 * share:.2f}" for share in found.accuracies)
        lines.append(
            f"| {VARIANTS[name].title} | {parameters:,} | {seeds} % | "
            f"{100 * mean(found.accuracies):.2f} % | {100 * mean(found.moved_accuracies):.1f} % |"
        )
    return lines


def _network(config: TrainingConfig, weights: dict[str, Weights]) -> Network:
    if isinstance(config.architecture, Variant):
        return VariantNetwork(config.architecture, weights)
    return Network(config.architecture, weights)


def _train(name: str, config: TrainingConfig, split: Split) -> tuple[dict[str, Weights], float]:
    from cnn_core.training.weights_only import train_weights

    def report(epoch: int, accuracy: float) -> None:
        print(
            f"  epoch {epoch}/{config.epochs}: {accuracy:.2%} of {HELD_OUT_IMAGES:,} held-out images",
            flush=True,
        )

    return train_weights(config, Split(as_received(name, split.images), split.labels), report)


if __name__ == "__main__":
    main()
