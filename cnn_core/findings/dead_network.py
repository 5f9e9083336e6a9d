"""Whether a network died while it was trained, and when: read off the moments of its training.

A ReLU whose sum is below 0 for every digit puts out 0 and hands no gradient back. Where that is so of a
whole layer, nothing behind it can tell digits apart, and nothing before it learns any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.findings.units import layers_with_units
from cnn_core.network.network import Network

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Vitals:
    """What is still alive in a network at each moment of its training.

    responding: by layer with ReLU, how many of its maps or units are above 0 for at least one of the
        digits that were looked at, int64 (moments,).
    units: by layer, how many it has.
    answers: how many different sets of ten probabilities the digits get, int64 (moments,).
    moving: how many parameters differ between each moment and the last, int64 (moments,).
    moving_output_biases: how many of these are the biases of the output layer, int64 (moments,).
    """

    responding: Mapping[str, Counts]
    units: Mapping[str, int]
    answers: Counts
    moving: Counts
    moving_output_biases: Counts

    def died_at(self, layer: str) -> int | None:
        """The first moment from which on no map or unit of a layer responds; None where one does."""
        return _from_here_on(self.responding[layer] == 0)

    def one_answer_from(self) -> int | None:
        """The first moment from which on all digits get the same probabilities; None if they never do."""
        return _from_here_on(self.answers == 1)

    def only_output_biases_from(self) -> int | None:
        """The first moment after which nothing but biases of the output layer moved; None if others did.

        At the last moment nothing is left to move: that says nothing, and does not count.
        """
        found = _from_here_on(self.moving == self.moving_output_biases)
        return None if found is None or found == len(self.moving) - 1 else found


def vitals(networks: Sequence[Network], images: NDArray[np.uint8]) -> Vitals:
    """What is alive at each of these moments of one training, as some digits show.

    images: uint8 (n, 28, 28).
    """
    layers = layers_with_units(networks[0].architecture)
    responding: dict[str, list[int]] = {layer.name: [] for layer in layers}
    answers = []
    for network in networks:
        outputs = network.activations(images)
        for name, counts in responding.items():
            values = outputs[name]
            counts.append(int((values > 0).reshape(-1, values.shape[-1]).any(axis=0).sum()))
        # Rounded: equal sums may differ in their last bit, by where in a batch a digit stood.
        answers.append(len(np.unique(outputs["output"].round(6), axis=0)))
    last = networks[-1]
    moving = [_moved(network, last) for network in networks]
    return Vitals(
        {name: np.array(counts) for name, counts in responding.items()},
        {layer.name: layer.output_shape[-1] for layer in layers},
        np.array(answers),
        np.array([sum(each.values()) for each in moving]),
        np.array([each["output", "bias"] for each in moving]),
    )


def _moved(before: Network, after: Network) -> dict[tuple[str, str], int]:
    """How many parameters differ between two moments, by layer and by what they are."""
    return {
        (name, part): int((getattr(weights, part) != getattr(after.weights[name], part)).sum())
        for name, weights in before.weights.items()
        for part in ("kernel", "bias")
    }


def _from_here_on(holds: NDArray[np.bool_]) -> int | None:
    """The first place from which on something holds to the end; None where it does not at the end."""
    broken = np.flatnonzero(~holds)
    first = int(broken[-1]) + 1 if len(broken) else 0
    return first if first < len(holds) else None
