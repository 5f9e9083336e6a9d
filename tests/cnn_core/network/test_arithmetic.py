"""The arithmetic of each layer: equal to Keras, and with the properties that mathematics gives it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.network.arithmetic import (
    Array,
    Padding,
    average_pool,
    conv2d,
    dense,
    max_pool,
    output_size,
    pad,
    padding_widths,
    relu,
    softmax,
    window_size,
    windows,
)

# Sums of small whole numbers are exact in float32, in whatever order they are added: with them
# two ways to compute the same thing agree to the last bit.
whole_numbers = st.integers(-8, 8)
sizes = st.integers(1, 12)
paddings: st.SearchStrategy[Padding] = st.sampled_from(["valid", "same", 0, 1, 2, 3])


def whole(*shape: int) -> st.SearchStrategy[Array]:
    """Arrays of that shape with small whole numbers."""
    return arrays(np.float32, shape, elements=whole_numbers)


@st.composite
def feature_maps(draw: st.DrawFn, least_size: int = 1) -> Array:
    """A few maps of any size, not only square ones."""
    side = st.integers(least_size, 12)
    shape = (draw(st.integers(1, 3)), draw(side), draw(side), draw(st.integers(1, 3)))
    return draw(whole(*shape))


class Convolution(NamedTuple):
    maps: Array
    kernels: Array
    bias: Array
    stride: int
    padding: Padding
    dilation: int


@st.composite
def convolutions(draw: st.DrawFn) -> Convolution:
    """Arguments of conv2d that fit together; as in Keras, not strided and dilated at once."""
    maps = draw(feature_maps())
    kernel_size, filters = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    stride = draw(st.integers(1, 3))
    dilation = 1 if stride > 1 else draw(st.integers(1, 3))
    padding = draw(paddings)
    for size in maps.shape[1:3]:
        room = size + sum(padding_widths(size, kernel_size, stride, padding, dilation))
        assume(window_size(kernel_size, dilation) <= room)
    return Convolution(
        maps,
        draw(whole(kernel_size, kernel_size, maps.shape[3], filters)),
        draw(whole(filters)),
        stride,
        padding,
        dilation,
    )


class Pooling(NamedTuple):
    maps: Array
    size: int
    stride: int | None


@st.composite
def poolings(draw: st.DrawFn) -> Pooling:
    """Arguments of max_pool and average_pool that fit together."""
    size = draw(st.integers(1, 4))
    return Pooling(draw(feature_maps(least_size=size)), size, draw(st.none() | st.integers(1, 4)))


class TestAgainstKeras:
    @given(given_=convolutions())
    def test_conv2d(self, keras: Any, given_: Convolution) -> None:
        """Conv2D gives the same for every shape, stride, padding and dilation."""
        maps, padding = given_.maps, given_.padding
        if isinstance(padding, int):
            maps = keras.layers.ZeroPadding2D(padding)(maps)
            padding = "valid"
        layer = keras.layers.Conv2D(
            given_.kernels.shape[3],
            given_.kernels.shape[0],
            strides=given_.stride,
            padding=padding,
            dilation_rate=given_.dilation,
        )
        layer.build(maps.shape)
        layer.set_weights([given_.kernels, given_.bias])

        np.testing.assert_allclose(conv2d(*given_), np.asarray(layer(maps)), atol=1e-4)

    @given(given_=poolings())
    def test_max_pool(self, keras: Any, given_: Pooling) -> None:
        """MaxPooling2D gives the same for every shape, size and stride."""
        layer = keras.layers.MaxPooling2D(given_.size, strides=given_.stride)

        np.testing.assert_array_equal(max_pool(*given_), np.asarray(layer(given_.maps)))

    @given(given_=poolings())
    def test_average_pool(self, keras: Any, given_: Pooling) -> None:
        """AveragePooling2D gives the same for every shape, size and stride."""
        layer = keras.layers.AveragePooling2D(given_.size, strides=given_.stride)
        expected = np.asarray(layer(given_.maps))

        np.testing.assert_allclose(average_pool(*given_), expected, atol=1e-6)

    @given(data=st.data(), n=st.integers(0, 4), inputs=sizes, units=sizes)
    def test_dense(self, keras: Any, data: st.DataObject, n: int, inputs: int, units: int) -> None:
        """Dense gives the same."""
        values = data.draw(whole(n, inputs))
        weights, bias = data.draw(whole(inputs, units)), data.draw(whole(units))
        layer = keras.layers.Dense(units)
        layer.build((None, inputs))
        layer.set_weights([weights, bias])

        np.testing.assert_array_equal(dense(values, weights, bias), np.asarray(layer(values)))

    @given(logits=arrays(np.float32, (3, 10), elements=st.floats(-200, 200, width=32)))
    def test_softmax(self, keras: Any, logits: Array) -> None:
        """Softmax gives the same, for logits far beyond what e^z can hold too."""
        expected = np.asarray(keras.ops.softmax(logits))

        np.testing.assert_allclose(softmax(logits), expected, rtol=1e-5, atol=1e-30)

    @given(values=whole(2, 5))
    def test_relu(self, keras: Any, values: Array) -> None:
        """ReLU gives the same."""
        np.testing.assert_array_equal(relu(values), np.asarray(keras.ops.relu(values)))


class TestConv2d:
    def test_worked_example(self) -> None:
        """A sum that a reader can redo by hand comes out."""
        maps = np.arange(9, dtype=np.float32).reshape(1, 3, 3, 1)
        kernel = np.array([[1, 0], [0, -1]], np.float32).reshape(2, 2, 1, 1)

        result = conv2d(maps, kernel, np.array([10], np.float32))

        # The first is 1·0 + 0·1 + 0·3 − 1·4 + 10.
        assert result.reshape(2, 2).tolist() == [[6, 6], [6, 6]]

    @given(given_=convolutions())
    def test_is_the_sum_written_out(self, given_: Convolution) -> None:
        """Each value is bias plus the products of one window and one kernel, and nothing else."""
        maps, kernels, bias, stride, padding, dilation = given_
        size = kernels.shape[0]
        padded = pad(maps, size, stride, padding, dilation)
        result = conv2d(*given_)
        for row, column in np.ndindex(result.shape[1:3]):
            top, left = row * stride, column * stride
            rows = slice(top, top + window_size(size, dilation), dilation)
            columns = slice(left, left + window_size(size, dilation), dilation)
            expected = np.einsum("nijc,ijcf->nf", padded[:, rows, columns], kernels) + bias
            np.testing.assert_array_equal(result[:, row, column], expected)

    @given(given_=convolutions(), factor=whole_numbers, data=st.data())
    def test_is_linear(self, given_: Convolution, factor: int, data: st.DataObject) -> None:
        """Without bias, a sum of images gives the sum of their maps, a multiple the multiple."""
        given_ = given_._replace(bias=np.zeros_like(given_.bias))
        other = data.draw(whole(*given_.maps.shape))
        together = given_._replace(maps=factor * given_.maps + other)

        expected = factor * conv2d(*given_) + conv2d(*given_._replace(maps=other))
        np.testing.assert_array_equal(conv2d(*together), expected)

    @given(maps=feature_maps(least_size=5), kernels=st.data(), steps=st.integers(1, 2))
    def test_moves_with_its_input(self, maps: Array, kernels: st.DataObject, steps: int) -> None:
        """An image that moves moves its feature maps by as much, and changes nothing else."""
        weights = kernels.draw(whole(3, 3, maps.shape[3], 2))
        bias = kernels.draw(whole(2))

        moved = conv2d(maps[:, steps:, steps:], weights, bias)

        np.testing.assert_array_equal(moved, conv2d(maps, weights, bias)[:, steps:, steps:])

    @given(given_=convolutions())
    def test_stride_leaves_places_out(self, given_: Convolution) -> None:
        """A stride gives every so-manieth value of the stride 1."""
        assume(given_.padding != "same")  # Which pads a strided convolution differently.
        every = conv2d(*given_._replace(stride=1))
        step = given_.stride

        np.testing.assert_array_equal(conv2d(*given_), every[:, ::step, ::step])

    @given(given_=convolutions())
    def test_dilation_is_a_kernel_with_holes(self, given_: Convolution) -> None:
        """A dilated kernel is a larger one with zeros between its weights."""
        kernels, dilation = given_.kernels, given_.dilation
        span = window_size(kernels.shape[0], dilation)
        spread = np.zeros((span, span, *kernels.shape[2:]), np.float32)
        spread[::dilation, ::dilation] = kernels

        with_holes = given_._replace(kernels=spread, dilation=1)

        np.testing.assert_array_equal(conv2d(*given_), conv2d(*with_holes))

    @given(maps=feature_maps())
    def test_kernel_of_one_returns_its_input(self, maps: Array) -> None:
        """The kernel that is 1 in its middle and for its own channel changes nothing."""
        channels = maps.shape[3]
        kernels = np.zeros((3, 3, channels, channels), np.float32)
        kernels[1, 1] = np.eye(channels)

        result = conv2d(maps, kernels, np.zeros(channels, np.float32), padding="same")

        np.testing.assert_array_equal(result, maps)

    def test_kernel_larger_than_its_input(self) -> None:
        """A kernel that fits nowhere is an error, not an empty map."""
        maps, kernels = np.zeros((1, 2, 2, 1), np.float32), np.zeros((3, 3, 1, 1), np.float32)

        with pytest.raises(ValueError, match="window shape cannot be larger"):
            conv2d(maps, kernels, np.zeros(1, np.float32))

    @given(given_=convolutions())
    def test_stays_float32(self, given_: Convolution) -> None:
        """Nothing is computed in a precision that Keras does not use."""
        assert conv2d(*given_).dtype == np.float32


class TestSizes:
    @given(
        size=sizes,
        kernel=sizes,
        stride=st.integers(1, 4),
        padding=paddings,
        dilation=st.integers(1, 3),
    )
    def test_output_size_counts_places(
        self, size: int, kernel: int, stride: int, padding: Padding, dilation: int
    ) -> None:
        """The formula gives how many places a window has when it is slid step by step."""
        before, after = padding_widths(size, kernel, stride, padding, dilation)
        room, window = before + size + after, (kernel - 1) * dilation + 1
        places = [start for start in range(0, room, stride) if start + window <= room]

        if places:
            assert len(places) == output_size(size, kernel, stride, padding, dilation)
        else:
            with pytest.raises(ValueError, match=f"a window of {window} does not fit into {room}"):
                output_size(size, kernel, stride, padding, dilation)

    @given(size=sizes, kernel=sizes, stride=st.integers(1, 4), dilation=st.integers(1, 3))
    def test_same(self, size: int, kernel: int, stride: int, dilation: int) -> None:
        """Same keeps the size, over the stride, whatever the kernel; an odd zero goes after."""
        before, after = padding_widths(size, kernel, stride, "same", dilation)

        assert -(-size // stride) == output_size(size, kernel, stride, "same", dilation)
        assert after - before in (0, 1)

    @given(maps=feature_maps(), kernel=sizes, padding=paddings)
    def test_pad(self, maps: Array, kernel: int, padding: Padding) -> None:
        """Padding surrounds the maps with zeros and leaves them as they are."""
        (top, bottom), (left, right) = (
            padding_widths(size, kernel, 1, padding) for size in maps.shape[1:3]
        )
        padded = pad(maps, kernel, 1, padding)
        rows, columns = padded.shape[1:3]

        inside = padded[:, top : rows - bottom, left : columns - right]
        np.testing.assert_array_equal(inside, maps)
        assert np.abs(padded).sum() == np.abs(maps).sum()


class TestWindows:
    @given(maps=feature_maps(least_size=4), stride=st.integers(1, 3))
    def test_each_is_a_piece_of_its_input(self, maps: Array, stride: int) -> None:
        """The window at a place is what a slice of the maps there would be."""
        every = windows(maps, 3, stride)

        for row, column in np.ndindex(every.shape[1:3]):
            top, left = row * stride, column * stride
            piece = maps[:, top : top + 3, left : left + 3]
            np.testing.assert_array_equal(every[:, row, column], piece.transpose(0, 3, 1, 2))

    def test_copies_nothing(self) -> None:
        """However large the kernel, the windows take no memory of their own."""
        maps = np.zeros((1, 12, 12, 1), np.float32)

        assert np.shares_memory(maps, windows(maps, 5))


class TestPooling:
    @given(given_=poolings())
    def test_max_pool_is_the_largest_of_each_window(self, given_: Pooling) -> None:
        """Each value is the largest of its window, and no window reaches over the edge."""
        maps, size, stride = given_

        expected = windows(maps, size, stride or size).max(axis=(-2, -1))

        np.testing.assert_array_equal(max_pool(*given_), expected)

    @given(given_=poolings())
    def test_max_pool_and_relu_can_change_places(self, given_: Pooling) -> None:
        """The largest survivor is the survivor of the largest."""
        first_relu = max_pool(relu(given_.maps), given_.size, given_.stride)

        np.testing.assert_array_equal(first_relu, relu(max_pool(*given_)))

    @given(given_=poolings())
    def test_average_pool_is_a_convolution(self, given_: Pooling) -> None:
        """Averaging is convolving each channel with a kernel of equal weights."""
        maps, size, stride = given_
        channels = maps.shape[3]
        kernels = np.zeros((size, size, channels, channels), np.float32)
        kernels[:, :] = np.eye(channels) / size**2

        expected = conv2d(maps, kernels, np.zeros(channels, np.float32), stride or size)

        np.testing.assert_allclose(average_pool(*given_), expected, atol=1e-5)

    @given(given_=poolings())
    def test_average_is_at_most_the_largest(self, given_: Pooling) -> None:
        """A mean never exceeds the maximum of the same window."""
        assert (average_pool(*given_) <= max_pool(*given_) + 1e-6).all()

    @pytest.mark.parametrize("pool", [max_pool, average_pool])
    def test_window_larger_than_its_input(self, pool: Any) -> None:
        """A window that fits nowhere is an error, not an empty map."""
        with pytest.raises(ValueError, match="window shape cannot be larger"):
            pool(np.zeros((1, 3, 3, 1), np.float32), 4)

    @given(given_=poolings())
    def test_stay_float32(self, given_: Pooling) -> None:
        """Nothing is computed in a precision that Keras does not use."""
        assert max_pool(*given_).dtype == average_pool(*given_).dtype == np.float32


class TestSoftmax:
    logits = arrays(np.float32, 10, elements=st.floats(-1e4, 1e4, width=32))

    @given(logits=logits)
    def test_is_a_distribution(self, logits: Array) -> None:
        """Probabilities are from 0 to 1 and sum to 1, however large the logits are."""
        probabilities = softmax(logits)

        assert ((probabilities >= 0) & (probabilities <= 1)).all()
        assert probabilities.sum() == pytest.approx(1, abs=1e-5)

    @given(logits=logits)
    def test_keeps_the_order(self, logits: Array) -> None:
        """A larger logit never has the smaller probability."""
        assert (np.diff(softmax(logits)[np.argsort(logits)]) >= 0).all()

    @given(logits=whole(10), offset=st.integers(-1000, 1000))
    def test_only_differences_count(self, logits: Array, offset: int) -> None:
        """The same added to every logit changes nothing."""
        np.testing.assert_array_equal(softmax(logits), softmax(logits + np.float32(offset)))


class TestRelu:
    @given(values=whole(3, 4))
    def test_keeps_what_is_positive(self, values: Array) -> None:
        """Positive values pass, all others become 0, and a second time changes nothing."""
        result = relu(values)

        assert (result[values > 0] == values[values > 0]).all()
        assert (result[values <= 0] == 0).all()
        np.testing.assert_array_equal(relu(result), result)
