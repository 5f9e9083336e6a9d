"""The shape of a network: its layers, their sizes, and where its parameters come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from cnn_core.checks import number_problem, whole_number_problem
from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.errors import ArchitectureError
from cnn_core.network.arithmetic import output_size

if TYPE_CHECKING:
    import keras

PaddingName = Literal["valid", "same"]
LayerKind = Literal["rescaling", "convolution", "pooling", "flatten", "dense", "dropout"]

POOL_SIZE = 2
MOST_BLOCKS = 5
MOST_FILTERS = 256
MOST_UNITS = 1024
MOST_DROPOUT = 0.9
LARGEST_KERNEL = 11
MOST_PARAMETERS = 2_000_000


@dataclass(frozen=True)
class Layer:
    """One row of the layer table.

    output_shape: without the batch axis, (rows, columns, channels) or (units,).
    parameters: how many numbers training adjusts.
    formula: where they come from, `3·3·16·32 + 32`; empty where there are none.
    """

    name: str
    kind: LayerKind
    output_shape: tuple[int, ...]
    parameters: int = 0
    formula: str = ""


@dataclass(frozen=True)
class Architecture:
    """A stack of convolution + ReLU + 2×2 max pooling blocks, a hidden dense layer and ten outputs.

    filters: how many kernels each convolution has, one entry a block.
    kernel_size: rows and columns of every kernel.
    padding: `valid` (none: maps shrink) or `same` (a border of zeros: maps keep their size).
    dense_units: units of the hidden dense layer.
    dropout: share of hidden units silenced at each training step, 0 to 0.9.

    Raises ArchitectureError, saying why, for a network that cannot be built.
    """

    least_blocks: ClassVar[int] = 1

    filters: tuple[int, ...] = (16, 32, 64)
    kernel_size: int = 3
    padding: PaddingName = "valid"
    dense_units: int = 128
    dropout: float = 0.2

    def __post_init__(self) -> None:
        least = self.least_blocks
        if not isinstance(self.filters, tuple) or not least <= len(self.filters) <= MOST_BLOCKS:
            raise ArchitectureError(
                f"A network needs {least} to {MOST_BLOCKS} convolutions, not {self.filters!r}."
            )
        for number, count in enumerate(self.filters, start=1):
            self._refuse(
                whole_number_problem(
                    f"The number of filters of convolution {number}", count, 1, MOST_FILTERS
                )
            )
        self._refuse(whole_number_problem("The kernel size", self.kernel_size, 1, LARGEST_KERNEL))
        self._refuse(whole_number_problem("Hidden units", self.dense_units, 1, MOST_UNITS))
        self._refuse(number_problem("Dropout", self.dropout, 0, MOST_DROPOUT))
        if self.padding not in ("valid", "same"):
            raise ArchitectureError(f"Padding is “valid” or “same”, not {self.padding!r}.")
        if self.parameters > MOST_PARAMETERS:
            raise ArchitectureError(
                f"This network would have {self.parameters:,} parameters; the most that can be "
                f"trained here is {MOST_PARAMETERS:,}. Take fewer filters or hidden units."
            )

    def layers(self) -> tuple[Layer, ...]:
        """The layer table, from the rescaled image to the ten probabilities."""
        size, channels = IMAGE_SIZE, 1
        table = [Layer("rescaling", "rescaling", (size, size, channels))]
        for number, filters in enumerate(self.filters, start=1):
            size = self._convolved(size, number)
            k = self.kernel_size
            table.append(
                Layer(
                    f"conv{number}",
                    "convolution",
                    (size, size, filters),
                    k * k * channels * filters + filters,
                    f"{k}·{k}·{channels}·{filters} + {filters}",
                )
            )
            size, channels = self._pooled(size, number), filters
            table.append(Layer(f"pool{number}", "pooling", (size, size, channels)))
        inputs = size * size * channels
        table.append(Layer("flatten", "flatten", (inputs,)))
        table.append(_dense("dense", inputs, self.dense_units))
        table.append(Layer("dropout", "dropout", (self.dense_units,)))
        table.append(_dense("output", self.dense_units, CLASSES))
        return tuple(table)

    @property
    def convolutions(self) -> tuple[str, ...]:
        """The names of the convolutions, first to last."""
        return tuple(layer.name for layer in self.layers() if layer.kind == "convolution")

    @property
    def parameters(self) -> int:
        """How many numbers training adjusts in all."""
        return sum(layer.parameters for layer in self.layers())

    def weight_shapes(self) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
        """Shapes of kernel and bias of every layer that has them, by layer name."""
        shapes: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        channels = 1
        for layer in self.layers():
            units = layer.output_shape[-1]
            if layer.kind == "convolution":
                shapes[layer.name] = (
                    (self.kernel_size, self.kernel_size, channels, units),
                    (units,),
                )
            elif layer.kind == "dense":
                shapes[layer.name] = ((channels, units), (units,))
            channels = units
        return shapes

    def to_keras(self) -> keras.Sequential:
        """The same network as an untrained Keras model. Imports Keras and TensorFlow."""
        import keras
        from keras import layers

        stack: list[Any] = [
            keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1)),
            layers.Rescaling(1 / 255, name="rescaling"),
        ]
        for number, filters in enumerate(self.filters, start=1):
            stack += [
                layers.Conv2D(
                    filters,
                    self.kernel_size,
                    padding=self.padding,
                    activation="relu",
                    name=f"conv{number}",
                ),
                layers.MaxPooling2D(POOL_SIZE, name=f"pool{number}"),
            ]
        stack += [
            layers.Flatten(name="flatten"),
            layers.Dense(self.dense_units, activation="relu", name="dense"),
            layers.Dropout(self.dropout, name="dropout"),
            layers.Dense(CLASSES, activation="softmax", name="output"),
        ]
        return keras.Sequential(stack)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self) | {"filters": list(self.filters)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The architecture that `to_dict` wrote. Raises ArchitectureError for anything else."""
        if not isinstance(values, Mapping):
            raise ArchitectureError(f"An architecture is a set of named values, not {values!r}.")
        known = {field.name for field in fields(cls)}
        if unknown := set(values) - known:
            raise ArchitectureError(f"An architecture has no {', '.join(sorted(unknown))}.")
        filters = values.get("filters", cls.filters)
        if not isinstance(filters, list | tuple):
            raise ArchitectureError(f"Filters are a list of numbers, not {filters!r}.")
        return cls(**(dict(values) | {"filters": tuple(filters)}))

    def _refuse(self, problem: str) -> None:
        if problem:
            raise ArchitectureError(problem)

    def _convolved(self, size: int, number: int) -> int:
        try:
            return output_size(size, self.kernel_size, padding=self.padding)
        except ValueError as error:
            refusal = ArchitectureError(
                f"Convolution {number} is handed maps of {size}×{size}, and a kernel of "
                f"{self.kernel_size}×{self.kernel_size} does not fit into them. Take fewer "
                "convolutions, a smaller kernel, or padding “same”."
            )
            refusal.does_not_fit = (size, self.kernel_size, 1)
            raise refusal from error

    def _pooled(self, size: int, number: int) -> int:
        if size < POOL_SIZE:
            refusal = ArchitectureError(
                f"Pooling {number} is handed maps of {size}×{size} and would leave nothing of "
                "them. Take fewer convolutions"
                + (", a smaller kernel, or padding “same”." if self.padding == "valid" else ".")
            )
            refusal.does_not_fit = (size, POOL_SIZE, POOL_SIZE)
            raise refusal
        return size // POOL_SIZE


def _dense(name: str, inputs: int, units: int) -> Layer:
    return Layer(name, "dense", (units,), inputs * units + units, f"{inputs}·{units} + {units}")


BASELINE = Architecture(padding="valid")
IMPROVED = Architecture(padding="same")
