"""The one sum of a network that has nothing but sums: shown as it is, and equal to its layers."""

from __future__ import annotations

import re

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.store.variant_files import variant_network
from tests.support.seen import alone, pictures, plain, words
from ui.check.variants_templates import show_templates, templates
from ui.look.colors import colour_signed


def test_ten_sums(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights of each digit on one scale, and the logit that the layers give it."""
    shown = pictures(monkeypatch)

    app = alone(show_templates, {"digit": mnist_digit(mnist, "test", 5)})

    weights, _ = templates()
    largest = float(np.abs(weights).max())
    logits = variant_network("only-sums").logits(mnist.test.images[5:6])[0]
    assert len(shown) == 10
    for digit, picture in enumerate(shown):
        np.testing.assert_array_equal(
            picture.pixels[::15, ::15],
            colour_signed(weights[:, digit].reshape(28, 28), largest),
        )
        written = plain(str(picture.caption)).replace("\N{MINUS SIGN}", "-")
        assert float(written.split(": ")[1]) == pytest.approx(logits[digit], abs=0.006)
    said = words(app)
    assert "the 5 layers with weights, 32,906 parameters" in said
    gap = re.search(r"to within (\S+)\.", said)
    assert gap
    assert float(gap[1]) < 1e-3
