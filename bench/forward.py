"""The forward pass in NumPy, against the same network compiled by Keras and TensorFlow.

Both on one core: the arithmetic keeps to one, so that visitors share the others, and as many visitors
at once would leave TensorFlow no more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.table import Row
from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.network.network import Network
from cnn_core.store.store import load_network

AIM = 2.0
ROUNDS = {1: 300, 1_000: 15}


def forward_rows() -> Iterator[Row]:
    """The two main networks, for one image and for a thousand."""
    images = load_mnist().test.images
    _keep_tensorflow_to_one_core()
    for name in COMPARED:
        network = load_network(name)
        compiled = _compiled(network)
        for count, rounds in ROUNDS.items():
            ours, theirs = _in_turn(network.predict, compiled, images[:count], rounds)
            what = f"Forward pass, {name}, {count:,} images, against compiled Keras"
            yield Row(what.replace(" 1 images", " 1 image"), 1e3 * ours, 1e3 * theirs, "ms", AIM)


def _keep_tensorflow_to_one_core() -> None:
    # TensorFlow greets on standard error unless told not to, before it is first imported.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def _compiled(network: Network) -> Callable[[NDArray[np.uint8]], Any]:
    import tensorflow as tf

    model = network.architecture.to_keras()
    for name, weights in network.weights.items():
        model.get_layer(name).set_weights([weights.kernel, weights.bias])
    function = tf.function(lambda images: model(images, training=False), autograph=False)
    return lambda images: function(images[..., np.newaxis].astype(np.float32)).numpy()


def _in_turn(
    ours: Callable[[NDArray[np.uint8]], Any],
    theirs: Callable[[NDArray[np.uint8]], Any],
    images: NDArray[np.uint8],
    rounds: int,
) -> tuple[float, float]:
    """Median seconds of two ways to answer the same images."""
    np.testing.assert_allclose(ours(images), theirs(images), atol=1e-5)
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for way, taken in zip((ours, theirs), seconds, strict=True):
            start = time.perf_counter()
            way(images)
            taken.append(time.perf_counter() - start)
    return median(seconds[0]), median(seconds[1])
