"""What units answer to is what a plain look at every map and every digit finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist, Split
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.units import (
    DIGITS_FOLLOWED,
    STRONGEST,
    UnitsOfLayer,
    layers_with_units,
    load_units,
    pack_units,
    since,
    survey,
)
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import BUNDLED_ROOT, StoredModel, load_network, open_model
from tests.support.networks import random_network

# Neither square kernels' usual size, nor as many filters as rows; a row and a column are left over.
ARCHITECTURE = Architecture(filters=(3, 5), kernel_size=4, dense_units=6)
TRAIN, TEST = 300, 70


class Few(NamedTuple):
    """A small data set."""

    train: Split
    test: Split


@pytest.fixture(scope="module")
def few(mnist: Mnist) -> Any:
    return Few(
        Split(mnist.train.images[:TRAIN], mnist.train.labels[:TRAIN]),
        Split(mnist.test.images[:TEST], mnist.test.labels[:TEST]),
    )


@pytest.fixture(scope="module")
def found(few: Any) -> dict[str, UnitsOfLayer]:
    """What is found of a network, one map of which can never respond, and of two moments of it."""
    *_, (done, units) = survey(network(), [random_network(ARCHITECTURE, 8), network()], few)
    assert done == 4
    assert units is not None
    return units


def network() -> Network:
    trained = random_network(ARCHITECTURE, 3)
    conv2 = trained.weights["conv2"]
    kernel, bias = conv2.kernel.copy(), conv2.bias.copy()
    kernel[..., 4], bias[4] = -np.abs(kernel[..., 4]), -0.25
    return Network(ARCHITECTURE, trained.weights | {"conv2": Weights(kernel, bias)})


@pytest.fixture(scope="module")
def models() -> dict[str, StoredModel]:
    return {name: open_model(BUNDLED_ROOT / name) for name in COMPARED}


@pytest.fixture(scope="module")
def bundled(models: dict[str, StoredModel]) -> dict[str, dict[str, UnitsOfLayer]]:
    return load_units(models)


class TestSurvey:
    def test_each_number(self, found: dict[str, UnitsOfLayer], few: Any) -> None:
        """Responses, by class and in all, as looping over digits and units gives them."""
        outputs = {
            split: network().activations(getattr(few, split).images) for split in few._fields
        }
        assert [*found] == ["conv1", "conv2", "dense"]
        for name, units in found.items():
            train, test = (
                outputs[split][name]
                .reshape(len(getattr(few, split)), -1, len(units.mean))
                .max(axis=1)
                for split in few._fields
            )
            for unit in range(len(units.mean)):
                responses = train[:, unit]
                np.testing.assert_allclose(
                    units.percentiles[unit], np.percentile(responses, range(101)), atol=1e-5
                )
                for digit in range(10):
                    of_class = responses[few.train.labels == digit]
                    assert units.mean[unit, digit] == pytest.approx(of_class.mean(), abs=1e-5)
                    assert units.low[unit, digit] == pytest.approx(
                        np.percentile(of_class, 10), abs=1e-5
                    )
                    assert units.high[unit, digit] == pytest.approx(
                        np.percentile(of_class, 90), abs=1e-5
                    )
                    assert units.largest[unit, digit] == pytest.approx(of_class.max(), abs=1e-5)
                    assert units.responding[unit, digit] == (of_class > 0).sum()
                    assert (
                        units.responding_test[unit, digit]
                        == (test[few.test.labels == digit, unit] > 0).sum()
                    )

    def test_the_strongest_and_where(self, found: dict[str, UnitsOfLayer], few: Any) -> None:
        """Nine digits in falling order, none stronger left out; the cell is where the map is largest."""
        outputs = network().activations(few.train.images)
        for name, units in found.items():
            values = outputs[name]
            for unit in range(len(units.mean)):
                of_digits = values[..., unit].reshape(TRAIN, -1).max(axis=1)
                largest = np.sort(of_digits)[::-1][:STRONGEST]
                known = units.strongest[unit] >= 0
                assert known.sum() == (largest > 0).sum()
                np.testing.assert_allclose(units.responses[unit][known], largest[known], atol=1e-5)
                for position, (row, column), response in zip(
                    units.strongest[unit][known],
                    units.cells[unit][known],
                    units.responses[unit][known],
                    strict=True,
                ):
                    one = values[position, ..., unit]
                    there = one[row, column] if one.ndim else one
                    assert there == pytest.approx(response, abs=1e-5)
                    assert one.max() == pytest.approx(response, abs=1e-5)
        # Else rows and columns could be the wrong way round, and nobody would see it.
        assert (found["conv2"].cells[..., 0] != found["conv2"].cells[..., 1]).any()

    def test_what_is_dead(self, found: dict[str, UnitsOfLayer]) -> None:
        """The map of nothing but negative weights has no digits, and answers to none."""
        units = found["conv2"]
        assert 4 in units.dead
        assert (units.strongest[4] == -1).all()
        assert not units.answers[4].any()
        assert units.as_strong[4] == 0
        assert len(units.classes_of_live_units) == 5 - len(units.dead)
        assert (units.classes_of_live_units >= 1).all()

    def test_moments(self, found: dict[str, UnitsOfLayer], few: Any) -> None:
        """How many digits get a response at each, and the largest sum, below 0 where none does."""
        for moment, one in enumerate((random_network(ARCHITECTURE, 8), network())):
            for name, units in found.items():
                values = one.activations(few.train.images)[name]
                alive = values.reshape(TRAIN, -1, values.shape[-1]).max(axis=1) > 0
                np.testing.assert_array_equal(units.alive[moment], alive.sum(axis=0))
        assert found["conv2"].largest_sums[1, 4] < 0
        np.testing.assert_allclose(
            found["conv1"].largest_sums[1], found["conv1"].responses[:, 0], atol=1e-5
        )
        assert found["conv2"].silent_from(4) == 1

    def test_equally_strong_digits_keep_their_order(self, few: Any) -> None:
        """Where even ink gives many digits the same response, the first of them are shown."""
        trained = random_network(Architecture(filters=(2,), kernel_size=1))
        even = Weights(np.full((1, 1, 1, 2), 1 / 3, np.float32), np.zeros(2, np.float32))
        one = Network(trained.architecture, trained.weights | {"conv1": even})
        *_, (_, units) = survey(one, [one], few)
        assert units is not None
        white = np.flatnonzero(few.train.images.max(axis=(1, 2)) == 255)
        assert units["conv1"].as_strong.tolist() == [len(white)] * 2
        np.testing.assert_array_equal(units["conv1"].strongest[0], white[:STRONGEST])


class TestUnitsOfLayer:
    def test_answering_is_half_of_the_best(self, found: dict[str, UnitsOfLayer]) -> None:
        """At least half of the mean response to the best class, and not less."""
        mean = np.zeros((1, 10), np.float32)
        mean[0, [2, 3, 7]] = 4, 2, 1.99
        units = replace(found["conv1"], mean=mean)
        assert np.flatnonzero(units.answers[0]).tolist() == [2, 3]

    def test_silent_from(self, found: dict[str, UnitsOfLayer]) -> None:
        """The moment after the last response; none where there still is one."""
        alive = np.array([[5, 0, 9], [0, 0, 0], [1, 0, 0], [0, 0, 2]], np.int32)
        units = replace(found["conv1"], alive=alive)
        assert [units.silent_from(unit) for unit in range(3)] == [3, 0, None]

    def test_share_below(self, found: dict[str, UnitsOfLayer]) -> None:
        """By percentiles; a digit without a response is above none."""
        percentiles = np.concatenate([np.zeros(41), np.linspace(0.1, 6, 60)])[np.newaxis]
        units = replace(found["conv1"], percentiles=percentiles.astype(np.float32))
        assert units.share_below(0, 0) == 0
        assert units.share_below(0, 0.05) == pytest.approx(0.4)
        assert units.share_below(0, 3) == pytest.approx(0.7, abs=0.011)
        assert units.share_below(0, 7) == 1


def test_what_weights_did_since() -> None:
    """Nothing, all shrunk by one factor, or moved otherwise; only those of the one unit count."""
    one = random_network(ARCHITECTURE, 1)
    assert since(one, one, "conv2", 3) == (4 * 4 * 3 + 1, 0, 1.0)

    def changed(kernel: np.ndarray, bias: np.ndarray) -> Network:
        return Network(ARCHITECTURE, one.weights | {"conv2": Weights(kernel, bias)})

    kernel, bias = (
        part.copy() for part in (one.weights["conv2"].kernel, one.weights["conv2"].bias)
    )
    kernel[..., 3] *= np.float32(0.75)
    bias[3] *= np.float32(0.75)
    shrunk = since(one, changed(kernel, bias), "conv2", 3)
    assert shrunk.moved == 49
    assert shrunk.factor == pytest.approx(0.75)
    assert since(one, changed(kernel, bias), "conv2", 2).moved == 0
    kernel[0, 0, 0, 3] += 1
    assert since(one, changed(kernel, bias), "conv2", 3).factor is None


class TestBundled:
    def test_the_counts(self, bundled: dict[str, dict[str, UnitsOfLayer]]) -> None:
        """As an independent count over 70,000 digits had it: 5 and 1 maps, 29 of 128 units."""
        dead = {name: {layer: len(found.dead) for layer, found in layers.items()}
                for name, layers in bundled.items()}  # fmt: skip
        assert dead["baseline"]["conv3"] == 5
        assert dead["baseline"]["conv2"] == 1
        assert dead["improved"]["dense"] == 29
        for layers in bundled.values():
            medians = {
                layer: np.median(units.classes_of_live_units) for layer, units in layers.items()
            }
            assert (medians["conv3"], medians["dense"]) == (6.0, 2.0)

    @pytest.mark.parametrize("name", COMPARED)
    def test_digits_as_the_network_reads_them(
        self, mnist: Mnist, bundled: dict[str, dict[str, UnitsOfLayer]], name: str
    ) -> None:
        """The strongest digits respond as it says; no other digit more; the dead are silent."""
        trained = load_network(name)
        some = trained.activations(mnist.test.images[:320])
        assert [*bundled[name]] == [layer.name for layer in layers_with_units(trained.architecture)]
        for layer, units in bundled[name].items():
            live = np.setdiff1d(np.arange(len(units.mean)), units.dead)
            best = trained.activations(mnist.train.images[units.strongest[live, 0]])[layer]
            for value, unit in zip(best, live, strict=True):
                row, column = units.cells[unit, 0]
                there = value[row, column, unit] if value.ndim == 3 else value[unit]
                assert there == pytest.approx(units.responses[unit, 0], rel=1e-4)
            assert not some[layer][..., units.dead].any()
            assert (units.responses[:, :-1] >= units.responses[:, 1:] - 1e-4).all()
            assert (units.responding.sum(axis=1)[live] > 0).all()
            np.testing.assert_array_equal(units.responses[:, 0], units.largest.max(axis=1))

    @pytest.mark.parametrize("name", COMPARED)
    def test_moments_are_those_of_the_training(
        self,
        mnist: Mnist,
        models: dict[str, StoredModel],
        bundled: dict[str, dict[str, UnitsOfLayer]],
        name: str,
    ) -> None:
        """As many as were kept; the last is the network; no sum of a digit is above the largest."""
        moments = [*models[name].checkpoints().values()]
        digits = mnist.train.images[:64]
        for layer, units in bundled[name].items():
            assert len(units.alive) == len(units.largest_sums) == len(moments)
            assert units.alive.max() <= DIGITS_FOLLOWED
            assert not units.alive[-1, units.dead].any()
            np.testing.assert_array_equal(units.alive > 0, units.largest_sums > 0)
            for place in (0, 3, len(moments) - 1):
                values = moments[place].activations(digits)[layer]
                most = values.reshape(-1, values.shape[-1]).max(axis=0)
                assert (most <= np.maximum(units.largest_sums[place], 0) + 1e-4).all()

    def test_small_and_complete(
        self, models: dict[str, StoredModel], bundled: dict[str, dict[str, UnitsOfLayer]]
    ) -> None:
        """What was read packs into the very arrays of the file, which stays small."""
        packed, stored = pack_units(bundled), load_computed("units", [*models.values()])
        assert packed.keys() == stored.keys()
        for name, array in stored.items():
            np.testing.assert_array_equal(packed[name], array)
        assert (Path(BUNDLED_ROOT).parent / "computed" / "units.npz").stat().st_size < 1_500_000
