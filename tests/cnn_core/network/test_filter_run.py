"""What the sliding window shows is what Keras computes, layer by layer and channel by channel."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.network.arithmetic import Array, Padding
from cnn_core.network.filter_run import contributions, run_filter, run_layer, run_pool
from tests.support.networks import random_network


class Case(NamedTuple):
    maps: Array
    kernel: Array
    bias: float
    stride: int
    padding: Padding
    dilation: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A filter over maps that it fits; as in Keras, not strided and dilated at once."""
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    height, width = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    channels, size = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    stride, dilation = draw(st.sampled_from([(1, 1), (2, 1), (3, 1), (1, 2), (1, 3)]))
    padding: Padding = draw(st.sampled_from(["valid", "same", 0, 1, 2, 3]))
    room = min(height, width) + (2 * padding if isinstance(padding, int) else 0)
    assume(padding == "same" or dilation * (size - 1) + 1 <= room)
    return Case(
        rng.normal(size=(height, width, channels)).astype(np.float32),
        rng.normal(size=(size, size, channels)).astype(np.float32),
        float(np.float32(rng.normal())),
        stride,
        padding,
        dilation,
    )


def through_keras(
    keras: Any, layer: Any, maps: Array, padding: Padding, weights: list[Array]
) -> Array:
    """What a Keras layer makes of maps (height, width, channels), zeros added around them first."""
    batch = keras.ops.convert_to_tensor(maps[np.newaxis])
    if isinstance(padding, int):
        batch = keras.layers.ZeroPadding2D(padding)(batch)
    layer.build(batch.shape)
    layer.set_weights(weights)
    result: Array = keras.ops.convert_to_numpy(layer(batch))[0]
    return result


def keras_padding(padding: Padding) -> str:
    return "same" if padding == "same" else "valid"


@given(case=cases())
@settings(max_examples=30)
def test_contributions_are_a_depthwise_convolution(case: Case, keras: Any) -> None:
    """What each channel adds is what DepthwiseConv2D makes of it."""
    layer = keras.layers.DepthwiseConv2D(
        case.kernel.shape[0],
        strides=case.stride,
        padding=keras_padding(case.padding),
        dilation_rate=case.dilation,
        use_bias=False,
    )
    expected = through_keras(keras, layer, case.maps, case.padding, [case.kernel[..., np.newaxis]])

    found = contributions(
        case.maps[np.newaxis], case.kernel, case.stride, case.padding, case.dilation
    )
    np.testing.assert_allclose(found[0], expected, atol=1e-5)


@given(case=cases(), rectified=st.booleans())
@settings(max_examples=30)
def test_a_filter_is_a_convolution(case: Case, rectified: bool, keras: Any) -> None:
    """The output of a run is what Conv2D computes; contributions and bias add up to its sums."""
    layer = keras.layers.Conv2D(
        1,
        case.kernel.shape[0],
        strides=case.stride,
        padding=keras_padding(case.padding),
        dilation_rate=case.dilation,
        activation="relu" if rectified else None,
    )
    weights = [case.kernel[..., np.newaxis], np.array([case.bias], np.float32)]
    expected = through_keras(keras, layer, case.maps, case.padding, weights)

    run = run_filter(*case, rectified)

    np.testing.assert_allclose(run.output, expected[..., 0], atol=1e-5)
    np.testing.assert_allclose(run.totals + case.bias, run.sums, atol=1e-5)
    assert (run.rows.outputs, run.columns.outputs) == run.output.shape


@given(
    height=st.integers(3, 12),
    width=st.integers(3, 12),
    size=st.integers(1, 3),
    stride=st.integers(1, 4),
    kind=st.sampled_from(["max", "average"]),
    seed=st.integers(0, 2**16),
)
@settings(max_examples=30)
def test_a_pool_is_the_keras_layer(
    height: int, width: int, size: int, stride: int, kind: Any, seed: int, keras: Any
) -> None:
    """The output of a run is what MaxPooling2D or AveragePooling2D computes."""
    values = np.random.default_rng(seed).normal(size=(height, width)).astype(np.float32)
    name = {"max": "MaxPooling2D", "average": "AveragePooling2D"}[kind]
    layer = getattr(keras.layers, name)(size, strides=stride)
    expected = keras.ops.convert_to_numpy(layer(values[np.newaxis, ..., np.newaxis]))[0, ..., 0]

    run = run_pool(values, size, stride, kind)

    np.testing.assert_allclose(run.output, expected, atol=1e-6)
    assert (run.rows.outputs, run.columns.outputs) == run.output.shape


@pytest.mark.parametrize("architecture", [BASELINE, IMPROVED], ids=["baseline", "improved"])
def test_a_layer_run_is_the_network_itself(architecture: Architecture, mnist: Mnist) -> None:
    """Every filter that is shown at work puts out, to the last bit, the network's feature map."""
    network, image = random_network(architecture), mnist.test.images[42]
    outputs = {name: v[0] for name, v in network.activations(image[np.newaxis]).items()}

    for layer, before in (("conv1", "rescaling"), ("conv2", "pool1"), ("conv3", "pool2")):
        for unit in (0, 7, 15):
            run = run_layer(network, layer, unit, outputs[before])
            np.testing.assert_array_equal(run.output, outputs[layer][..., unit])
            np.testing.assert_allclose(run.totals + run.bias, run.sums, atol=1e-5)


def test_a_window_that_does_not_fit_is_refused() -> None:
    """A kernel larger than its input is a ValueError, not an empty output."""
    with pytest.raises(ValueError, match="does not fit"):
        run_filter(np.zeros((4, 4, 1), np.float32), np.zeros((5, 5, 1), np.float32))
