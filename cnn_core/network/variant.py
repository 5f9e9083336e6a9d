"""A network without a part that all networks of the store have, to see what that part earns.

A class of its own, not a setting of `Architecture`: the pages count on convolutions, ReLU and max
pooling, and show the lines that compute them. So the store and the command line refuse a variant as
they refuse every setting that they do not know. Forward only: `gradient` knows ReLU and max pooling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.errors import ArchitectureError
from cnn_core.network.architecture import POOL_SIZE, Architecture, Layer
from cnn_core.network.arithmetic import Array, conv2d, dense
from cnn_core.network.network import Network, Weights
from cnn_core.network.pooling import PoolKind, pool

if TYPE_CHECKING:
    import keras

Activation = Literal["relu", "linear"]


@dataclass(frozen=True)
class Variant(Architecture):
    """An architecture of which a part may be missing or exchanged.

    filters: as in Architecture, or none at all: then the hidden units read the pixels themselves.
    activation: of convolutions and hidden units; `linear` hands every sum on as it is.
    pooling: what is kept of a window: its largest value (`max`) or its mean (`average`).

    Raises ArchitectureError, saying why, for a network that cannot be built.
    """

    least_blocks: ClassVar[int] = 0

    activation: Activation = "relu"
    pooling: PoolKind = "max"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.activation not in get_args(Activation):
            raise ArchitectureError(f"Activation is “relu” or “linear”, not {self.activation!r}.")
        if self.pooling not in get_args(PoolKind):
            raise ArchitectureError(f"Pooling is “max” or “average”, not {self.pooling!r}.")

    def to_keras(self) -> keras.Sequential:
        """The same network as an untrained Keras model. Imports Keras and TensorFlow."""
        import keras

        layers = [self._exchanged(layer) for layer in super().to_keras().layers]
        return keras.Sequential([keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1)), *layers])

    def _exchanged(self, layer: Any) -> Any:
        """A new Keras layer of the same name, as the variant has it."""
        from keras import layers

        settings = layer.get_config()
        if isinstance(layer, layers.MaxPooling2D) and self.pooling == "average":
            return layers.AveragePooling2D.from_config(settings)
        if layer.name != "output" and "activation" in settings:
            settings["activation"] = self.activation
        return type(layer).from_config(settings)


class VariantNetwork(Network):
    """A trained variant, run forward with the arithmetic that the pages show."""

    def __init__(self, variant: Variant, weights: Mapping[str, Weights]) -> None:
        super().__init__(variant, weights)
        self._variant = variant

    def layer_output(self, layer: Layer, values: Array) -> Array:
        """What one layer makes of the outputs of the layer before it."""
        if layer.kind == "pooling":
            return pool(values, POOL_SIZE, POOL_SIZE, self._variant.pooling)
        if self._variant.activation == "linear" and layer.name != "output":
            if layer.kind == "convolution":
                weights = self.weights[layer.name]
                return conv2d(values, weights.kernel, weights.bias, padding=self._variant.padding)
            if layer.kind == "dense":
                weights = self.weights[layer.name]
                return dense(values, weights.kernel, weights.bias)
        return super().layer_output(layer, values)
