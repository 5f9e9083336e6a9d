"""Digits and their names in the address."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit, mnist_digit, neighbour, parse_digit
from cnn_core.errors import DigitNameError

images = arrays(np.uint8, (28, 28))


def link(content: bytes) -> str:
    """The name that a drawing of this content would have in the address."""
    return "draw-" + base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


class TestMnistDigit:
    def test_is_the_image_at_that_place(self, mnist: Mnist) -> None:
        """A digit has the image, the label and the name of its place."""
        digit = mnist_digit(mnist, "test", 42)

        assert digit.name == "test-42"
        assert mnist.test.labels[42] == digit.label
        assert np.array_equal(mnist.test.images[42], digit.image)
        assert not digit.is_drawing

    @pytest.mark.parametrize(
        ("split", "position", "title"),
        [("test", 42, "Test digit 42"), ("train", 59_999, "Training digit 59,999")],
    )
    def test_title(self, mnist: Mnist, split: str, position: int, title: str) -> None:
        """Its title names split and position for people."""
        assert title == parse_digit(f"{split}-{position}", mnist).title

    @pytest.mark.parametrize("position", [-1, 10_000])
    def test_no_such_position(self, mnist: Mnist, position: int) -> None:
        """A place past the ends is refused, and the message says where the ends are."""
        with pytest.raises(DigitNameError, match="from test-0 to test-9999"):
            mnist_digit(mnist, "test", position)


class TestNeighbour:
    @pytest.mark.parametrize(
        ("name", "step", "found"),
        [
            ("test-42", 1, "test-43"),
            ("train-42", -1, "train-41"),
            ("test-9999", 1, "test-0"),
            ("train-0", -1, "train-59999"),
        ],
    )
    def test_goes_round(self, mnist: Mnist, name: str, step: int, found: str) -> None:
        """Steps go through the split and past either end to the other."""
        assert found == neighbour(parse_digit(name, mnist), step, mnist).name

    def test_of_a_drawing(self, mnist: Mnist) -> None:
        """A drawing has no neighbours."""
        drawing = drawn_digit(np.zeros((28, 28), np.uint8))

        with pytest.raises(DigitNameError, match="no neighbours"):
            neighbour(drawing, 1, mnist)


class TestDrawnDigit:
    @given(image=images)
    def test_round_trip(self, mnist: Mnist, image: NDArray[np.uint8]) -> None:
        """Any image comes back from its name, pixel for pixel."""
        drawing = drawn_digit(image)
        returned = parse_digit(drawing.name, mnist)

        assert np.array_equal(image, returned.image)
        assert drawing.name == returned.name

    def test_longest_name(self, mnist: Mnist) -> None:
        """Noise, which deflates to more than it was, still has a name that is read back."""
        noise = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)

        assert np.array_equal(noise, parse_digit(drawn_digit(noise).name, mnist).image)

    def test_is_a_drawing(self) -> None:
        """A drawing says so, and has no label."""
        drawing = drawn_digit(np.zeros((28, 28), np.uint8))

        assert drawing.is_drawing
        assert drawing.label is None
        assert drawing.title == "A drawing"
        assert drawn_digit(drawing.image, is_own=True).title == "Your drawing"

    def test_keeps_its_own_pixels(self) -> None:
        """A drawing does not change when the array it was made from does, nor by itself."""
        image = np.zeros((28, 28), np.uint8)
        drawing = drawn_digit(image)
        image[:] = 255

        assert drawing.image.max() == 0
        with pytest.raises(ValueError, match="read-only"):
            drawing.image[0, 0] = 1

    @given(image=images)
    def test_name_needs_no_escaping(self, image: NDArray[np.uint8]) -> None:
        """A name can stand in an address as it is."""
        alphabet = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")

        assert set(drawn_digit(image).name) <= alphabet


class TestParseDigit:
    @given(split=st.sampled_from(["train", "test"]), position=st.integers(0, 9_999))
    def test_round_trip(self, mnist: Mnist, split: str, position: int) -> None:
        """Every place of MNIST is named by what its digit is called."""
        assert f"{split}-{position}" == parse_digit(f"{split}-{position}", mnist).name

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "test",
            "test-",
            "test-007",
            "test--1",
            "test-1.0",
            "test-1 ",
            "test-٤٢",
            "TEST-1",
            "valid-1",
            "test-1/../../etc/passwd",
            "draw-",
            "draw-<script>",
        ],
    )
    def test_malformed(self, mnist: Mnist, name: str) -> None:
        """What names no digit is refused with how a digit is named."""
        with pytest.raises(DigitNameError, match="named like test-42"):
            parse_digit(name, mnist)

    @given(name=st.text())
    def test_never_anything_but_the_one_error(self, mnist: Mnist, name: str) -> None:
        """Whatever stands in the address, the answer is a digit or a message."""
        for text in (name, "draw-" + name):
            try:
                digit = parse_digit(text, mnist)
            except DigitNameError:
                continue
            assert digit.image.shape == (28, 28)

    @given(
        content=st.binary(max_size=1_000) | st.binary(min_size=784, max_size=784),
        cut=st.integers(0, 20),
    )
    def test_never_anything_but_the_one_error_in_a_drawing(
        self, mnist: Mnist, content: bytes, cut: int
    ) -> None:
        """Whatever is packed into a drawing, whole or cut short, is a digit or a message."""
        name = link(content)
        name = name[: len(name) - cut]
        try:
            digit = parse_digit(name, mnist)
        except DigitNameError:
            return
        assert content == digit.image.tobytes()

    @pytest.mark.parametrize("size", [0, 1, 783, 785])
    def test_drawing_of_another_size(self, mnist: Mnist, size: int) -> None:
        """A drawing with too few or too many pixels is refused for that."""
        with pytest.raises(DigitNameError, match="does not have 28×28 pixels"):
            parse_digit(link(bytes(size)), mnist)

    def test_damaged_drawing(self, mnist: Mnist) -> None:
        """A drawing whose link lost a character is refused for that."""
        name = drawn_digit(np.eye(28, dtype=np.uint8)).name
        middle = len(name) // 2

        with pytest.raises(DigitNameError, match=r"damaged|does not have 28×28 pixels"):
            parse_digit(name[:middle] + name[middle + 1 :], mnist)

    def test_more_behind_the_drawing(self, mnist: Mnist) -> None:
        """Bytes after the end of a drawing are refused, so that a drawing has one name only."""
        packed = zlib.compress(bytes(784)) + b"more"
        name = "draw-" + base64.urlsafe_b64encode(packed).decode().rstrip("=")

        with pytest.raises(DigitNameError, match="does not have 28×28 pixels"):
            parse_digit(name, mnist)

    def test_oversized(self, mnist: Mnist) -> None:
        """A name longer than any drawing's is refused unread."""
        with pytest.raises(DigitNameError, match="too long"):
            parse_digit("draw-" + "A" * 1_061, mnist)

    def test_decompression_bomb(self, mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
        """A short link that would inflate to 500 kB is inflated to no more than one byte too many."""
        produced: list[int] = []
        real = zlib.decompressobj

        class Watched:
            def __init__(self) -> None:
                self.inflater = real()

            def decompress(self, packed: bytes, most: int) -> bytes:
                content = self.inflater.decompress(packed, most)
                produced.append(len(content))
                return content

            def __getattr__(self, name: str) -> object:
                return getattr(self.inflater, name)

        monkeypatch.setattr(zlib, "decompressobj", Watched)
        bomb = link(bytes(500_000))
        assert len(bomb) < 1_060

        with pytest.raises(DigitNameError, match="does not have 28×28 pixels"):
            parse_digit(bomb, mnist)

        assert produced == [785]
