"""Weights from a file are those of a network whose sums stay within bounds."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Weights
from cnn_core.store.arrays import npz_bytes, pack_weights, read_network
from cnn_core.store.files import ContentError
from tests.support.networks import random_network

SMALL = Architecture(filters=(2,), dense_units=4)


def packed(size: float) -> bytes:
    """A network all of whose weights have this size."""
    weights = {
        name: Weights(np.full_like(each.kernel, size), np.zeros_like(each.bias))
        for name, each in random_network(SMALL).weights.items()
    }
    return npz_bytes(pack_weights(weights))


def test_large_weights_multiply_from_layer_to_layer() -> None:
    """No layer alone could leave all bounds, and all together do."""
    assert read_network(packed(1e2), SMALL).weights["dense"].kernel.max() == 100
    # 9, 338 and 4 of these in a sum, one layer after the other.
    with pytest.raises(ContentError, match="so large that their sums"):
        read_network(packed(1e5), SMALL)
