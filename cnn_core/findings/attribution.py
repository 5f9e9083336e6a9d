"""Where in the image the evidence for an answer is: three methods from the literature.

None of them is the truth about a network. Each answers a question of its own, and says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.network.arithmetic import Array, relu
from cnn_core.network.gradient import gradients
from cnn_core.network.network import Network


@dataclass(frozen=True)
class Occlusion:
    """What covering each part of a digit does to the ten probabilities.

    whole: the probabilities of the digit as it is, float32 (10,).
    places: the first row, and column, of every patch along an axis.
    covered: the probabilities under each patch, float32 (places, places, 10).
    drops: how much the probability falls, averaged over all patches that cover a pixel, float32
        (28, 28, 10); negative where covering the pixel makes the digit more probable.
    """

    whole: Array
    places: tuple[int, ...]
    covered: Array
    drops: Array


def occlusion(network: Network, image: NDArray[np.uint8], patch: int, stride: int) -> Occlusion:
    """Cover a digit with a black square, place by place, and ask the network each time.

    image: uint8 (28, 28). patch: rows and columns of the square, 1 to 28. stride: pixels from one
    place to the next; a last place is added where the steps would stop short of the edge.
    Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014.
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
    whole = network.predict(image[np.newaxis])[0]
    probabilities = network.predict(images)
    falls = np.zeros((IMAGE_SIZE, IMAGE_SIZE, CLASSES), np.float32)
    times = np.zeros((IMAGE_SIZE, IMAGE_SIZE, 1), np.float32)
    for answer, (row, column) in zip(probabilities, corners, strict=True):
        falls[row : row + patch, column : column + patch] += whole - answer
        times[row : row + patch, column : column + patch] += 1
    # A stride wider than the patch leaves pixels that no patch ever covers.
    drops = np.asarray(falls / np.maximum(times, 1), np.float32)
    return Occlusion(whole, places, probabilities.reshape(len(places), len(places), -1), drops)


def input_times_gradient(network: Network, activations: Mapping[str, Array], digit: int) -> Array:
    """Each rescaled pixel times the slope of the digit's logit along it: float32 (28, 28).

    What the pixel adds to the logit as far as the network is a straight line around this image;
    a black pixel adds nothing. Shrikumar et al., Not Just a Black Box, 2016.
    activations: every layer's output for one digit, float32 of its output shape.
    """
    slopes = gradients(network, activations, digit)["rescaling"]
    return np.asarray((activations["rescaling"] * slopes)[..., 0])


@dataclass(frozen=True)
class GradCam:
    """Grad-CAM of one convolution.

    weights: how much each of its maps counts, float32 (filters,), logit per unit.
    evidence: the maps added up with these weights, negative sums as 0, float32 (rows, columns).
    """

    weights: Array
    evidence: Array


def grad_cam(network: Network, activations: Mapping[str, Array], digit: int, layer: str) -> GradCam:
    """Where a convolution found what speaks for a digit.

    The weight of a map is the mean slope of the logit along its cells. Selvaraju et al., Grad-CAM,
    2017. activations: every layer's output for one digit, float32 of its output shape.
    Raises ValueError for a layer that is no convolution.
    """
    kinds = {row.name: row.kind for row in network.architecture.layers()}
    if kinds.get(layer) != "convolution":
        raise ValueError(f"Grad-CAM needs a convolution, not {layer!r}")
    weights = gradients(network, activations, digit)[layer].mean(axis=(0, 1))
    return GradCam(weights, relu(activations[layer] @ weights))
