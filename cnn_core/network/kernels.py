"""Kernels that people designed before networks learned theirs, and the examples done on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnn_core.network.arithmetic import Array

KERNEL_SIZES = (3, 5, 7)


@dataclass(frozen=True)
class NamedKernel:
    """A kernel with a name.

    name: its name in an address.
    title: its name for people.
    look_for: one sentence on what to look for in the output.
    weights: size (3, 5 or 7) → float32 (size, size).
    """

    name: str
    title: str
    look_for: str
    weights: Callable[[int], Array]


def identity(size: int) -> Array:
    """One in the middle, zero elsewhere."""
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2, size // 2] = 1
    return kernel


def box_blur(size: int) -> Array:
    """The mean of the window."""
    return np.full((size, size), 1 / size**2, np.float32)


def gaussian(size: int) -> Array:
    """Binomial weights, the usual small stand-in for a Gaussian; they sum to 1."""
    bell = _binomial(size)
    return np.asarray(np.outer(bell, bell) / bell.sum() ** 2, np.float32)


def sharpen(size: int) -> Array:
    """The pixel, and what it has more than its four neighbours."""
    return identity(size) - laplacian(size)


def outline(size: int) -> Array:
    """How much the pixel exceeds all others of the window; the weights sum to 0."""
    kernel = np.full((size, size), -1, np.float32)
    kernel[size // 2, size // 2] = size**2 - 1
    return kernel


def emboss(size: int) -> Array:
    """The pixel, plus a slope from the top left to the bottom right."""
    rows, columns = np.indices((size, size))
    return (rows + columns - (size - 1)).astype(np.float32) + identity(size)


def laplacian(size: int) -> Array:
    """The four neighbours minus four times the pixel: the discrete second derivative."""
    middle = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], np.float32)
    return np.pad(middle, size // 2 - 1)


def sobel(size: int) -> Array:
    """The slope from left to right, smoothed from top to bottom."""
    # Smoothing and taking the difference of neighbours, as often as the size has room for.
    slope = np.convolve(_binomial(size - 2), np.array([-1, 0, 1], np.float32))
    return np.outer(_binomial(size), slope).astype(np.float32)


def prewitt(size: int) -> Array:
    """The slope from left to right, every row counted alike."""
    return np.tile(np.arange(size, dtype=np.float32) - size // 2, (size, 1))


def flip(kernel: Array) -> Array:
    """A kernel (size, size) turned by half a turn: what a convolution in mathematics slides."""
    return kernel[::-1, ::-1]


def resize(kernel: Array, size: int) -> Array:
    """A kernel in the middle of a larger one, zeros around it, or the middle of a larger one."""
    change = (size - len(kernel)) // 2
    return np.pad(kernel, change) if change >= 0 else kernel[-change:change, -change:change]


def _binomial(size: int) -> Array:
    """A row of Pascal's triangle: float32 (size,)."""
    row = np.ones(1, np.float32)
    for _ in range(size - 1):
        row = np.convolve(row, np.ones(2, np.float32))
    return row


KERNELS = (
    NamedKernel(
        "identity",
        "Identity",
        "Nothing changes: every cell is the pixel under the middle of the kernel.",
        identity,
    ),
    NamedKernel(
        "blur",
        "Blur",
        "Strokes grow wider and dimmer, because every cell is the mean of its window.",
        box_blur,
    ),
    NamedKernel(
        "gaussian",
        "Gaussian blur",
        "Softer than the mean: pixels in the middle of the window count more than those outside.",
        gaussian,
    ),
    NamedKernel(
        "sharpen",
        "Sharpen",
        "Edges get a rim: brighter inside the stroke, negative just outside of it.",
        sharpen,
    ),
    NamedKernel(
        "outline",
        "Outline",
        "Even areas, black or white, become 0; only where neighbours differ does anything remain.",
        outline,
    ),
    NamedKernel(
        "emboss",
        "Emboss",
        "The stroke looks raised: one side of it positive, the other negative.",
        emboss,
    ),
    NamedKernel(
        "sobel-right",
        "Sobel, brighter to the right",
        "Blue where the image gets brighter from left to right: the left edge of every stroke.",
        sobel,
    ),
    NamedKernel(
        "sobel-left",
        "Sobel, brighter to the left",
        "Blue where the image gets brighter from right to left: the right edge of every stroke.",
        lambda size: sobel(size)[:, ::-1],
    ),
    NamedKernel(
        "sobel-down",
        "Sobel, brighter downwards",
        "Blue where the image gets brighter downwards: the upper edge of every stroke.",
        lambda size: sobel(size).T,
    ),
    NamedKernel(
        "sobel-up",
        "Sobel, brighter upwards",
        "Blue where the image gets brighter upwards: the lower edge of every stroke.",
        lambda size: sobel(size).T[::-1],
    ),
    NamedKernel(
        "laplacian",
        "Laplacian",
        "Orange inside a stroke and blue just outside: it answers to edges of every direction.",
        laplacian,
    ),
)


def kernel_named(name: str) -> NamedKernel:
    """The ready-made kernel of that name. Raises KeyError where there is none."""
    return {kernel.name: kernel for kernel in KERNELS}[name]


# A slanted stroke, in numbers small enough to add up in the head.
PAPER_IMAGE = np.array(
    [
        [0, 0, 0, 2, 1],
        [0, 0, 2, 3, 0],
        [0, 1, 3, 1, 0],
        [0, 3, 2, 0, 0],
        [1, 2, 0, 0, 0],
    ],
    np.float32,
)
PAPER_MAP = np.array(
    [
        [1, 3, 0, 0, 2, 1],
        [2, 0, 5, 1, 4, 0],
        [0, 7, 1, 2, 0, 3],
        [4, 6, 0, 8, 1, 2],
        [3, 3, 9, 0, 0, 5],
        [0, 1, 2, 4, 6, 1],
    ],
    np.float32,
)
for _example in (PAPER_IMAGE, PAPER_MAP):
    _example.flags.writeable = False
