"""Where in the image the evidence for an answer is: three methods from the literature.

None of them is the truth about a network. Each answers a question of its own, and says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.network.arithmetic import Array, relu, softmax
from cnn_core.network.gradient import gradients
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import unseen

Measure = Literal["probability", "logit"]


@dataclass(frozen=True)
class Occlusion:
    """What covering each part of a digit does to its ten logits, and so to the probabilities.

    patch: rows and columns of the square that covers.
    places: the first row, and column, of every patch along an axis.
    whole: the logits of the digit as it is, float32 (10,).
    covered: the logits under each patch, float32 (places, places, 10).
    """

    patch: int
    places: tuple[int, ...]
    whole: Array
    covered: Array

    @property
    def never_covered(self) -> NDArray[np.bool_]:
        """Pixels that no patch covers, where the stride is wider than the patch: bool (28, 28)."""
        times = self._covers().sum(axis=0)
        return np.asarray(times[:, np.newaxis] * times[np.newaxis, :] == 0)

    def without_patch(self, measure: Measure) -> Array:
        """Probabilities, 0 to 1, or logits of the digit as it is: float32 (10,)."""
        return _measured(self.whole, measure)

    def under_patches(self, measure: Measure) -> Array:
        """Probabilities, 0 to 1, or logits under each patch: float32 (places, places, 10)."""
        return _measured(self.covered, measure)

    def drops(self, measure: Measure) -> Array:
        """How far each probability or logit falls, the mean over all patches that cover a pixel.

        float32 (28, 28, 10); negative where covering raises it, 0 where no patch ever covers.
        """
        falls = self.without_patch(measure) - self.under_patches(measure)
        covers = self._covers().astype(np.float32)
        times = covers.sum(axis=0)
        total = np.einsum("ir,jc,ijd->rcd", covers, covers, falls, optimize=True)
        count = np.maximum(times[:, np.newaxis] * times[np.newaxis, :], 1)
        return np.asarray(total / count[..., np.newaxis], np.float32)

    def _covers(self) -> NDArray[np.bool_]:
        """Which rows, or columns, the patch at each place covers: bool (places, 28)."""
        offsets = np.arange(IMAGE_SIZE) - np.array(self.places)[:, np.newaxis]
        return np.asarray((offsets >= 0) & (offsets < self.patch))


def occlusion(network: Network, image: NDArray[np.uint8], patch: int, stride: int) -> Occlusion:
    """Cover a digit with a black square, place by place, and ask the network each time.

    Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014, took a grey one;
    black is the paper of these digits. What two parts of a digit each say alone stays hidden: cover
    one, and the other still says it. What counts only where both are there shows at either.
    image: uint8 (28, 28). patch: rows and columns of the square, 1 to 28. stride: pixels from one
    place to the next; a last place is added where the steps would stop short of the edge.
    Raises ValueError for a patch or a stride that makes no sense.
    """
    if not 1 <= patch <= IMAGE_SIZE or stride < 1:
        raise ValueError(f"a patch of {patch} pixels with stride {stride} cannot cover a digit")
    last = IMAGE_SIZE - patch
    places = tuple(sorted({*range(0, last + 1, stride), last}))
    corners = [(row, column) for row in places for column in places]
    images = np.repeat(image[np.newaxis], len(corners), axis=0)
    for covered, (row, column) in zip(images, corners, strict=True):
        covered[row : row + patch, column : column + patch] = 0
    whole = network.logits(image[np.newaxis])[0]
    logits = network.logits(images)
    return Occlusion(patch, places, whole, logits.reshape(len(places), len(places), -1))


def _measured(logits: Array, measure: Measure) -> Array:
    return softmax(logits) if measure == "probability" else logits


def input_times_gradient(network: Network, activations: Mapping[str, Array], label: int) -> Array:
    """Each rescaled pixel times the slope of the digit's logit along it: float32 (28, 28).

    The logit is piecewise affine in the pixels: around this image, the sum of these values plus a
    constant that the biases bring. A black pixel adds nothing. Where equal values tie for the
    maximum of a pooling window the pixels' slopes to the left and to the right differ; what is
    taken then is said at `gradients`. Shrikumar et al., Not Just a Black Box, 2016.
    activations: every layer's output for one digit, float32 of its output shape.
    """
    slopes = gradients(network, activations, label)["rescaling"]
    return np.asarray((activations["rescaling"] * slopes)[..., 0])


@dataclass(frozen=True)
class GradCam:
    """Grad-CAM of one convolution.

    weights: how much each of its maps counts, float32 (filters,), logit per unit.
    unread: cells that cannot reach the answer, because no window of a later layer leads there from
        them: bool (rows, columns).
    means: each map's mean over all other cells, float32 (filters,); 0 for a map that is silent.
    published: the maps added up with these weights, negative sums as 0, float32 (rows, columns), as
        in the paper, which asks of no cell whether it is read.
    """

    weights: Array
    unread: NDArray[np.bool_]
    means: Array
    published: Array

    @property
    def contributions(self) -> Array:
        """What each map adds to a cell's sum, on average over cells that are read: float32 (filters,)."""
        return self.weights * self.means

    @property
    def evidence(self) -> Array:
        """The sums where they can reach the answer, 0 elsewhere: float32 (rows, columns)."""
        return np.where(self.unread, np.float32(0), self.published)

    @property
    def beyond_reach(self) -> float:
        """The share of the published evidence that lies in cells that cannot reach the answer."""
        total = float(self.published.sum())
        return 1 - float(self.evidence.sum()) / total if total else 0.0


def grad_cam(network: Network, activations: Mapping[str, Array], label: int, layer: str) -> GradCam:
    """Where a convolution found what speaks for a digit.

    The weight of a map is the mean slope of the logit along its cells. Selvaraju et al., Grad-CAM,
    2017. activations: every layer's output for one digit, float32 of its output shape.
    Raises ValueError for a layer that is no convolution.
    """
    kinds = {row.name: row.kind for row in network.architecture.layers()}
    if kinds.get(layer) != "convolution":
        raise ValueError(f"Grad-CAM needs a convolution, not {layer!r}")
    maps = activations[layer]
    weights = gradients(network, activations, label)[layer].mean(axis=(0, 1))
    unread = unseen(network.architecture, "output", of=layer)
    return GradCam(weights, unread, maps[~unread].mean(axis=0), relu(maps @ weights))
