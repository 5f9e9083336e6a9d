"""What does not look like a digit: each measure against its definition, and the stored result."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.errors import ComputedError
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import wilson_interval
from cnn_core.findings.neighbours import features
from cnn_core.findings.unlikely import (
    FALSE_ALARMS,
    KINDS,
    METHODS,
    energy,
    improbability,
    load_unlikely,
    mahalanobis,
    nearest_distance,
    normalised,
)
from cnn_core.store import computed_ahead as computed
from cnn_core.store.store import model_folder, open_model

RNG = np.random.default_rng(0)
FEATURES = RNG.random((7, 5)).astype(np.float32)


def test_nearest_distance() -> None:
    """The Euclidean distance between vectors of length 1, the smallest of all."""
    bank = normalised(RNG.random((9, 5)).astype(np.float32))
    unit = FEATURES / np.linalg.norm(FEATURES, axis=1, keepdims=True)
    expected = [min(np.linalg.norm(one - other) for other in bank) for one in unit]

    np.testing.assert_allclose(nearest_distance(FEATURES, bank), expected, rtol=1e-4)
    assert nearest_distance(np.zeros((1, 5), np.float32), bank)[0] == pytest.approx(2**0.5)


def test_measures_of_logits() -> None:
    """Energy and improbability as their papers define them, and no overflow."""
    logits = (RNG.normal(size=(6, 10)) * 5).astype(np.float32)
    powers = np.exp(logits.astype(np.float64))
    expected = -np.log(powers.sum(axis=1))
    assert energy(logits).tolist() == pytest.approx(expected.tolist(), rel=1e-5)
    best = (powers / powers.sum(axis=1, keepdims=True)).max(axis=1)
    assert improbability(logits).tolist() == pytest.approx((1 - best).tolist(), abs=1e-5)
    assert np.isfinite(energy(np.full((1, 10), 1e4, np.float32))).all()


def test_mahalanobis() -> None:
    """The smallest quadratic form to a class mean."""
    means, root = (RNG.random(shape).astype(np.float32) for shape in ((3, 5), (5, 5)))
    precision = root @ root.T
    expected = [min(float((row - m) @ precision @ (row - m)) for m in means) for row in FEATURES]

    assert mahalanobis(FEATURES, means, precision).tolist() == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("name", COMPARED)
class TestStored:
    def test_is_of_these_weights(self, mnist: Mnist, name: str) -> None:
        """Distances of test digits and of the bank itself are what the network has now."""
        model = open_model(model_folder(name))
        measure = load_unlikely(model)
        assert measure is not None
        network = model.network()

        found = nearest_distance(features(network, mnist.test.images[:40]), measure.bank)
        np.testing.assert_allclose(found, measure.test[:40], atol=1e-3)
        of_bank = features(network, mnist.train.images[measure.positions[:20]])
        np.testing.assert_allclose(nearest_distance(of_bank, measure.bank), 0, atol=0.03)

    def test_false_alarms_are_as_promised(self, name: str) -> None:
        """About 1 % of test digits, and far more of everything else."""
        measure = load_unlikely(open_model(model_folder(name)))
        assert measure is not None
        low, high = wilson_interval(measure.alarms(measure.test), len(measure.test))
        assert low <= 1.3 * FALSE_ALARMS
        assert high <= 2 * FALSE_ALARMS
        for kind in KINDS:
            assert measure.alarms(measure.others[kind]) / len(measure.others[kind]) > 0.2

    def test_the_measure_in_use_noticed_most(self, name: str) -> None:
        """It was chosen by that, on pictures that are not those of the report."""
        measure = load_unlikely(open_model(model_folder(name)))
        assert measure is not None
        means = {m: np.mean([measure.detected[m][kind] for kind in KINDS]) for m in METHODS}
        assert max(means, key=lambda method: means[method]) == "neighbour"


def test_other_networks_have_none(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """A network that was not measured has no threshold; a missing file is said to be missing."""
    model = open_model(model_folder("baseline"))
    monkeypatch.setattr(computed, "COMPUTED_ROOT", tmp_path)
    with pytest.raises(ComputedError, match=r"prepare\.unlikely"):
        load_unlikely(model)
    monkeypatch.setattr("cnn_core.findings.unlikely.COMPARED", ())
    assert load_unlikely(model) is None
