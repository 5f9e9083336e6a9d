"""What the scrubber of the bundled trainings shows at once is theirs."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.findings.moments import SAMPLE_SIZE, confusions, sample_of
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import BUNDLED, model_folder, open_model


def test_every_bundled_training_was_counted(mnist: Mnist) -> None:
    """`python -m prepare.moments` ran after the last of them; one is counted again."""
    models = {name: open_model(model_folder(name)) for name in BUNDLED}
    stored = load_computed("moments", list(models.values()))
    for name, model in models.items():
        assert stored[name].shape == (len(model.checkpoints()), 10, 10)
        assert (stored[name].sum(axis=(1, 2)) == SAMPLE_SIZE).all()
    last = [models["rate-right"].network()]
    *_, (_, counts) = confusions(last, sample_of(mnist.train))
    assert counts is not None
    np.testing.assert_array_equal(stored["rate-right"][-1], counts[0])
