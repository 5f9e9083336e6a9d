"""What each layer of a convolutional network computes, in NumPy, short enough to read aloud.

Images and feature maps are arrays of shape (n, height, width, channels), as in Keras. The tests
hold every function to the Keras layer of the same name. Any order in memory will do; fastest is "F",
where the values of all n images at one place lie side by side.
"""

from __future__ import annotations

from functools import reduce
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

# On matrices as small as ours a second thread gains little on an idle machine, and on a busy one,
# or with many visitors at once, the threads wait for each other: measured beside two trainings on
# two cores, one image took ten times as long.
threadpool_limits(1, user_api="blas")

Array = NDArray[np.float32]
Padding = Literal["valid", "same"] | int


def padding_widths(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> tuple[int, int]:
    """Zeros added before and after one axis.

    `valid` adds none, `same` as many as an output of size ceil(size / stride) needs (an odd one
    goes after, as in TensorFlow), a number adds that many on both sides.
    """
    if padding == "valid":
        return 0, 0
    if padding == "same":
        outputs = -(-size // stride)
        total = max((outputs - 1) * stride + window_size(kernel_size, dilation) - size, 0)
        return total // 2, total - total // 2
    return padding, padding


def window_size(kernel_size: int, dilation: int = 1) -> int:
    """How many input positions a kernel spans when its weights are `dilation` apart."""
    return dilation * (kernel_size - 1) + 1


def output_size(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> int:
    """How many places a window has along an axis: (size + padding − window) // stride + 1.

    Raises ValueError where the window does not fit even once.
    """
    room = size + sum(padding_widths(size, kernel_size, stride, padding, dilation))
    window = window_size(kernel_size, dilation)
    if window > room:
        raise ValueError(f"a window of {window} does not fit into {room} positions")
    return (room - window) // stride + 1


def windows(maps: Array, kernel_size: int, stride: int = 1, dilation: int = 1) -> Array:
    """Every place of a sliding window: a view (n, rows, columns, channels, kernel, kernel)."""
    span = window_size(kernel_size, dilation)
    places = sliding_window_view(maps, (span, span), axis=(1, 2))
    return places[:, ::stride, ::stride, :, ::dilation, ::dilation]


def window_positions(
    maps: Array, kernel_size: int, stride: int = 1, dilation: int = 1
) -> list[Array]:
    """What each position of a sliding window sees at every place, row by row of the window.

    A list of kernel · kernel views (n, rows, columns, channels): the maps, each time shifted a
    little. A layer that goes over them works on all places at once.
    """
    seen = windows(maps, kernel_size, stride, dilation)
    return [seen[..., row, column] for row, column in np.ndindex(kernel_size, kernel_size)]


def pad(
    maps: Array, kernel_size: int, stride: int = 1, padding: Padding = "same", dilation: int = 1
) -> Array:
    """The maps with a border of zeros, as wide as the padding asks for; themselves without one."""
    n, height, width, channels = maps.shape
    above, below = padding_widths(height, kernel_size, stride, padding, dilation)
    left, right = padding_widths(width, kernel_size, stride, padding, dilation)
    if not any((above, below, left, right)):
        return maps
    shape = n, above + height + below, left + width + right, channels
    padded = np.zeros(shape, np.float32, order="F")
    padded[:, above : above + height, left : left + width] = maps
    return padded


def conv2d(
    maps: Array,
    kernels: Array,
    bias: Array,
    stride: int = 1,
    padding: Padding = "valid",
    dilation: int = 1,
) -> Array:
    """Slide every kernel over the maps: products summed over window and channels, plus bias.

    maps (n, height, width, channels), kernels (size, size, channels, filters), bias (filters,)
    → (n, rows, columns, filters). As in every deep-learning library the kernel is not flipped:
    mathematically this is a cross-correlation.
    """
    size, _, _, filters = kernels.shape
    padded = pad(maps, size, stride, padding, dilation)
    # Side by side, what the positions see makes each window a row; each kernel is a column. One
    # matrix product then does all multiplications and sums at once.
    window_rows = np.concatenate(window_positions(padded, size, stride, dilation), axis=-1)
    n, rows, columns, weights = window_rows.shape
    table = window_rows.reshape(-1, weights, order="F")
    sums: Array = np.matmul(table, kernels.reshape(weights, filters), order="F")
    sums += bias
    return sums.reshape(n, rows, columns, filters, order="F")


def relu(values: Array) -> Array:
    """Negative values become 0, the others stay."""
    return np.maximum(values, np.float32(0))


def max_pool(maps: Array, size: int = 2, stride: int | None = None) -> Array:
    """The largest value of every window, channel by channel; stride is the size unless given."""
    return reduce(np.maximum, window_positions(maps, size, stride or size))


def average_pool(maps: Array, size: int = 2, stride: int | None = None) -> Array:
    """The mean of every window, channel by channel; stride is the size unless given."""
    return reduce(np.add, window_positions(maps, size, stride or size)) / np.float32(size**2)


def dense(values: Array, weights: Array, bias: Array) -> Array:
    """Every unit's weighted sum of all inputs plus its bias: (n, inputs) → (n, units)."""
    return values @ weights + bias


def softmax(logits: Array) -> Array:
    """Probabilities from logits: e^z over the sum of all e^z, along the last axis.

    Subtracting the largest logit first changes no quotient and keeps e^z from overflowing.
    """
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
