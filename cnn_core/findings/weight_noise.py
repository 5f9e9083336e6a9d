"""Noise on the weights of a trained network: how much damage it survives.

To every weight of a layer's kernel a random number is added, drawn from a normal distribution with a
mean of 0 and a standard deviation of `strength` times that of the layer's own weights. Biases stay as
they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import Split
from cnn_core.findings.compared import COMPARED
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network, Weights
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# What is measured: so strong, evenly spaced, the first without noise, and each with so many seeds.
STRENGTHS = tuple(round(0.2 * step, 1) for step in range(11))
SEEDS = range(5)
# Every fifth of the test digits: the first 2,000 would be easier ones than the rest.
STRIDE = 5
# What stands for all layers, where a layer is named.
ALL = "all"


@dataclass(frozen=True)
class Survival:
    """How many digits a network still reads right, as the noise on its weights grows.

    right: by what the noise is on, `all` or the name of a layer: int64 (strengths, seeds).
    total: how many digits were read each time.
    """

    right: Mapping[str, NDArray[np.int64]]
    total: int

    def shares(self, layer: str) -> NDArray[np.float64]:
        """The shares that were read right, 0 to 1: float64 (strengths, seeds)."""
        return self.right[layer] / self.total

    def weakest(self, strength: float) -> str:
        """The layer that bears noise of one of STRENGTHS worst, by the mean over the seeds."""
        at = STRENGTHS.index(strength)
        return min(
            (layer for layer in self.right if layer != ALL),
            key=lambda layer: float(self.right[layer][at].mean()),
        )


def with_noise(network: Network, strength: float, seed: int, layer: str = ALL) -> Network:
    """The network with noise on the weights of one layer, or of all that have weights.

    strength: 0 or more; 0 leaves the network as it is.  seed: 0 to 2**32 − 1; the same seed gives the
    same noise, only stronger or weaker. Raises ValueError for a layer without weights.
    """
    if layer != ALL and layer not in network.weights:
        raise ValueError(f"{layer!r} has no weights in this network")
    if strength == 0:
        return network
    weights = dict(network.weights)
    for number, (name, learned) in enumerate(network.weights.items()):
        if layer in (ALL, name):
            deviation = np.float32(strength * learned.kernel.std(dtype=np.float64))
            noise = normals(seed, number, learned.kernel.size).reshape(learned.kernel.shape)
            weights[name] = Weights(learned.kernel + deviation * noise, learned.bias)
    return type(network)(network.architecture, weights)


def normals(seed: int, stream: int, count: int) -> Array:
    """Numbers of a normal distribution with mean 0 and standard deviation 1: float32 (count,).

    seed, stream: 0 to 2**32 − 1; other numbers for another seed and for another stream. Not NumPy's
    own generator, because a browser computes the same numbers: `normals` in weight_noise.js.
    """
    key = scrambled(scrambled(np.array([seed], np.uint32)) + np.uint32(stream))
    pairs = np.arange(2 * ((count + 1) // 2), dtype=np.uint32)
    # Of each number of a row, its own random 32 bits (lowbias32); as a share, never 0 and never 1.
    shares = (scrambled(scrambled(pairs) + key).astype(np.float64) + 0.5) / 2**32
    # Box and Muller (1958): of every two, a length and a direction.
    lengths = np.sqrt(-2 * np.log(shares[0::2]))
    directions = 2 * np.pi * shares[1::2]
    both = np.stack([lengths * np.cos(directions), lengths * np.sin(directions)], axis=1)
    return both.ravel()[:count].astype(np.float32)


def scrambled(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each number's 32 bits so mixed that neighbours have nothing in common (lowbias32, C. Wellons)."""
    mixed: NDArray[np.uint32] = numbers ^ (numbers >> np.uint32(16))
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x846CA68B)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def places(network: Network) -> list[str]:
    """What noise can be put on: all layers, and each that has weights."""
    return [ALL, *network.weights]


def readings(network: Network) -> int:
    """How often `survival` reads the digits."""
    return 1 + len(places(network)) * (len(STRENGTHS) - 1) * len(SEEDS)


def survival(network: Network, split: Split) -> Iterator[Survival]:
    """Read a split without noise, and with each noise on each layer and on all.

    After each reading, `readings` in all, what was measured so far; what was not is −1.
    """
    right = {
        layer: np.full((len(STRENGTHS), len(SEEDS)), -1, np.int64) for layer in places(network)
    }
    whole = _count_right(network, split)
    for counts in right.values():
        counts[0] = whole
    yield _copied(right, len(split))
    for layer, counts in right.items():
        for at, strength in enumerate(STRENGTHS[1:], start=1):
            for seed in SEEDS:
                counts[at, seed] = _count_right(with_noise(network, strength, seed, layer), split)
                yield _copied(right, len(split))


def some_test_digits(split: Split) -> Split:
    """The digits that are read each time."""
    return Split(split.images[::STRIDE], split.labels[::STRIDE])


def load_survival(models: Mapping[str, StoredModel]) -> dict[str, Survival]:
    """What `python -m prepare.weight_noise` measured, by id of the model, for all of COMPARED.

    models: the store's models, by id. Raises ComputedError, saying what to do, where the file is
    missing, damaged, of other weights or of other settings.
    """
    arrays = load_computed("weight_noise", [models[name] for name in COMPARED], _settings())
    return {
        name: Survival(
            {
                layer: arrays[f"{name}/{layer}"].astype(np.int64)
                for layer in [ALL, *models[name].config.architecture.weight_shapes()]
            },
            int(arrays[f"{name}/total"]),
        )
        for name in COMPARED
    }


def pack_survival(found: Mapping[str, Survival]) -> dict[str, NDArray[np.generic]]:
    """What was measured of each model as arrays, for `load_survival`."""
    arrays: dict[str, NDArray[np.generic]] = dict(_settings())
    for model, measured in found.items():
        arrays[f"{model}/total"] = np.array(measured.total)
        for layer, counts in measured.right.items():
            arrays[f"{model}/{layer}"] = counts.astype(np.uint16)
    return arrays


def _settings() -> Iterator[tuple[str, NDArray[np.generic]]]:
    yield "strengths", np.array(STRENGTHS, np.float32)
    yield "seeds", np.array(SEEDS, np.uint8)


def _count_right(network: Network, split: Split) -> int:
    return int((network.predict(split.images).argmax(axis=1) == split.labels).sum())


def _copied(right: Mapping[str, NDArray[np.int64]], total: int) -> Survival:
    return Survival({layer: counts.copy() for layer, counts in right.items()}, total)
