"""The bundled MNIST file and how it is read."""

from __future__ import annotations

import hashlib
import re
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import MNIST_PATH, MNIST_SHA256, Mnist, Split, SplitName, load_mnist
from cnn_core.errors import DatasetError

TEST_BYTES = 10_000 * 28 * 28


@pytest.fixture
def small_split() -> Split:
    """Twelve images of classes 0 to 5; image i is filled with the value i."""
    images = np.broadcast_to(np.arange(12, dtype=np.uint8)[:, None, None], (12, 28, 28))
    return Split(images, np.arange(12, dtype=np.uint8) % 6)


class TestBundledFile:
    @pytest.mark.parametrize(("name", "count"), [("train", 60_000), ("test", 10_000)])
    def test_shapes_and_types(self, mnist: Mnist, name: SplitName, count: int) -> None:
        """Each split has all its images and labels, as bytes."""
        split = mnist.split(name)

        assert (count, 28, 28) == split.images.shape
        assert (count,) == split.labels.shape
        assert np.uint8 == split.images.dtype == split.labels.dtype
        assert count == len(split)

    @pytest.mark.parametrize(("name", "file"), [("train", "train"), ("test", "t10k")])
    def test_is_mnist(self, mnist: Mnist, name: SplitName, file: str) -> None:
        """Unpacked, the files of MNIST have the checksums that the README beside the data names."""
        split = mnist.split(name)
        headers = {
            "images-idx3": struct.pack(">4I", 2051, len(split), 28, 28),
            "labels-idx1": struct.pack(">2I", 2049, len(split)),
        }
        named = MNIST_PATH.with_name("README.md").read_text(encoding="utf-8")
        for (kind, header), values in zip(
            headers.items(), (split.images, split.labels), strict=True
        ):
            found = hashlib.sha256(header + values.tobytes()).hexdigest()
            assert re.search(rf"{file}-{kind}-ubyte +{found}\n", named)
        assert MNIST_SHA256 in named

    def test_values_use_the_whole_range(self, mnist: Mnist) -> None:
        """Ink is up to 255, the ground is 0."""
        assert (mnist.test.images.min(), mnist.test.images.max()) == (0, 255)

    @pytest.mark.parametrize("name", ["train", "test"])
    def test_is_read_only(self, mnist: Mnist, name: SplitName) -> None:
        """One visitor cannot change the data of another."""
        with pytest.raises(ValueError, match="read-only"):
            mnist.split(name).images[0, 0, 0] = 1
        with pytest.raises(ValueError, match="read-only"):
            mnist.split(name).labels[0] = 1

    def test_is_read_once(self, mnist: Mnist) -> None:
        """Whoever asks again gets the same arrays."""
        assert mnist.test is mnist.split("test")
        assert mnist.train is mnist.split("train")


class TestLoadMnist:
    def test_reads_nothing_unasked(self) -> None:
        """Opening the file checks it without holding it in memory."""
        tracemalloc.start()
        try:
            load_mnist()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert peak < 2**20

    def test_reads_only_the_split_that_is_asked_for(self) -> None:
        """Who asks for the test images does not pay for the training images."""
        tracemalloc.start()
        try:
            load_mnist().split("test")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert TEST_BYTES <= peak < 2 * TEST_BYTES

    def assert_refused(self, path: Path, problem: str) -> None:
        with pytest.raises(DatasetError) as caught:
            load_mnist(path)

        message = str(caught.value)
        assert str(path) in message
        assert problem in message
        assert MNIST_SHA256 in message
        assert "git checkout -- cnn_core/assets/mnist.npz" in message

    def test_missing(self, tmp_path: Path) -> None:
        """A missing file is named, with what was expected and what to do."""
        self.assert_refused(tmp_path / "mnist.npz", "No such file")

    def test_a_folder_in_its_place(self, tmp_path: Path) -> None:
        """What is not a file at all is named in the same way."""
        self.assert_refused(tmp_path, "Is a directory")

    def test_truncated(self, tmp_path: Path) -> None:
        """A download that broke off is told by its size."""
        path = tmp_path / "mnist.npz"
        path.write_bytes(MNIST_PATH.read_bytes()[:5_000_000])

        self.assert_refused(path, "5,000,000 bytes")

    def test_altered(self, tmp_path: Path) -> None:
        """One changed byte in the middle is enough to be refused."""
        content = bytearray(MNIST_PATH.read_bytes())
        content[len(content) // 2] ^= 1
        path = tmp_path / "mnist.npz"
        path.write_bytes(content)

        self.assert_refused(path, f"{len(content):,} bytes and the checksum ")

    @pytest.mark.parametrize("kept", [0, 100, 5_000_000])
    def test_truncated_after_it_was_checked(self, tmp_path: Path, kept: int) -> None:
        """A file that loses its end while the server runs is the same clear error."""
        path = tmp_path / "mnist.npz"
        content = MNIST_PATH.read_bytes()
        path.write_bytes(content)
        mnist = load_mnist(path)
        path.write_bytes(content[:kept])

        with pytest.raises(DatasetError, match="could not be read"):
            _ = mnist.train

    def test_altered_after_it_was_checked(self, tmp_path: Path) -> None:
        """Bytes that change while the server runs are the same clear error."""
        path = tmp_path / "mnist.npz"
        content = bytearray(MNIST_PATH.read_bytes())
        path.write_bytes(content)
        mnist = load_mnist(path)
        # The compressed images of both splits lie well within this stretch.
        content[1_000_000:11_000_000:1000] = bytes(10_000)
        path.write_bytes(content)

        with pytest.raises(DatasetError, match="could not be read"):
            _ = mnist.train


class TestSplit:
    def test_class_counts(self, mnist: Mnist) -> None:
        """The counts are those that everybody publishes for the test set."""
        published = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]

        assert published == mnist.test.class_counts().tolist()

    def test_class_counts_of_absent_classes(self, small_split: Split) -> None:
        """A class that has no image counts 0."""
        assert small_split.class_counts().tolist() == [2, 2, 2, 2, 2, 2, 0, 0, 0, 0]

    def test_average_digits(self, mnist: Mnist) -> None:
        """Each average is the mean over the images of its class, pixel by pixel."""
        averages = mnist.test.average_digits()
        sevens = [mnist.test.images[place] for place in mnist.test.positions(label=7)]

        assert averages.shape == (10, 28, 28)
        expected = sum(image.astype(np.float64) for image in sevens) / len(sevens)
        np.testing.assert_allclose(averages[7], expected, rtol=1e-5)

    def test_positions_in_file_order(self, small_split: Split) -> None:
        """Without a wish, every position is given in order."""
        assert list(range(12)) == small_split.positions().tolist()

    def test_positions_of_a_class(self, small_split: Split) -> None:
        """Only positions of the asked class are given."""
        assert small_split.positions(label=5).tolist() == [5, 11]

    def test_positions_of_an_absent_class(self, small_split: Split) -> None:
        """A class without images has no positions."""
        assert small_split.positions(label=9).tolist() == []

    def test_shuffled_positions(self, mnist: Mnist) -> None:
        """A seed changes the order and nothing else, the same way every time."""
        ordered = mnist.test.positions(label=3)
        shuffled = mnist.test.positions(label=3, shuffle_seed=1)

        assert ordered.tolist() == sorted(shuffled.tolist())
        assert ordered.tolist() != shuffled.tolist()
        assert shuffled.tolist() == mnist.test.positions(label=3, shuffle_seed=1).tolist()
        assert shuffled.tolist() != mnist.test.positions(label=3, shuffle_seed=2).tolist()
