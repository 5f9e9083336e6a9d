"""What does not look like a digit: choose a measure, its threshold, and report: `python -m prepare.unlikely`.

Each of four published measures gets the threshold at which 1 % of the 6,000 held-out training digits are
beyond it, and is judged by how much it notices of pictures that are no digits (prepare/non_digits.py): 1,000
of each kind, made of held-out digits and of one set of fonts. The threshold of the one in use is then
reported on the 10,000 test digits and on 1,000 new pictures of each kind, made of test digits and of other
fonts. Nothing is chosen by those. Takes two minutes on two cores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Mnist, Split, load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import wilson_interval
from cnn_core.findings.neighbours import all_features
from cnn_core.findings.unlikely import (
    FALSE_ALARMS,
    KINDS,
    METHODS,
    OWN_DIGITS,
    energy,
    improbability,
    mahalanobis,
    nearest_distance,
    normalised,
)
from cnn_core.network.arithmetic import Array, dense
from cnn_core.network.network import Network
from cnn_core.recipe.config import TRAINABLE_IMAGES
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model
from prepare.non_digits import FONTS_TO_CHOOSE, FONTS_TO_REPORT, non_digits, own_digits

PICTURES_OF_EACH_KIND = 1000
BANK_SIZE = 2000

Pictures = Mapping[str, NDArray[np.uint8]]
Measure = Callable[[Array], Array]


def main() -> None:
    """Measure the bundled networks and store what was found."""
    mnist = load_mnist()
    held_out = Split(mnist.train.images[TRAINABLE_IMAGES:], mnist.train.labels[TRAINABLE_IMAGES:])
    to_choose = pictures(held_out, FONTS_TO_CHOOSE, seed=0)
    to_report = pictures(mnist.test, FONTS_TO_REPORT, seed=1)
    models = [open_model(model_folder(name)) for name in COMPARED]
    arrays: dict[str, NDArray[Any]] = {}
    for model in models:
        print(model.id)
        found = measure(model.network(), mnist, to_choose, to_report)
        arrays |= {f"{model.id}/{name}": array for name, array in found.items()}
    print(save_computed("unlikely", models, arrays))


def pictures(split: Split, fonts: tuple[str, ...], seed: int) -> dict[str, NDArray[np.uint8]]:
    """Pictures of every kind, and digits drawn in the same way."""
    rng = np.random.default_rng(seed)
    count = PICTURES_OF_EACH_KIND
    found = {kind: non_digits(kind, count, split, fonts, rng) for kind in KINDS}
    return found | {OWN_DIGITS: own_digits(count, fonts, rng)}


def measure(
    network: Network, mnist: Mnist, to_choose: Pictures, to_report: Pictures
) -> dict[str, NDArray[Any]]:
    """What `Unlikely` holds of one network, as arrays."""
    train = features_of(network, mnist.train.images)
    learned, held_out = train[:TRAINABLE_IMAGES], train[TRAINABLE_IMAGES:]
    drawn = np.random.default_rng(0).choice(TRAINABLE_IMAGES, BANK_SIZE, replace=False)
    positions = np.sort(drawn).astype(np.int32)
    # Half precision is what is stored, so that is what the threshold is chosen with.
    bank = normalised(learned[positions]).astype(np.float16)
    measures = all_measures(
        network, learned, mnist.train.labels[:TRAINABLE_IMAGES], bank.astype(np.float32)
    )
    chosen_by = {kind: features_of(network, images) for kind, images in to_choose.items()}
    detected = []
    for method, score in measures.items():
        threshold = np.quantile(score(held_out), 1 - FALSE_ALARMS)
        detected.append([np.mean(score(known) > threshold) for known in chosen_by.values()])
        shares = ", ".join(
            f"{kind} {share:.1%}" for kind, share in zip(chosen_by, detected[-1], strict=True)
        )
        print(f"  {method}: {shares}; mean of {len(KINDS)} {np.mean(detected[-1][:-1]):.1%}")
    distance = measures["neighbour"]
    threshold = np.quantile(distance(held_out), 1 - FALSE_ALARMS)
    test = distance(features_of(network, mnist.test.images))
    others = {kind: distance(features_of(network, images)) for kind, images in to_report.items()}
    report(test, others, float(threshold))
    return {
        "bank": bank,
        "positions": positions,
        "threshold": np.array(threshold),
        "detected": np.array(detected),
        "test": test,
        **others,
    }


def all_measures(
    network: Network, learned: Array, labels: NDArray[np.uint8], bank: Array
) -> dict[str, Measure]:
    """Every measure of METHODS, as a function of features (n, units)."""
    means = np.stack([learned[labels == digit].mean(axis=0) for digit in range(CLASSES)])
    within = (learned - means[labels]).astype(np.float64)
    # Units that are nearly always 0 leave it almost singular.
    precision = np.linalg.pinv(within.T @ within / len(within), rcond=1e-6, hermitian=True)
    output = network.weights["output"]

    def logits(features: Array) -> Array:
        return dense(features, output.kernel, output.bias)

    measures: dict[str, Measure] = {
        "neighbour": lambda features: nearest_distance(features, bank),
        "energy": lambda features: energy(logits(features)),
        "probability": lambda features: improbability(logits(features)),
        "mahalanobis": lambda features: mahalanobis(features, means, precision),
    }
    return {method: measures[method] for method in METHODS}


def features_of(network: Network, images: NDArray[np.uint8]) -> Array:
    """The penultimate activations of all images: float32 (n, units)."""
    *_, (_, found) = all_features(network, images, np.float32)
    assert found is not None
    return found


def report(test: Array, others: Mapping[str, Array], threshold: float) -> None:
    """Print how often the threshold is wrong, and how often right."""
    for kind, distances in {"test digits": test, **others}.items():
        beyond = int((distances > threshold).sum())
        low, high = wilson_interval(beyond, len(distances))
        print(f"  beyond {threshold:.3f}: {beyond / len(distances):.2%} of {kind}", end=" ")
        print(f"({low:.2%} to {high:.2%})")


if __name__ == "__main__":
    main()
