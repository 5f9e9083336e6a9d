"""How good a network's answers are: figures from its probabilities and the true labels.

Everywhere, probabilities are float32 (n, 10) whose rows sum to 1 and labels uint8 (n,).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.network.arithmetic import Array

Labels = NDArray[np.uint8]
Positions = NDArray[np.int64]

# The 97.5 % quantile of the normal distribution, for intervals that hold the truth 95 % of the time.
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class ClassScore:
    """How well the digits of one label are read; all shares are 0 to 1.

    precision: of what was read as this label, the share that has it.
    recall: of the digits that have it, the share that was read as it.
    support: how many there are.
    """

    label: int
    precision: float
    recall: float
    support: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class ConfidenceBin:
    """All answers whose confidence, the largest probability, lies in [low, high)."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Comparison:
    """Two networks on the same digits: positions of those that both, one, or none reads right."""

    both: Positions
    only_first: Positions
    only_second: Positions
    neither: Positions

    @property
    def p_value(self) -> float:
        """McNemar's exact test (1947): how often chance alone would favour one side this much.

        Only digits that exactly one of the two reads right count. Were the networks equally good,
        each of these would fall to either side like a fair coin.
        """
        fewer, more = sorted((len(self.only_first), len(self.only_second)))
        tosses = fewer + more
        tail = sum(comb(tosses, heads) for heads in range(fewer + 1)) / 2**tosses
        return min(1.0, float(2 * tail))


def answers(probabilities: Array) -> NDArray[np.int64]:
    """The most probable digit of each row: int64 (n,)."""
    found: NDArray[np.int64] = probabilities.argmax(axis=1)
    return found


def accuracy(probabilities: Array, labels: Labels) -> float:
    """The share of digits that is read right, 0 to 1."""
    return float(np.mean(answers(probabilities) == labels))


def losses(probabilities: Array, labels: Labels) -> NDArray[np.float64]:
    """−ln p of the probability p that each true digit was given, in nats: float64 (n,)."""
    of_truth = probabilities[np.arange(len(labels)), labels].astype(np.float64)
    return -np.log(np.maximum(of_truth, np.finfo(np.float32).tiny))


def cross_entropy(probabilities: Array, labels: Labels) -> float:
    """The mean of the losses, in nats."""
    return float(losses(probabilities, labels).mean())


def wilson_interval(right: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """The 95 % interval of a share after `right` of `total` (Wilson 1927).

    Of intervals made in this way, about 95 % hold the true share, where each digit is drawn by itself.
    Digits of one writer are not, and then they are too narrow.
    """
    share, z2 = right / total, z * z
    middle = share + z2 / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    scale = 1 + z2 / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def confusion_matrix(probabilities: Array, labels: Labels) -> NDArray[np.int64]:
    """How often each true digit (row) was read as each digit (column): int64 (10, 10)."""
    cells = labels.astype(np.int64) * CLASSES + answers(probabilities)
    return np.bincount(cells, minlength=CLASSES * CLASSES).reshape(CLASSES, CLASSES)


def class_scores(confusion: NDArray[np.int64]) -> list[ClassScore]:
    """Precision, recall and support of each digit; a share of nothing is 0."""
    right = confusion.diagonal()
    read_as, support = confusion.sum(axis=0), confusion.sum(axis=1)
    return [
        ClassScore(
            label,
            float(right[label] / max(read_as[label], 1)),
            float(right[label] / max(support[label], 1)),
            int(support[label]),
        )
        for label in range(len(confusion))
    ]


def in_cell(probabilities: Array, labels: Labels, truth: int, answer: int) -> Positions:
    """Positions of the digits in one cell of the confusion matrix, most confident first."""
    found = np.flatnonzero((labels == truth) & (answers(probabilities) == answer))
    return found[np.argsort(-probabilities[found].max(axis=1), kind="stable")]


def mistakes(probabilities: Array, labels: Labels) -> Positions:
    """Positions of all digits that are read wrongly, most confident first."""
    found = np.flatnonzero(answers(probabilities) != labels)
    return found[np.argsort(-probabilities[found].max(axis=1), kind="stable")]


def margins(probabilities: Array) -> Array:
    """How far the first answer is ahead of the second, 0 (torn) to 1 (sure): float32 (n,)."""
    ranked = np.sort(probabilities, axis=1)
    return ranked[:, -1] - ranked[:, -2]


def confidence_bins(probabilities: Array, labels: Labels, bins: int = 10) -> list[ConfidenceBin]:
    """Answers grouped by confidence into equally wide bins from 0 to 1; empty bins are left out."""
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = answers(probabilities) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    grouped = []
    for number in np.unique(bin_of):
        inside = bin_of == number
        grouped.append(
            ConfidenceBin(
                number / bins,
                (number + 1) / bins,
                int(inside.sum()),
                float(confidence[inside].mean()),
                float(right[inside].mean()),
            )
        )
    return grouped


def expected_calibration_error(grouped: list[ConfidenceBin]) -> float:
    """How far confidence and accuracy are apart on average, 0 to 1 (Naeini et al. 2015)."""
    total = sum(each.count for each in grouped)
    return sum(each.count * abs(each.accuracy - each.confidence) for each in grouped) / total


def coverages(
    probabilities: Array, labels: Labels, thresholds: Array
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of digits answered at all, and accuracy among them, if it refuses below a confidence.

    thresholds: float32 (m,). Returns float64 (m,) each; the accuracy is NaN where nothing is answered.
    """
    confidence = probabilities.max(axis=1)
    order = np.argsort(confidence)
    right = (answers(probabilities) == labels)[order]
    refused = np.searchsorted(confidence[order], thresholds)
    answered = len(labels) - refused
    # How many of the most confident answers are right, from all of them down to none.
    right_of_rest = np.append(right[::-1].cumsum()[::-1], 0)[refused]
    accuracies = np.full(len(thresholds), np.nan)
    np.divide(right_of_rest, answered, out=accuracies, where=answered > 0)
    return answered / len(labels), accuracies


def coverage(probabilities: Array, labels: Labels, threshold: float) -> tuple[float, float | None]:
    """What `coverages` says of one threshold; the accuracy is None where nothing is answered."""
    shares, accuracies = coverages(probabilities, labels, np.array([threshold], np.float32))
    return float(shares[0]), None if np.isnan(accuracies[0]) else float(accuracies[0])


def compare(first: Array, second: Array, labels: Labels) -> Comparison:
    """Which digits both of two networks, one of them, or none reads right."""
    first_right, second_right = answers(first) == labels, answers(second) == labels
    return Comparison(
        np.flatnonzero(first_right & second_right),
        np.flatnonzero(first_right & ~second_right),
        np.flatnonzero(~first_right & second_right),
        np.flatnonzero(~first_right & ~second_right),
    )
