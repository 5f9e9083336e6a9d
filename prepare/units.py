"""Find out what every feature map and hidden unit answers to: `python -m prepare.units`.

Of baseline and improved, over all 70,000 digits, and at each kept moment of their training over the first
10,000. Two minutes of one core.
"""

from __future__ import annotations

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.units import UnitsOfLayer, pack_units, survey
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model


def main() -> None:
    """Look at both networks, say what was found, and write `cnn_core/assets/computed/units.npz`."""
    mnist = load_mnist()
    models = [open_model(model_folder(name)) for name in COMPARED]
    found: dict[str, dict[str, UnitsOfLayer]] = {}
    for model in models:
        moments = list(model.checkpoints().values())
        for done, layers in survey(model.network(), moments, mnist):
            print(f"{model.id}: {done} of {len(moments) + 2} readings", flush=True)
            if layers is not None:
                found[model.id] = layers
        for name, units in found[model.id].items():
            print(f"{model.id}, {name}: {len(units.dead)} of {len(units.mean)} never respond")
    print(save_computed("units", models, pack_units(found)))


if __name__ == "__main__":
    main()
