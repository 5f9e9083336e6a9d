"""Which pixels of the image a unit can see, from the architecture alone.

Whatever the weights: a pixel outside a unit's receptive field can never change it, and every pixel
inside can, for some weights and some image.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.network.architecture import POOL_SIZE, Architecture
from cnn_core.network.axis import Sliding

# Its output has a cell for every pixel of the image.
IMAGE_LAYER = "rescaling"


@dataclass(frozen=True)
class Span:
    """Positions along one axis of the image, from `first` to `last`, both counted, from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many positions these are."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Field:
    """A rectangle of the image: every row of `rows` in every column of `columns`."""

    rows: Span
    columns: Span

    @property
    def pixels(self) -> int:
        """How many pixels it holds."""
        return self.rows.length * self.columns.length

    @property
    def in_image(self) -> tuple[slice, slice]:
        """Where it lies in an image (28, 28)."""
        return (
            slice(self.rows.first, self.rows.last + 1),
            slice(self.columns.first, self.columns.last + 1),
        )


def receptive_field(architecture: Architecture, layer: str, row: int = 0, column: int = 0) -> Field:
    """The rectangle of the image that one cell of a feature map of a layer can see.

    From the flatten layer on there are no rows and columns: a value of flatten is one cell of the
    last pool, so ask there; a dense unit reads everything that the flatten layer holds.
    Raises KeyError for a layer that is not there, IndexError for a cell that its maps do not have.
    """
    spans = spans_seen(architecture, layer)
    if min(row, column) < 0 or max(row, column) >= len(spans):
        raise IndexError(f"{layer} has no cell in row {row}, column {column}")
    return Field(spans[row], spans[column])


def spans_seen(architecture: Architecture, layer: str, of: str = IMAGE_LAYER) -> tuple[Span, ...]:
    """What every position along an axis of a layer's maps sees of that axis of the image.

    Rows and columns are alike, since images, kernels and pools are squares. Dense layers, and
    flatten as a whole, have a single position that sees all that the last pool sees.
    of: an earlier layer with maps, for what is seen of those instead. Raises KeyError for a layer
    that is not there.
    """
    steps = _steps(architecture)
    layers = {row.name: row for row in architecture.layers()}
    names = list(layers)
    if of not in layers or layer not in names[names.index(of) :]:
        raise KeyError(layer if of in layers else of)
    between = names[names.index(of) + 1 : names.index(layer) + 1]
    slidings = [steps[name] for name in between if name in steps]
    outputs = slidings[-1].outputs if slidings else layers[of].output_shape[0]
    spans = tuple(_trace_back(Span(place, place), slidings) for place in range(outputs))
    if layers[layer].kind in ("flatten", "dense", "dropout"):
        return (Span(spans[0].first, spans[-1].last),)
    return spans


def unseen(architecture: Architecture, layer: str, of: str = IMAGE_LAYER) -> NDArray[np.bool_]:
    """Pixels that no unit of a layer can see: bool (28, 28). Raises KeyError as above.

    of: an earlier layer with maps, for the cells of those instead: bool (rows, columns).
    """
    size = {row.name: row for row in architecture.layers()}[of].output_shape[0]
    seen = np.zeros(size, np.bool_)
    for span in spans_seen(architecture, layer, of):
        seen[span.first : span.last + 1] = True
    return ~(seen[:, np.newaxis] & seen[np.newaxis, :])


def _steps(architecture: Architecture) -> dict[str, Sliding]:
    """The window of every convolution and pool along one axis, by layer name, in order."""
    steps: dict[str, Sliding] = {}
    size = IMAGE_SIZE
    for layer in architecture.layers():
        if layer.kind == "convolution":
            steps[layer.name] = Sliding(
                size, architecture.kernel_size, padding=architecture.padding
            )
        elif layer.kind == "pooling":
            steps[layer.name] = Sliding(size, POOL_SIZE, stride=POOL_SIZE)
        size = layer.output_shape[0]
    return steps


def _trace_back(span: Span, slidings: list[Sliding]) -> Span:
    """From positions of the last layer to those of the image, layer by layer.

    What lies in the padding is zero whatever the image, so every layer cuts it off.
    """
    for sliding in reversed(slidings):
        first = sliding.start(span.first)
        last = sliding.start(span.last) + sliding.window - 1
        span = Span(max(first, 0), min(last, sliding.size - 1))
    return span
