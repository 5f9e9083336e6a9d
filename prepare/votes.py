"""Count what the neighbours of misread digits are labelled: `python -m prepare.votes`.

Of every test digit that baseline or improved misreads, the 20 nearest of all 60,000 training digits, as the
page Neighbours finds them. A minute or two on two cores.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import answers
from cnn_core.findings.neighbours import all_features
from cnn_core.findings.votes import Votes, count_votes
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model


def main() -> None:
    """Count for both networks, say what was found, and write `cnn_core/assets/computed/votes.npz`."""
    mnist = load_mnist()
    models = [open_model(model_folder(name)) for name in COMPARED]
    arrays: dict[str, NDArray[Any]] = {}
    for model in models:
        network, answered = model.network(), answers(model.test_probabilities())
        misread = np.flatnonzero(answered != mnist.test.labels)
        *_, (_, learned) = all_features(network, mnist.train.images)
        assert learned is not None
        counts = count_votes(network, learned, mnist.train.labels, mnist.test.images[misread])
        arrays |= {f"{model.id}/misread": misread, f"{model.id}/counts": counts}
        commonest = Votes(misread, counts).commonest
        print(
            f"{model.id}: of {len(misread)} mistakes the commonest label nearby is the answer of "
            f"{(commonest == answered[misread]).sum()}, the true one of "
            f"{(commonest == mnist.test.labels[misread]).sum()}"
        )
    print(save_computed("votes", models, arrays))


if __name__ == "__main__":
    main()
