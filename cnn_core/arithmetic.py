"""What each layer of a convolutional network computes, in NumPy, short enough to read aloud.

Images and feature maps are arrays of shape (n, height, width, channels), as in Keras. The tests
hold every function to the Keras layer of the same name.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

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


def pad(
    maps: Array, kernel_size: int, stride: int = 1, padding: Padding = "same", dilation: int = 1
) -> Array:
    """The maps with a border of zeros, as wide as the padding asks for."""
    rows = padding_widths(maps.shape[1], kernel_size, stride, padding, dilation)
    columns = padding_widths(maps.shape[2], kernel_size, stride, padding, dilation)
    return np.pad(maps, ((0, 0), rows, columns, (0, 0)))


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
    size, _, channels, filters = kernels.shape
    seen = windows(pad(maps, size, stride, padding, dilation), size, stride, dilation)
    n, rows, columns = seen.shape[:3]
    # Each window becomes a row, each kernel a column: one matrix product does all sums at once.
    window_rows = seen.transpose(0, 1, 2, 4, 5, 3).reshape(-1, size * size * channels)
    sums = window_rows @ kernels.reshape(-1, filters)
    return (sums + bias).reshape(n, rows, columns, filters)


def relu(values: Array) -> Array:
    """Negative values become 0, the others stay."""
    return np.maximum(values, np.float32(0))


def max_pool(maps: Array, size: int = 2, stride: int | None = None) -> Array:
    """The largest value of every window, channel by channel; stride is the size unless given."""
    rows, columns, step = _pool_shape(maps, size, stride)
    largest = maps[:, : rows * step : step, : columns * step : step]
    for row in range(size):
        for column in range(size):
            shifted = maps[:, row:, column:][:, ::step, ::step][:, :rows, :columns]
            largest = np.maximum(largest, shifted)
    return largest


def average_pool(maps: Array, size: int = 2, stride: int | None = None) -> Array:
    """The mean of every window, channel by channel; stride is the size unless given."""
    step = stride or size
    means = windows(maps, size, step).mean(axis=(-2, -1))
    return np.asarray(means, dtype=np.float32)


def _pool_shape(maps: Array, size: int, stride: int | None) -> tuple[int, int, int]:
    step = stride or size
    return output_size(maps.shape[1], size, step), output_size(maps.shape[2], size, step), step


def dense(values: Array, weights: Array, bias: Array) -> Array:
    """Every unit's weighted sum of all inputs plus its bias: (n, inputs) → (n, units)."""
    return values @ weights + bias


def softmax(logits: Array) -> Array:
    """Probabilities from logits: e^z over the sum of all e^z, along the last axis.

    Subtracting the largest logit first changes no quotient and keeps e^z from overflowing.
    """
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
