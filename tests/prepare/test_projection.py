"""t-SNE keeps together what lies together."""

from __future__ import annotations

import numpy as np

from prepare.projection import project


def test_groups_stay_groups() -> None:
    """Three groups far apart in 16 dimensions: on the map each point's nearest is of its group."""
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(3), 20)
    every = (rng.normal(size=(3, 16)) * 20)[groups] + rng.normal(size=(60, 16))

    points = project(every.astype(np.float32), perplexity=10)

    assert points.shape == (60, 2)
    assert points.dtype == np.float32
    assert np.isclose(np.abs(points).max(), 1)
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    np.fill_diagonal(distances, np.inf)
    assert (groups[distances.argmin(axis=1)] == groups).all()
