"""What a layer costs, against counting."""

from __future__ import annotations

import pytest

from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.cost import convolution_cost, dense_cost


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED], ids=["baseline", "improved"])
def test_parameters_are_those_of_the_layer_table(architecture: Architecture) -> None:
    """For every convolution the cost names as many parameters as the network has."""
    channels = 1
    for layer in architecture.layers():
        if layer.kind == "convolution":
            rows, columns, filters = layer.output_shape
            cost = convolution_cost(architecture.kernel_size, channels, (rows, columns, filters))
            assert cost.parameters == layer.parameters
            channels = filters


def test_multiplications_are_those_of_the_loops() -> None:
    """One product for every place, filter, weight and channel."""
    counted = sum(
        1
        for _place in range(4 * 5)
        for _filter in range(2)
        for _weight in range(3 * 3)
        for _channel in range(6)
    )

    assert convolution_cost(3, 6, (4, 5, 2)).multiplications == counted


def test_a_dense_layer_joins_everything_with_everything() -> None:
    """One weight from each input to each unit, one bias a unit."""
    cost = dense_cost((4, 5, 2), (3, 3))

    assert cost.multiplications == 40 * 9
    assert cost.parameters == 40 * 9 + 9
