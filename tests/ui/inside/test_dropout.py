"""What dropout does now, and what it would have done in a step of training."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.dropout import drop_out
from tests.support.seen import Picture, pictures, plain, words
from tests.support.units import shown, unit
from ui.look.colors import colour_activations


def test_dropout(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now as it is; in training a quarter is silenced, and the others are 4 ÷ 3 as large."""
    found: list[Picture] = pictures(monkeypatch)
    one = unit(mnist, "dropout", 0)
    inputs = one.activations["dense"]
    number = int(inputs.argmax())
    one = unit(mnist, "dropout", number)
    app = shown(one, None, **{"dropout-step": 2})
    most = float(inputs[number])
    said = words(app)
    assert f"**Now: {most:.4f} comes in, {most:.4f} goes out.**" in said
    assert f"it would have been 0 for 25 % of all images, and {most:.4f} ÷ (1 − 0.25) = " in said
    assert f"= {most / 0.75:.4f} for the others" in said
    dropped = drop_out(inputs, 0.25, 2)
    largest = max(dropped.max(), inputs.max())
    for picture, values in zip(found, (inputs, dropped), strict=True):
        rows = np.zeros((2, 16), np.float32)
        rows.flat[:24] = values
        np.testing.assert_array_equal(
            picture.pixels[::25, ::25], colour_activations(rows, float(largest))
        )
    silenced = int(((dropped == 0) & (inputs > 0)).sum())
    assert plain(str(found[1].caption)) == (
        f"In training: {silenced} of the {(inputs > 0).sum()} values above 0 are silenced, the others "
        "are 1.33 times as large"
    )
