"""Hypothesis strategies for what several tests draw at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cnn_core.errors import ArchitectureError
from cnn_core.network.architecture import Architecture


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    """Small networks of every kind that can be built."""
    while True:
        values: dict[str, Any] = {
            "filters": tuple(draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))),
            "kernel_size": draw(st.integers(1, 7)),
            "padding": draw(st.sampled_from(["valid", "same"])),
            "dense_units": draw(st.integers(1, 12)),
            "dropout": draw(st.sampled_from([0.0, 0.2, 0.9])),
        }
        try:
            return Architecture(**values)
        except ArchitectureError:
            continue
