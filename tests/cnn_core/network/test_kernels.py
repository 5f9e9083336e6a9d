"""The ready-made kernels do what their sentences say."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.filter_run import run_filter, run_pool
from cnn_core.network.kernels import (
    KERNEL_SIZES,
    KERNELS,
    PAPER_IMAGE,
    PAPER_MAP,
    NamedKernel,
    flip,
    kernel_named,
    prewitt,
    resize,
)

every_kernel = pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
every_size = pytest.mark.parametrize("size", KERNEL_SIZES)


def output(name: str, image: np.ndarray, size: int = 3) -> np.ndarray:
    """What a kernel makes of an image (rows, columns), padded so that it keeps its size."""
    weights = kernel_named(name).weights(size)[..., np.newaxis]
    return run_filter(image[..., np.newaxis].astype(np.float32), weights, padding="same").output


@every_kernel
@every_size
def test_has_weights_for_every_size(kernel: NamedKernel, size: int) -> None:
    """Every ready-made kernel is float32 and of the size asked for."""
    weights = kernel.weights(size)

    assert weights.shape == (size, size)
    assert weights.dtype == np.float32


@every_size
@pytest.mark.parametrize("name", ["identity", "blur", "gaussian", "sharpen", "emboss"])
def test_keeps_brightness(name: str, size: int) -> None:
    """Kernels that show the image again, one way or another, have weights that sum to 1."""
    assert kernel_named(name).weights(size).sum() == pytest.approx(1, abs=1e-6)


@every_size
@pytest.mark.parametrize(
    "name", ["outline", "laplacian", "sobel-right", "sobel-left", "sobel-down", "sobel-up"]
)
def test_sees_nothing_in_an_even_area(name: str, size: int) -> None:
    """Kernels that look for edges have weights that sum to 0."""
    assert kernel_named(name).weights(size).sum() == 0


def test_identity_changes_nothing() -> None:
    """The output of the identity is the image."""
    np.testing.assert_array_equal(output("identity", PAPER_IMAGE), PAPER_IMAGE)


def test_blur_is_the_mean() -> None:
    """In the middle of a 3×3 image stands the mean of all nine pixels."""
    image = np.arange(9, dtype=np.float32).reshape(3, 3)

    assert output("blur", image)[1, 1] == pytest.approx(4)


@pytest.mark.parametrize(
    ("name", "down", "right"),
    [("sobel-right", 0, 1), ("sobel-left", 0, -1), ("sobel-down", 1, 0), ("sobel-up", -1, 0)],
)
@every_size
def test_sobel_is_positive_where_it_gets_brighter_that_way(
    name: str, down: int, right: int, size: int
) -> None:
    """On a slope that rises in the kernel's direction, and only there, it is positive."""
    rows, columns = np.indices((9, 9))
    slope = (down * rows + right * columns).astype(np.float32)

    assert output(name, slope, size)[4, 4] > 0
    assert output(name, -slope, size)[4, 4] < 0
    assert output(name, (right * rows + down * columns).astype(np.float32), size)[4, 4] == 0


def test_known_kernels() -> None:
    """Kernels that textbooks print are the ones that they print."""
    np.testing.assert_array_equal(
        kernel_named("sobel-right").weights(3), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    )
    np.testing.assert_array_equal(
        kernel_named("laplacian").weights(3), [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    )
    np.testing.assert_array_equal(
        kernel_named("sharpen").weights(3), [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    )
    np.testing.assert_array_equal(
        kernel_named("outline").weights(3), [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
    )
    np.testing.assert_array_equal(
        kernel_named("emboss").weights(3), [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
    )
    np.testing.assert_array_equal(
        kernel_named("gaussian").weights(3) * 16, [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    )


def test_an_unknown_kernel_is_refused() -> None:
    """A name that no kernel has is a KeyError."""
    with pytest.raises(KeyError):
        kernel_named("sobel")


def test_flip_turns_by_half_a_turn() -> None:
    """Flipping twice gives the kernel back; Sobel turns into its negative."""
    sobel = kernel_named("sobel-right").weights(3)

    np.testing.assert_array_equal(flip(sobel), -sobel)
    np.testing.assert_array_equal(flip(flip(sobel)), sobel)


def test_resize_keeps_the_middle() -> None:
    """Made larger and smaller again, a kernel is what it was; the new weights are 0."""
    kernel = np.arange(9, dtype=np.float32).reshape(3, 3)
    large = resize(kernel, 7)

    assert large.sum() == kernel.sum()
    np.testing.assert_array_equal(resize(large, 3), kernel)


def test_the_examples_on_paper_are_small_whole_numbers() -> None:
    """What a visitor is asked to compute in the head can be computed in the head."""
    convolved = run_filter(PAPER_IMAGE[..., np.newaxis], prewitt(3)[..., np.newaxis]).output
    pooled = run_pool(PAPER_MAP).output

    assert convolved.shape == pooled.shape == (3, 3)
    for cells in (convolved, pooled):
        np.testing.assert_array_equal(cells, np.round(cells))
        assert np.abs(cells).max() < 10
    assert len(np.unique(convolved)) > 4, "one guess should not fit most of the cells"
