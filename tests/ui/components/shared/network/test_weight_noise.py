"""A browser draws the same noise for weights as the server does."""

from __future__ import annotations

import numpy as np

from cnn_core.findings.weight_noise import normals
from tests.support.javascript import in_javascript

MODULE = "ui/components/shared/network/weight_noise.js"


def test_the_same_numbers() -> None:
    """For small and large seeds, for an odd count too: as exact as such numbers are kept."""
    asked = [(0, 0, 5000), (0, 1, 5000), (1, 0, 999), (7, 4, 1), (2**32 - 1, 3, 64), (3, 2**31, 2)]
    for numbers, (seed, stream, count) in zip(
        in_javascript(MODULE, "normals", asked), asked, strict=True
    ):
        assert len(numbers) == count
        np.testing.assert_allclose(numbers, normals(seed, stream, count), rtol=2e-7, atol=1e-12)
