"""What a convolution costs, and what a dense layer would have cost for the same output."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Numbers to learn, and products of two numbers to compute for one image."""

    parameters: int
    multiplications: int


def convolution_cost(kernel_size: int, channels: int, output_shape: tuple[int, int, int]) -> Cost:
    """A convolution with output (rows, columns, filters): every filter is used at every place."""
    rows, columns, filters = output_shape
    products = kernel_size * kernel_size * channels
    return Cost(products * filters + filters, rows * columns * filters * products)


def dense_cost(input_shape: tuple[int, ...], output_shape: tuple[int, ...]) -> Cost:
    """A dense layer with as many inputs and units: every unit has a weight for every input."""
    inputs, units = math.prod(input_shape), math.prod(output_shape)
    return Cost(inputs * units + units, inputs * units)
