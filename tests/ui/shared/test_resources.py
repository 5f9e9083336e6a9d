"""What all visitors share is computed once and cannot be changed by one of them."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from cnn_core.data.digit import drawn_digit, mnist_digit
from cnn_core.network.network import Network
from ui.shared.resources import activations, mnist, network, trainings


def test_a_digit_goes_through_a_network_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks again, with the digit read anew, has the same arrays."""
    trained = network("baseline")
    passes: list[int] = []
    forward = Network.activations

    def counted(
        self: Network, images: np.typing.NDArray[np.uint8]
    ) -> dict[str, np.typing.NDArray[np.float32]]:
        passes.append(len(images))
        return forward(self, images)

    monkeypatch.setattr(Network, "activations", counted)
    first = activations(trained, mnist_digit(mnist(), "test", 9_999))
    again = activations(trained, mnist_digit(mnist(), "test", 9_999))

    assert passes == [1]
    assert again is first


@pytest.mark.parametrize("is_drawing", [False, True])
def test_they_are_what_the_network_computes(is_drawing: bool) -> None:
    """Layer by layer and to the last bit, for a digit of MNIST and for a drawing."""
    digit = mnist_digit(mnist(), "test", 77)
    if is_drawing:
        digit = drawn_digit(255 - digit.image)
    for name in ("baseline", "improved"):
        outputs = activations(network(name), digit)
        for layer, values in network(name).activations(digit.image[np.newaxis]).items():
            np.testing.assert_array_equal(outputs[layer], values[0])


def test_nobody_writes_into_what_is_shared() -> None:
    """Arrays that others see too are read-only."""
    outputs = activations(network("baseline"), mnist_digit(mnist(), "test", 3))

    with pytest.raises(ValueError, match="read-only"):
        outputs["conv1"][0, 0, 0] = 1


def test_no_cache_holds_the_trainings() -> None:
    """The message by which any visitor may empty Streamlit's caches leaves them alone."""
    before = trainings()
    st.cache_resource.clear()
    assert trainings() is before
