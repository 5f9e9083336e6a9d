"""Receptive fields: exactly the pixels that really change a unit of the NumPy network."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.network import Network, Weights
from cnn_core.network.receptive_field import Field, Span, receptive_field, spans_seen, unseen
from cnn_core.store.store import load_network
from tests.support.networks import random_network
from tests.support.strategies import architectures


def eager_network(architecture: Architecture) -> Network:
    """A network in which every input raises every unit that reads it: no ReLU hides anything."""
    network = random_network(architecture)
    weights = {
        name: Weights(np.abs(learned.kernel) + np.float32(0.01), np.zeros_like(learned.bias))
        for name, learned in network.weights.items()
    }
    return Network(architecture, weights)


def pixels_that_count(network: Network) -> dict[str, NDArray[np.bool_]]:
    """For every cell of every layer, which pixels change it: bool (784, *output_shape)."""
    lit = (np.eye(784) * 255).astype(np.uint8).reshape(784, 28, 28)
    return {name: values > 0 for name, values in network.activations(lit).items()}


@settings(max_examples=12)
@given(architecture=architectures(), data=st.data())
def test_any_cell_of_any_network(architecture: Architecture, data: st.DataObject) -> None:
    """One bright pixel on black changes a cell if and only if it lies in its receptive field."""
    changed = pixels_that_count(eager_network(architecture))
    for layer in architecture.layers():
        if layer.kind not in ("rescaling", "convolution", "pooling"):
            continue
        size = layer.output_shape[0]
        row, column = (data.draw(st.integers(0, size - 1)) for _ in range(2))
        field = receptive_field(architecture, layer.name, row, column)
        expected = np.zeros((28, 28), np.bool_)
        expected[
            field.rows.first : field.rows.last + 1, field.columns.first : field.columns.last + 1
        ] = True

        for unit in range(layer.output_shape[2]):
            really = changed[layer.name][:, row, column, unit].reshape(28, 28)
            np.testing.assert_array_equal(really, expected)
        assert field.pixels == expected.sum()


@settings(max_examples=12)
@given(architecture=architectures())
def test_what_a_layer_cannot_see(architecture: Architecture) -> None:
    """A pixel is unseen if and only if no unit of the layer ever changes with it."""
    changed = pixels_that_count(eager_network(architecture))
    for layer in architecture.layers()[:-1]:
        seen = changed[layer.name].reshape(784, -1).any(axis=1).reshape(28, 28)
        np.testing.assert_array_equal(unseen(architecture, layer.name), ~seen)


@settings(max_examples=12)
@given(architecture=architectures())
def test_which_cells_of_a_map_reach_the_answer(architecture: Architecture) -> None:
    """One lit cell on a silent map lights something in flatten if and only if it is seen."""
    network = eager_network(architecture)
    layers = architecture.layers()
    for index, layer in enumerate(layers[:-4]):
        size, _, channels = layer.output_shape
        along = np.arange(size)
        # Down the diagonal, down the first column, along the first row.
        rows = np.concatenate([along, along, 0 * along])
        columns = np.concatenate([along, 0 * along, along])
        values = np.zeros((len(rows), size, size, channels), np.float32)
        values[np.arange(len(rows)), rows, columns] = 1
        for later in layers[index + 1 : -3]:
            values = network.layer_output(later, values)
        expected = unseen(architecture, "output", of=layer.name)[rows, columns]
        np.testing.assert_array_equal(~values.any(axis=1), expected)


def test_cells_that_the_last_pools_leave_over() -> None:
    """Of 3×3 cells baseline reads 2×2, of 11×11 8×8, of 26×26 20×20; improved of 7×7 6×6."""
    for layer, read in (("conv3", 2), ("pool2", 4), ("conv2", 8), ("pool1", 10), ("conv1", 20)):
        seen = ~unseen(BASELINE, "output", of=layer)
        assert seen[:read, :read].all()
        assert seen.sum() == read**2, layer
    assert (~unseen(IMPROVED, "output", of="conv3")).sum() == 36
    assert not unseen(IMPROVED, "output", of="conv2").any()


def test_sizes_that_everybody_can_count() -> None:
    """3×3 after one convolution, 4×4 after its pool, and so on, as in every textbook."""
    lengths = [spans_seen(BASELINE, name)[0].length for name in ("conv1", "pool1", "conv2")]
    assert lengths == [3, 4, 8]
    assert receptive_field(BASELINE, "conv2", 3, 4) == Field(Span(6, 13), Span(8, 15))


def test_padding_is_no_part_of_the_image() -> None:
    """A window that stands on the edge sees less, because zeros do not count."""
    assert receptive_field(IMPROVED, "conv1", 0, 27) == Field(Span(0, 1), Span(26, 27))


def test_the_blind_spot_of_baseline(mnist: Mnist) -> None:
    """300 of 784 pixels: whatever stands there, the answer stays the same to the last bit."""
    blind = unseen(BASELINE, "output")
    assert blind.sum() == 300
    assert not unseen(IMPROVED, "output").any()

    network = load_network("baseline")
    images = mnist.test.images[:5]
    noisy = np.where(blind, np.random.default_rng(0).integers(0, 256, images.shape), images)
    np.testing.assert_array_equal(network.predict(noisy.astype(np.uint8)), network.predict(images))


def test_where_a_field_lies_in_the_image() -> None:
    """Its rows and columns, both ends counted."""
    image = np.zeros((28, 28), np.bool_)
    field = Field(Span(2, 5), Span(20, 27))
    image[field.in_image] = True
    assert image.sum() == field.pixels == 4 * 8
    assert image[2, 20]
    assert image[5, 27]


def test_what_is_not_there() -> None:
    """A layer or a cell that the network does not have is refused."""
    with pytest.raises(KeyError):
        receptive_field(BASELINE, "conv9")
    for layer, of in (("conv9", "conv1"), ("output", "conv9"), ("conv1", "conv2")):
        with pytest.raises(KeyError):
            unseen(BASELINE, layer, of)
    for row, column in ((11, 0), (0, -1)):
        with pytest.raises(IndexError):
            receptive_field(BASELINE, "conv2", row, column)
