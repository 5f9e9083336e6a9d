"""What single pixels can do, and which mistakes are due to pixels that nothing looks at."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.blind_spot import (
    gather,
    load_sensitivity,
    measured_digits,
    pixel_effects,
    search,
)
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import mistakes
from cnn_core.network.architecture import BASELINE, Architecture
from cnn_core.network.change_of_maps import moved
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import unseen
from cnn_core.store.store import StoredModel, load_network, model_folder, open_model
from tests.support.networks import random_network


@pytest.fixture(scope="module")
def bundled() -> dict[str, StoredModel]:
    """The models that are measured."""
    return {name: open_model(model_folder(name)) for name in COMPARED}


def test_effects_are_those_of_each_pixel_alone(mnist: Mnist) -> None:
    """Black or white, whichever changes the answer's probability more; nothing where blind."""
    network, image = random_network(BASELINE), mnist.test.images[4]
    before = network.predict(image[np.newaxis])[0]
    answer = before.argmax()

    effects, turned = pixel_effects(network, image)

    for row, column in ((14, 14), (3, 20), (21, 0), (9, 13)):
        changed = np.stack([image, image])
        changed[:, row, column] = 0, 255
        after = network.predict(changed)
        largest = np.abs(after[:, answer] - before[answer]).max()
        assert effects[row, column] == pytest.approx(largest, abs=1e-6)
        assert turned[row, column] == (after.argmax(axis=1) != answer).any()
    blind = unseen(BASELINE, "output")
    assert (effects[blind] == 0).all()
    assert (effects[~blind] > 0).mean() > 0.9


class Reading(Network):
    """Reads a 1 where pixel (3, 4) is black or pixel (5, 20) is white, else a 0."""

    def predict(self, images: np.ndarray) -> np.ndarray:
        """The larger share is 0.75, or 0.625 for a 1."""
        turned = (images[:, 3, 4] == 0) | (images[:, 5, 20] == 255)
        shares = np.zeros((len(images), 10), np.float32)
        shares[:, 0], shares[:, 1] = np.where(turned, 0.375, 0.75), np.where(turned, 0.625, 0.25)
        return shares


def test_either_black_or_white_is_enough_to_turn_an_answer() -> None:
    """One pixel does it black, another one white, and no third one does it at all."""
    plain = random_network(Architecture(filters=(1,), dense_units=1))
    image = np.full((28, 28), 100, np.uint8)

    effects, turned = pixel_effects(Reading(plain.architecture, plain.weights), image)

    assert np.argwhere(turned).tolist() == [[3, 4], [5, 20]]
    assert np.argwhere(effects).tolist() == [[3, 4], [5, 20]]
    assert effects[3, 4] == effects[5, 20] == 0.375


def test_effects_of_many_digits_are_gathered() -> None:
    """Their mean, the largest of them, and the share of the digits that were turned."""
    changes = [np.array([[0.1, 0.4]], np.float32), np.array([[0.3, 0.2]], np.float32)]
    turned = [np.array([[True, False]]), np.array([[True, False]])]

    found = gather([*zip(changes, turned, strict=True), (changes[0], np.array([[False, False]]))])

    assert found.mean.ravel().tolist() == pytest.approx([0.5 / 3, 1 / 3])
    assert found.largest.ravel().tolist() == pytest.approx([0.3, 0.4])
    assert found.turned.ravel().tolist() == pytest.approx([2 / 3, 0])


def test_stored_effects_again(bundled: dict[str, StoredModel], mnist: Mnist) -> None:
    """Of one pixel over all digits that were measured; and exactly 0 in the blind spot."""
    positions = measured_digits(mnist.test)
    assert np.bincount(mnist.test.labels[positions]).tolist() == [20] * 10
    images, row, column = mnist.test.images[positions], 13, 17
    for name, found in load_sensitivity(bundled).items():
        network = load_network(name)
        before = network.predict(images)
        every, answers = np.arange(len(images)), before.argmax(axis=1)
        changes, turned = [], []
        for value in (0, 255):
            changed = images.copy()
            changed[:, row, column] = value
            after = network.predict(changed)
            changes.append(np.abs(after - before)[every, answers])
            turned.append(after.argmax(axis=1) != answers)
        largest = np.max(changes, axis=0)
        assert found.mean[row, column] == pytest.approx(largest.mean(), rel=1e-3)
        assert found.largest[row, column] == pytest.approx(largest.max(), rel=1e-3)
        assert found.turned[row, column] == pytest.approx(np.any(turned, axis=0).mean())
        blind = unseen(network.architecture, "output")
        assert (found.mean[blind] == 0).all()
        assert (found.mean[~blind] > 0).all()


def test_digits_misread_for_the_blind_spot(bundled: dict[str, StoredModel], mnist: Mnist) -> None:
    """Each case once more, by hand: wrong, right where all is seen, wrong without the same ink."""
    test, network = mnist.test, load_network("baseline")
    misread = mistakes(bundled["baseline"].test_probabilities(), test.labels)
    blind = unseen(network.architecture, "output")

    found = search(network, test, misread)

    assert found.misread == len(misread)
    assert len(found.cropped) <= found.right_when_moved <= found.with_ink <= found.misread
    assert len(found.cropped) >= 2
    # Every digit with ink in it that some move up and to the left brings out of it whole.
    steps = [(up, left) for up in range(8) for left in range(8)]
    movable = [
        position
        for position, image in zip(misread, test.images[misread], strict=True)
        if image[blind].any()
        and any(
            not (out := moved(image, -up, -left))[blind].any() and out.sum() == image.sum()
            for up, left in steps
        )
    ]
    assert found.with_ink == len(movable)
    only_left = [each for each in movable if not test.images[each].max(axis=1)[-6:].any()]
    assert only_left, "some need to move to the left and not up"
    gains = []
    for case in found.cropped:
        image, label = test.images[case.position], test.labels[case.position]
        whole = moved(image, -case.up, -case.left)
        assert whole.sum() == image.sum(), "no ink was lost at the edge"
        assert not whole[blind].any()
        # A pixel less, and some ink would still be in the blind spot.
        for up, left in ((1, 0), (0, 1)):
            if case.up >= up and case.left >= left:
                assert moved(image, up - case.up, left - case.left)[blind].any()
        cut = np.where(blind, np.uint8(0), image)
        answers = network.predict(np.stack([image, whole, moved(cut, -case.up, -case.left)]))
        assert (answers.argmax(axis=1) == label).tolist() == [False, True, False]
        gains.append(answers[1, label] - answers[2, label])
    assert gains == sorted(gains, reverse=True)


def test_who_sees_all_has_no_such_digits(bundled: dict[str, StoredModel], mnist: Mnist) -> None:
    """Without a blind spot there is no ink in it."""
    misread = mistakes(bundled["improved"].test_probabilities(), mnist.test.labels)
    found = search(load_network("improved"), mnist.test, misread)
    assert (found.with_ink, found.right_when_moved, found.cropped) == (0, 0, ())
