"""What moving many digits changes before and after a pool, computed once for all visitors."""

from __future__ import annotations

import streamlit as st

from cnn_core.network.change_of_maps import layer_change
from cnn_core.network.pooling import PoolKind
from ui.shared.resources import mnist, network

# Enough for a steady figure, few enough to compute within a fraction of a second.
TRIED = 100


@st.cache_data(show_spinner=False, max_entries=1000)
def average_change(
    model_id: str, layer: str, move: tuple[int, int], size: int, stride: int, kind: PoolKind
) -> tuple[float, float]:
    """The relative change over the first test digits and all filters, before and after pooling."""
    images = mnist().test.images[:TRIED]
    return layer_change(network(model_id), layer, images, move, size, stride, kind)
