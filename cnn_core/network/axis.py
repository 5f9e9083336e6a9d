"""Where a sliding window stands, how often it fits, and which of its places read a given input."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cnn_core.network.arithmetic import Padding, output_size, padding_widths, window_size


@dataclass(frozen=True)
class Sliding:
    """A window along one axis of `size` positions.

    kernel_size: weights, or pooled values, along the axis.
    stride: positions from one place of the window to the next.
    padding: `valid`, `same` or a width, as in cnn_core.network.arithmetic.
    dilation: positions from one weight to the next.
    """

    size: int
    kernel_size: int
    stride: int = 1
    padding: Padding = "valid"
    dilation: int = 1

    @property
    def window(self) -> int:
        """Positions from the first weight to the last, both counted."""
        return window_size(self.kernel_size, self.dilation)

    @property
    def widths(self) -> tuple[int, int]:
        """Zeros added before and after."""
        return padding_widths(self.size, self.kernel_size, self.stride, self.padding, self.dilation)

    @property
    def exact(self) -> Fraction:
        """(size + padding − window) / stride + 1 before it is rounded down.

        Less than 1 where the window does not fit; not whole where the last step is cut short.
        """
        return Fraction(self.size + sum(self.widths) - self.window, self.stride) + 1

    @property
    def fits(self) -> bool:
        """Whether the window has a place at all."""
        return self.window <= self.size + sum(self.widths)

    @property
    def begins_in_padding(self) -> bool:
        """Whether the first place of the window, gaps and all, reads nothing but padding."""
        return self.widths[0] >= self.window

    @property
    def outputs(self) -> int:
        """How many places the window has; raises ValueError where it does not fit."""
        return output_size(self.size, self.kernel_size, self.stride, self.padding, self.dilation)

    def read_by(self, position: int) -> list[int]:
        """The places of the window, counted from 0, that read an input position."""
        offsets = ((place, position - self.start(place)) for place in range(self.outputs))
        return [
            place
            for place, offset in offsets
            if 0 <= offset < self.window and offset % self.dilation == 0
        ]

    def start(self, place: int) -> int:
        """The input position of the first weight; negative inside the padding."""
        return place * self.stride - self.widths[0]

    def unread(self) -> NDArray[np.bool_]:
        """Which input positions no place of the window reads: bool (size,)."""
        return np.array([not self.read_by(position) for position in range(self.size)])
