"""Measure how alike networks find digits of one class and of two: `python -m prepare.alike`.

Of every bundled network, for all pairs of every fifth test digit, in each layer. A minute of two cores.
"""

from __future__ import annotations

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.alike import EVERY, Pairs, measure_pairs, pack_pairs
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import BUNDLED, model_folder, open_model


def main() -> None:
    """Measure all, say what was found, and write `cnn_core/assets/computed/alike.npz`."""
    test = load_mnist().test
    models = [open_model(model_folder(name)) for name in BUNDLED]
    found: dict[str, dict[str, Pairs]] = {}
    for model in models:
        found[model.id] = measure_pairs(model.network(), test.images[::EVERY], test.labels[::EVERY])
        told = ", ".join(f"{name} {each.told_apart:.4f}" for name, each in found[model.id].items())
        print(f"{model.id}: {told}", flush=True)
    print(save_computed("alike", models, pack_pairs(found)))


if __name__ == "__main__":
    main()
