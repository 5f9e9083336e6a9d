"""Lay out the test digits in two dimensions: `python -m prepare.projection`.

Writes `cnn_core/assets/computed/projection.npz`: for each model the points, by the t-SNE of
scikit-learn, and the activations that they were laid out from. Some minutes on two cores.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.neighbours import all_features
from cnn_core.network.arithmetic import Array
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model

PERPLEXITY = 30
SEED = 0


def main() -> None:
    """Project each model's activations, and store all of it in one file."""
    images = load_mnist().test.images
    models = [open_model(model_folder(name)) for name in COMPARED]
    arrays: dict[str, NDArray[np.floating]] = {}
    for model in models:
        *_, (_, features) = all_features(model.network(), images)
        assert features is not None
        arrays[f"{model.id}/points"] = project(features)
        arrays[f"{model.id}/features"] = features.astype(np.float16)
        print(f"{model.id}: {len(images):,} digits laid out")
    print(save_computed("projection", models, arrays))


def project(features: Array, perplexity: float = PERPLEXITY) -> Array:
    """float32 (n, units) → float32 (n, 2), around 0, the farthest coordinate at −1 or 1.

    perplexity: about how many neighbours each digit tries to keep; less than n.
    """
    # Starting from the principal components keeps the large picture the same from run to run.
    layout = TSNE(2, perplexity=perplexity, init="pca", random_state=SEED, n_jobs=-1)
    points: Array = layout.fit_transform(features)
    points = points - points.mean(axis=0)
    scaled: Array = (points / np.abs(points).max()).astype(np.float32)
    return scaled


if __name__ == "__main__":
    main()
