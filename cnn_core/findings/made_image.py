"""An image made for one unit: from grey, uphill along the slope of its sum (Erhan et al., 2009).

Nobody wrote it. Left alone, the climb ends in noise that raises the sum more than any digit does; what holds
it back, so that something is to be seen, is a choice of ours and not of the network's: see `Restraint`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.network.arithmetic import Array
from cnn_core.network.gradient import image_gradient
from cnn_core.network.network import Network

STEPS = 100
# Of the range from black to white, for a pixel whose slope is as steep as their root mean square.
STEP_SIZE = 0.05
GREY, NOISE = 0.5, 0.05
SEED = 0


@dataclass(frozen=True)
class Restraint:
    """What holds the climb back, after every step.

    fading: the share that every pixel loses, towards black, 0 to 1: a penalty on the sum of squares (L2).
    blur: how far every pixel goes to the mean of its four neighbours, 0 to 1.
    """

    fading: float = 0.0
    blur: float = 0.0


FREE = Restraint()
SMOOTH = Restraint(fading=0.02, blur=0.3)


@dataclass(frozen=True)
class MadeImage:
    """An image that nobody wrote, and what the unit makes of it.

    image: uint8 (28, 28).
    sums: the unit's sum before ReLU at the start and after every step, float32 (STEPS + 1,); the last is
        that of `image`, whose pixels are whole numbers.
    """

    image: NDArray[np.uint8]
    sums: Array

    @property
    def height(self) -> float:
        """How far the climb came: the unit's sum for the image."""
        return float(self.sums[-1])


def make_image(
    network: Network, layer: str, unit: int, cell: tuple[int, int], restraint: Restraint
) -> MadeImage:
    """Make an image for a unit of a convolution or of the hidden dense layer.

    cell: at which row and column of its map the sum is to become large; any for a dense unit.
    Raises KeyError for a layer that has no weights, IndexError for a unit or cell that is not there.
    """
    names = [each.name for each in network.architecture.layers()]
    rows = network.architecture.layers()[1 : names.index(layer) + 1]
    wanted = np.zeros(rows[-1].output_shape, np.float32)
    place = (*cell, unit) if wanted.ndim == 3 else (unit,)
    wanted[place] = 1

    def climbed(pixels: Array) -> tuple[dict[str, Array], float]:
        outputs = {names[0]: pixels[..., np.newaxis]}
        values = outputs[names[0]][np.newaxis]
        for each in rows[:-1]:
            values = network.layer_output(each, values)
            outputs[each.name] = values[0]
        return outputs, float(network.sums(rows[-1], values)[0][place])

    noise = np.random.default_rng(SEED).normal(size=(IMAGE_SIZE, IMAGE_SIZE))
    pixels: Array = (GREY + NOISE * noise).astype(np.float32)
    sums = []
    for _ in range(STEPS):
        outputs, height = climbed(pixels)
        sums.append(height)
        slopes = image_gradient(network, outputs, layer, wanted)
        steepness = float(np.sqrt(np.square(slopes, dtype=np.float64).mean()))
        if steepness > 0:
            pixels = pixels + np.float32(STEP_SIZE / steepness) * slopes
        pixels = np.clip(_restrained(pixels, restraint), np.float32(0), np.float32(1))
    image = np.round(255 * pixels).astype(np.uint8)
    _, height = climbed(image.astype(np.float32) * np.float32(1 / 255))
    return MadeImage(image, np.array([*sums, height], np.float32))


def _restrained(pixels: Array, restraint: Restraint) -> Array:
    around = np.pad(pixels, 1, mode="edge")
    mean = (around[:-2, 1:-1] + around[2:, 1:-1] + around[1:-1, :-2] + around[1:-1, 2:]) / 4
    blurred = pixels + np.float32(restraint.blur) * (mean - pixels)
    return np.asarray(np.float32(1 - restraint.fading) * blurred)
