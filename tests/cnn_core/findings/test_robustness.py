"""Readings of changed digits are what the network answers; what is stored is what it was made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist, Split
from cnn_core.errors import ComputedError
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.robustness import (
    DIALS,
    FARTHEST_SHIFT,
    SHIFTS,
    every_fifth,
    load_robustness,
    pack_robustness,
    read_changed,
)
from cnn_core.images.changes import Change
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.network.network import Network
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import StoredModel, load_network, model_folder, open_model
from tests.support.networks import random_network


@pytest.fixture(scope="module")
def bundled() -> dict[str, StoredModel]:
    """The models that are measured."""
    return {name: open_model(model_folder(name)) for name in COMPARED}


def test_a_score_counts_right_answers(mnist: Mnist) -> None:
    """As many as the changed digits have by themselves, across batches."""
    split = Split(mnist.test.images[:1003], mnist.test.labels[:1003])
    network, change = random_network(BASELINE), Change(rotate=20, right=2)
    probabilities = network.predict(change.apply(split.images))

    score = read_changed(network, split, change)

    assert score.right == (probabilities.argmax(axis=1) == split.labels).sum()
    assert score.total == 1003
    assert score.confidence == pytest.approx(probabilities.max(axis=1).mean(), abs=1e-6)
    low, high = score.interval
    assert low < score.accuracy < high


class Watching(Network):
    """A network that keeps what it is shown."""

    def predict(self, images: np.ndarray) -> np.ndarray:
        """Keep the images, and answer as ever."""
        self.seen = [*getattr(self, "seen", []), images]
        return super().predict(images)


def test_noise_falls_differently_on_each_digit_and_the_same_each_time(mnist: Mnist) -> None:
    """Of 1,002 copies of one digit no two look alike, whatever batch they are read in."""
    copies = Split(np.repeat(mnist.test.images[:1], 1_002, axis=0), np.zeros(1_002, np.uint8))
    plain = random_network(Architecture(filters=(1,), dense_units=1))
    network = Watching(plain.architecture, plain.weights)

    read_changed(network, copies, Change(noise=40))
    first = np.concatenate(network.seen)
    read_changed(network, copies, Change(noise=40))
    again = np.concatenate(network.seen)[len(first) :]

    assert len({image.tobytes() for image in first}) == 1_002
    np.testing.assert_array_equal(again, first)


def test_every_dial_has_a_setting_that_changes_nothing(mnist: Mnist) -> None:
    """It is among those that are measured, and they rise."""
    image = mnist.test.images[3]
    for dial in DIALS.values():
        assert sorted(dial.values) == list(dial.values)
        assert dial.unchanged in dial.values
        for value in dial.values:
            same = np.array_equal(dial.change(value).apply(image), image)
            assert same == (value == dial.unchanged)


def test_unchanged_digits_are_read_as_ever(bundled: dict[str, StoredModel], mnist: Mnist) -> None:
    """Where a dial changes nothing, the accuracy is that of the model; so in the map's middle."""
    for name, measured in load_robustness(bundled).items():
        for dial in DIALS.values():
            found = measured.dials[dial.name][dial.values.index(dial.unchanged)]
            assert found.total == 10_000
            assert found.accuracy == pytest.approx(bundled[name].results["test_accuracy"], abs=1e-4)
        middle = measured.shifted(0, 0)
        answers = bundled[name].test_probabilities()[::5].argmax(axis=1)
        assert middle.right == pytest.approx((answers == mnist.test.labels[::5]).sum(), abs=1)
        assert middle.total == 2_000


@pytest.mark.parametrize(
    ("name", "down", "right"), [("baseline", -3, 5), ("improved", FARTHEST_SHIFT, 0)]
)
def test_a_stored_shift_again(
    bundled: dict[str, StoredModel], mnist: Mnist, name: str, down: int, right: int
) -> None:
    """The network still reads as many of the moved digits; down is down and right is right."""
    split = every_fifth(mnist.test)
    few = Split(split.images[:1000], split.labels[:1000])
    stored = load_robustness(bundled)[name].shifted(down, right)

    found = read_changed(load_network(name), few, Change(down=down, right=right))

    # All 2,000 would take a second; half of them have half of the right answers, or about that.
    low, high = found.interval
    assert low - 0.03 < stored.accuracy < high + 0.03


def test_stored_negatives_again(bundled: dict[str, StoredModel], mnist: Mnist) -> None:
    """All 10,000, counted one by one: another machine may round a digit or two otherwise."""
    stored = load_robustness(bundled)["baseline"].dials["invert"][-1]

    found = read_changed(load_network("baseline"), mnist.test, Change(invert=1))

    assert found.right == pytest.approx(stored.right, abs=5)
    assert found.confidence == pytest.approx(stored.confidence, abs=1e-4)


def test_other_settings_are_refused(
    bundled: dict[str, StoredModel], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is packed is loaded again as it was; of other shifts, it says how to measure anew."""
    found = load_robustness(bundled)
    arrays = pack_robustness(found)
    monkeypatch.setattr("cnn_core.store.computed_ahead.COMPUTED_ROOT", tmp_path)
    save_computed("robustness", list(bundled.values()), arrays)
    assert load_robustness(bundled) == found
    assert len(found["baseline"].shifts) == len(SHIFTS)

    save_computed(
        "robustness", list(bundled.values()), arrays | {"values/shift": np.arange(3, dtype="f4")}
    )
    with pytest.raises(ComputedError, match=r"prepare\.robustness"):
        load_robustness(bundled)
