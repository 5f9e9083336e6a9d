"""Count how each moment of the bundled trainings reads a sample: `python -m prepare.moments`."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.moments import confusions, sample_of
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import BUNDLED, model_folder, open_model


def main() -> None:
    """Write what the scrubber of every bundled training shows at once."""
    sample = sample_of(load_mnist().train)
    models = [open_model(model_folder(name)) for name in BUNDLED]
    counted = {}
    for model in models:
        *_, (_, counts) = confusions(list(model.checkpoints().values()), sample)
        counted[model.id] = np.asarray(counts, np.uint16)
        print(f"{model.id}: {len(counted[model.id])} moments")
    print(f"Written to {save_computed('moments', models, counted)}")


if __name__ == "__main__":
    main()
