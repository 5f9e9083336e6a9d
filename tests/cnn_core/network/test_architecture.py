"""Architectures: what can be built, what is refused, and the layer table."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from cnn_core.errors import ArchitectureError
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from tests.support.strategies import architectures


class TestPresets:
    @pytest.mark.parametrize(
        ("architecture", "parameters"), [(BASELINE, 32_906), (IMPROVED, 98_442)]
    )
    def test_parameters(self, architecture: Architecture, parameters: int) -> None:
        """The totals are those of the network that this project explains."""
        assert architecture.parameters == parameters

    def test_baseline_sizes(self) -> None:
        """Without padding the maps shrink 28 → 26 → 13 → 11 → 5 → 3 → 1."""
        shapes = [layer.output_shape for layer in BASELINE.layers()]

        assert [shape[0] for shape in shapes if len(shape) == 3] == [28, 26, 13, 11, 5, 3, 1]

    def test_improved_sizes(self) -> None:
        """With padding only the pools shrink them."""
        shapes = [layer.output_shape for layer in IMPROVED.layers()]

        assert [shape[0] for shape in shapes if len(shape) == 3] == [28, 28, 14, 14, 7, 7, 3]

    @pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
    def test_layers_in_order(self, architecture: Architecture) -> None:
        """With the input they are the eleven layers of the design."""
        names = [layer.name for layer in architecture.layers()]

        assert names == [
            *("rescaling", "conv1", "pool1", "conv2", "pool2", "conv3", "pool3"),
            *("flatten", "dense", "dropout", "output"),
        ]


class TestLayerTable:
    @pytest.mark.parametrize(
        ("name", "formula"),
        [
            ("conv1", "3·3·1·16 + 16"),
            ("conv2", "3·3·16·32 + 32"),
            ("pool2", ""),
            ("dense", "64·128 + 128"),
            ("output", "128·10 + 10"),
        ],
    )
    def test_formula(self, name: str, formula: str) -> None:
        """Each row says where its parameters come from."""
        rows = {layer.name: layer for layer in BASELINE.layers()}

        assert rows[name].formula == formula

    @given(architecture=architectures())
    def test_formula_gives_the_parameters(self, architecture: Architecture) -> None:
        """Who computes the formula gets the number beside it."""
        for layer in architecture.layers():
            if layer.formula:
                product, bias = layer.formula.split(" + ")
                total = int(bias)
                factors = 1
                for factor in product.split("·"):
                    factors *= int(factor)
                assert layer.parameters == factors + total
            else:
                assert layer.parameters == 0

    @settings(max_examples=15)
    @given(architecture=architectures())
    def test_equals_keras(self, keras: Any, architecture: Architecture) -> None:
        """Names, output shapes and parameter counts are those of the Keras model."""
        model = architecture.to_keras()

        assert [
            (layer.name, layer.output_shape, layer.parameters) for layer in architecture.layers()
        ] == [(layer.name, layer.output.shape[1:], layer.count_params()) for layer in model.layers]
        assert architecture.parameters == model.count_params()

    @settings(max_examples=15)
    @given(architecture=architectures())
    def test_weight_shapes_equal_keras(self, keras: Any, architecture: Architecture) -> None:
        """Kernel and bias of every layer have the shapes that Keras gives them."""
        model = architecture.to_keras()

        assert architecture.weight_shapes() == {
            layer.name: tuple(tuple(weight.shape) for weight in layer.weights)
            for layer in model.layers
            if layer.weights
        }

    @pytest.mark.parametrize("architecture", [BASELINE, IMPROVED])
    def test_keras_settings(self, keras: Any, architecture: Architecture) -> None:
        """What shapes do not show, activations, dropout and rescaling, is in the model too."""
        configs = {layer.name: layer.get_config() for layer in architecture.to_keras().layers}

        assert configs["rescaling"]["scale"] == 1 / 255
        assert {configs[name]["activation"] for name in ("conv1", "conv2", "conv3", "dense")} == {
            "relu"
        }
        assert configs["dropout"]["rate"] == 0.2
        assert configs["output"]["activation"] == "softmax"


class TestRefused:
    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"filters": ()}, "1 to 5 convolutions"),
            ({"filters": (1,) * 6, "padding": "same"}, "1 to 5 convolutions"),
            ({"filters": [16]}, "1 to 5 convolutions"),
            ({"filters": (16, 0)}, "filters of convolution 2 is a whole number from 1 to 256"),
            ({"filters": (257,)}, "filters of convolution 1 is a whole number from 1 to 256"),
            ({"filters": (1.5,)}, "not 1.5"),
            ({"filters": (True,)}, "not True"),
            ({"kernel_size": 0}, "kernel size is a whole number from 1 to 11, not 0"),
            ({"kernel_size": 12}, "kernel size is a whole number from 1 to 11, not 12"),
            ({"padding": "full"}, "Padding is “valid” or “same”, not 'full'"),
            ({"dense_units": 0}, "Hidden units is a whole number from 1 to 1,024, not 0"),
            ({"dense_units": 1025}, "Hidden units is a whole number from 1 to 1,024, not 1025"),
            ({"dropout": 0.95}, "Dropout is a number from 0 to 0.9, not 0.95"),
            ({"dropout": -0.1}, "Dropout is a number from 0 to 0.9, not -0.1"),
            ({"dropout": float("nan")}, "Dropout is a number, not nan"),
            ({"dropout": 10**400}, "Dropout is a number from 0 to 0.9"),
            ({"dropout": "0.2"}, "Dropout is a number, not '0.2'"),
        ],
    )
    def test_absurd_values(self, values: dict[str, Any], reason: str) -> None:
        """A value that makes no sense is refused, and the message says what would."""
        with pytest.raises(ArchitectureError, match=reason):
            Architecture(**values)

    def test_kernel_that_does_not_fit(self) -> None:
        """A kernel larger than the maps it is handed is refused, with both sizes."""
        with pytest.raises(
            ArchitectureError, match="Convolution 3 is handed maps of 4×4, and a kernel of 5×5"
        ):
            Architecture(filters=(8, 8, 8), kernel_size=5)

    def test_maps_that_shrink_to_nothing(self) -> None:
        """A pool that would leave less than one value is refused, with the size it is handed."""
        with pytest.raises(ArchitectureError, match="Pooling 5 is handed maps of 1×1"):
            Architecture(filters=(8,) * 5, padding="same")

    def test_too_many_parameters(self) -> None:
        """A network too large to train here is refused, with its size."""
        with pytest.raises(ArchitectureError, match="would have 51,394,058 parameters"):
            Architecture(filters=(256,), padding="same", dense_units=1024)

    def test_largest_that_is_possible(self) -> None:
        """The limits themselves are allowed."""
        widest = Architecture(filters=(256, 1), kernel_size=7, dense_units=1024, dropout=0.9)
        deepest = Architecture(filters=(1,) * 4, kernel_size=11, padding="same", dropout=0)

        assert widest.layers()[1].output_shape == (22, 22, 256)
        assert deepest.layers()[-4].output_shape == (1,)


class TestDict:
    @given(architecture=architectures())
    def test_round_trip(self, architecture: Architecture) -> None:
        """What is written as JSON is read back as the same architecture."""
        text = json.dumps(architecture.to_dict())

        assert Architecture.from_dict(json.loads(text)) == architecture

    def test_left_out_is_default(self) -> None:
        """What is left out has its default."""
        assert Architecture.from_dict({"padding": "same"}) == IMPROVED

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"layers": 3, "depth": 4}, "has no depth, layers"),
            ({"filters": "16"}, "Filters are a list of numbers, not '16'"),
            ({"filters": ["16"]}, "not '16'"),
            ({"kernel_size": None}, "not None"),
            ([], "is a set of named values"),
            (None, "is a set of named values"),
        ],
    )
    def test_anything_else(self, values: Any, reason: str) -> None:
        """What `to_dict` would not write is refused with the reason."""
        with pytest.raises(ArchitectureError, match=reason):
            Architecture.from_dict(values)
