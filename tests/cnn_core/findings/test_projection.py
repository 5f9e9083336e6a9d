"""The map is of the bundled networks, keeps alike digits together, and finds a place for others."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.neighbours import features
from cnn_core.findings.projection import GUIDES, Projection, load_projection
from cnn_core.store.store import load_network, model_folder, open_model


@pytest.fixture
def line() -> Projection:
    """Thirty digits whose activations lie on a line, and their points on another."""
    steps = np.arange(30, dtype=np.float32)
    return Projection(
        np.stack([steps, 2 * steps], axis=1), np.stack([steps, 0 * steps], 1).astype(np.float16)
    )


def test_place_is_the_weighted_mean_of_the_nearest(line: Projection) -> None:
    """Each guide counts by one over its distance, the others not at all."""
    point = line.locate(np.array([4.25, 0], np.float32))
    guides = np.arange(GUIDES)  # 0 to 9 are the ten nearest to 4.25.
    weights = 1 / np.abs(guides - 4.25)
    expected = (weights * guides).sum() / weights.sum()
    np.testing.assert_allclose(point, [expected, 2 * expected], rtol=1e-5)


def test_a_digit_just_like_one_of_them_lies_on_it(line: Projection) -> None:
    """At distance 0 nothing else counts."""
    np.testing.assert_allclose(line.locate(np.array([12, 0], np.float32)), [12, 24], atol=1e-4)
    assert line.alike(np.array([12, 24], np.float32), 3).tolist() == [12, 11, 13]


@pytest.mark.parametrize("name", COMPARED)
def test_bundled_map(name: str, mnist: Mnist) -> None:
    """Its activations are those of the network, and on it like lies with like."""
    bundled = load_projection(open_model(model_folder(name)))
    some = slice(4000, 4064)
    np.testing.assert_allclose(
        bundled.features[some],
        features(load_network(name), mnist.test.images[some]),
        rtol=1e-3,
        atol=1e-3,
    )
    assert bundled.points.shape == (10_000, 2)
    assert np.abs(bundled.points).max() == pytest.approx(1)
    labels = mnist.test.labels
    alike = [labels[bundled.alike(bundled.points[one], 6)[1:]] for one in range(0, 10_000, 100)]
    assert np.mean(np.array(alike) == labels[::100, np.newaxis]) > 0.95
