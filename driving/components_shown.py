"""Numbers for every component, different in every row, column and item, for the tests in a browser.

The page driving/apps/components.py shows them; the tests compare what is on it with these.
"""

from __future__ import annotations

import numpy as np

from cnn_core.data.digit import Digit
from cnn_core.findings.moments import Reading
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.network.receptive_field import Span
from cnn_core.store.moment import Moment

_RNG = np.random.default_rng(11)


def _bytes(*shape: int) -> np.ndarray:
    return _RNG.integers(0, 256, shape).astype(np.uint8)


def _floats(*shape: int) -> np.ndarray:
    return _RNG.random(shape).astype(np.float32)


DIGITS = [Digit(f"test-{number}", _bytes(28, 28), number) for number in (3, 7, 1)]
CAPTIONS = ["a three", "a seven", "a one"]

FILTER_MAPS = _bytes(4, 5, 3, 3)
FILTER_KERNELS = _bytes(4, 3, 3, 3)
SWITCH_MAPS = _bytes(3, 2, 6, 3)
SWITCHED_OFF = [1]

KERNEL = np.array([[0.5, -1, 0], [0.25, 0.125, -0.75], [1, -0.5, 2]], np.float32)

LEARNED_KERNELS = _RNG.normal(size=(5, 3, 3)).astype(np.float32)
SAMPLES = _bytes(10, 28, 28)
SAMPLE_PROBABILITIES = _floats(10, 10)

COUNTS = np.array([[3, 0, 14], [2, 5, 1]])
COUNT_STRENGTH = np.array([[0.1, 0, 0.9], [0.3, 0.56, 0.05]])

LIVE_SOURCE = "board"
PROBABILITIES = np.array([0.05, 0.02, 0.3, 0.01, 0.4, 0.08, 0.04, 0.06, 0.03, 0.01], np.float32)

TERM_PICTURES = _bytes(2, 2, 3, 3)
TERM_VALUES = [0.5, -0.25]

UNIT_VALUES = _floats(3, 4)
UNIT_SPANS = [Span(0, 6), Span(5, 12), Span(11, 19), Span(18, 27)]
UNIT_UNSEEN = np.zeros((28, 28), bool)

MOMENTS = [Moment(0, 0), Moment(1, 10), Moment(1, 0)]
MOMENT_KERNELS = _RNG.normal(size=(3, 4, 3, 3)).astype(np.float32)
READING = Reading(
    _floats(3, 2, 4, 5) * np.array([1, 4, 2], np.float32)[:, None, None, None], _floats(3, 10)
)
CONFUSIONS = _RNG.integers(0, 30, (3, 10, 10))


def _network() -> Network:
    architecture = Architecture(filters=(3,), dense_units=5)
    return Network(
        architecture,
        {
            name: Weights(_RNG.normal(size=kernel).astype(np.float32), _floats(*bias))
            for name, (kernel, bias) in architecture.weight_shapes().items()
        },
    )


def _blocks(rows: int, columns: int, count: int) -> np.ndarray:
    """Maps of four blocks each, all of a different value: float32 (rows, columns, count)."""
    quarters = _floats(2, 2, count)
    across = np.arange(columns) * 2 // columns
    return quarters[np.arange(rows) * 2 // rows][:, across]


NETWORK = _network()
ACTIVATIONS = {
    layer.name: _blocks(*layer.output_shape)
    if len(layer.output_shape) == 3
    else _floats(*layer.output_shape)
    for layer in NETWORK.architecture.layers()
}
