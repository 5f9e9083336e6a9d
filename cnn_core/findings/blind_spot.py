"""Pixels that cannot change a network's answer, and how much every other one can.

Where a network cannot look is known exactly from its architecture (`receptive_field.unseen`). How
much the pixels that it sees can do is measured here, one pixel at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, Split
from cnn_core.findings.compared import COMPARED
from cnn_core.network.arithmetic import Array
from cnn_core.network.change_of_maps import moved
from cnn_core.network.network import BATCH_SIZE, Network
from cnn_core.network.receptive_field import unseen
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# So many of each class, the first ones of the test set.
DIGITS_OF_EACH_CLASS = 20
DIGITS = CLASSES * DIGITS_OF_EACH_CLASS

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Sensitivity:
    """What single pixels can do to a network's answers: float32 (28, 28), each 0 to 1.

    mean: how much the probability of the answer changes when the pixel is made black, or white,
        whichever changes it more; the mean over all digits.
    largest: the same, of the digit where it is most.
    turned: the share of the digits whose answer is another one, with the pixel black or white.
    """

    mean: Array
    largest: Array
    turned: Array


@dataclass(frozen=True)
class Cropped:
    """A digit that a network misreads because part of it stands in the blind spot.

    position: in the split that was searched.
    up, left: pixels that it has to move by until all its ink is seen.
    as_it_is, moved, without: probabilities, float32 (10,), of the digit where it is, of the digit
        moved, and of the digit moved but without the ink that stood in the blind spot.
    """

    position: int
    up: int
    left: int
    as_it_is: Array
    moved: Array
    without: Array


@dataclass(frozen=True)
class Search:
    """What became of all digits that a network misreads, when the blind spot was looked at.

    misread: how many there are.
    with_ink: how many of them have ink in the blind spot, and can be moved out of it whole.
    right_when_moved: how many of those are read right once they are moved.
    cropped: those of them that are misread again when the same ink is missing: nothing else
        differs. The clearest come first.
    """

    misread: int
    with_ink: int
    right_when_moved: int
    cropped: tuple[Cropped, ...]


def measured_digits(split: Split) -> NDArray[np.int64]:
    """Positions of the digits that sensitivity is measured on: the first ones of each class."""
    first = [split.positions(digit)[:DIGITS_OF_EACH_CLASS] for digit in range(CLASSES)]
    return np.sort(np.concatenate(first))


def pixel_effects(network: Network, image: Image) -> tuple[Array, NDArray[np.bool_]]:
    """What each pixel of one digit, uint8 (28, 28), can do to the network's answer.

    Returns float32 (28, 28), how much the probability of its answer changes when the pixel is made
    black or white, whichever changes it more, 0 to 1; and bool (28, 28), whether either of the two
    makes it answer another digit.
    """
    pixels = image.size
    changed = np.repeat(image.reshape(1, pixels), 2 * pixels, axis=0)
    every = np.arange(pixels)
    changed[every, every] = 0
    changed[pixels + every, every] = 255
    # A pixel that is black or white already changes nothing; its copy need not be asked about.
    asked = np.flatnonzero((changed != image.reshape(-1)).any(axis=1))
    change = np.zeros(2 * pixels, np.float32)
    turned = np.zeros(2 * pixels, np.bool_)
    unchanged: dict[int, Array] = {}
    for start in range(0, len(asked), BATCH_SIZE):
        batch = asked[start : start + BATCH_SIZE]
        # A matrix product may round a row otherwise in another place of a batch, or in a batch of
        # another size. What changes nothing has to come out as exactly 0.
        if len(batch) not in unchanged:
            unchanged[len(batch)] = network.predict(np.stack([image] * len(batch)))
        before = unchanged[len(batch)]
        answers = before.argmax(axis=1)
        after = network.predict(changed[batch].reshape(-1, *image.shape))
        rows = np.arange(len(batch))
        change[batch] = np.abs(after[rows, answers] - before[rows, answers])
        turned[batch] = after.argmax(axis=1) != answers
    black, white = turned.reshape(2, *image.shape)
    return change.reshape(2, *image.shape).max(axis=0), black | white


def gather(effects: list[tuple[Array, NDArray[np.bool_]]]) -> Sensitivity:
    """The effects of the pixels of many digits, taken together."""
    changes = np.stack([change for change, _ in effects])
    turned = np.stack([each for _, each in effects])
    return Sensitivity(
        changes.mean(axis=0, dtype=np.float64).astype(np.float32),
        changes.max(axis=0),
        turned.mean(axis=0, dtype=np.float64).astype(np.float32),
    )


def search(network: Network, split: Split, misread: NDArray[np.int64]) -> Search:
    """Which of the misread digits are misread because of the blind spot, tested one by one.

    misread: int64 (m,), positions in the split. A digit counts if the network reads it right as
    soon as it is moved, up and left by as little as it takes until no ink is in the blind spot, and
    wrongly if it is moved as far but that ink is missing.
    """
    blind = unseen(network.architecture, "output")
    seen = ~blind
    (_, rows), (_, columns) = _extent(seen.max(axis=1)), _extent(seen.max(axis=0))
    candidates: list[tuple[int, int, int]] = []
    whole: list[Image] = []
    without: list[Image] = []
    for position in misread:
        image = split.images[position]
        height, width = _extent(image.max(axis=1)), _extent(image.max(axis=0))
        up, left = max(height[1] - rows, 0), max(width[1] - columns, 0)
        if (up or left) and up <= height[0] and left <= width[0]:
            candidates.append((int(position), up, left))
            whole.append(moved(image, -up, -left))
            without.append(moved(np.where(blind, np.uint8(0), image), -up, -left))
    if not candidates:
        return Search(len(misread), 0, 0, ())
    positions = np.array([position for position, _, _ in candidates])
    labels = split.labels[positions]
    as_it_is = network.predict(split.images[positions])
    with_ink, without_ink = network.predict(np.stack(whole)), network.predict(np.stack(without))
    right = with_ink.argmax(axis=1) == labels
    because = np.flatnonzero(right & (without_ink.argmax(axis=1) != labels))
    # What the ink alone brings to the true digit.
    gains = with_ink[because, labels[because]] - without_ink[because, labels[because]]
    return Search(
        len(misread),
        len(candidates),
        int(right.sum()),
        tuple(
            Cropped(position, up, left, as_it_is[one], with_ink[one], without_ink[one])
            for one in because[np.argsort(-gains, kind="stable")]
            for position, up, left in [candidates[one]]
        ),
    )


def load_sensitivity(models: Mapping[str, StoredModel]) -> dict[str, Sensitivity]:
    """What `python -m prepare.blind_spot` measured, by id of the model, for all of COMPARED.

    models: the store's models, by id. Raises ComputedError, saying what to do, where the file is
    missing, damaged or of other weights.
    """
    arrays = load_computed("blind_spot", [models[name] for name in COMPARED])
    return {
        name: Sensitivity(*(arrays[f"{name}/{part}"] for part in ("mean", "largest", "turned")))
        for name in COMPARED
    }


def pack_sensitivity(found: Mapping[str, Sensitivity]) -> dict[str, Array]:
    """What was measured of each model as arrays, for `load_sensitivity`."""
    return {
        f"{name}/{part}": getattr(measured, part)
        for name, measured in found.items()
        for part in ("mean", "largest", "turned")
    }


def _extent(marked: NDArray[np.generic]) -> tuple[int, int]:
    """The first position that is not 0, and the one after the last; both 0 where all are."""
    positions = np.flatnonzero(marked)
    return (int(positions[0]), int(positions[-1]) + 1) if len(positions) else (0, 0)
