"""The products of a convolution, term by term, add up to what the network computes."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import Architecture
from tests.support.networks import random_network
from tests.support.seen import components, numbers
from tests.support.units import NETWORK, shown, sums, unit, value
from ui.look.colors import colour_activations, colour_signed

PADDED = random_network(Architecture(filters=(4,), padding="same", dense_units=6), seed=1)


class TestConvolution:
    def test_of_pixels(self, mnist: Mnist) -> None:
        """Nine products, each of the pixel that it is named after."""
        one = unit(mnist, "conv1", 3)
        row, column = 8, 12
        (table,) = components(shown(one, (row, column)), "terms")
        pixels = mnist.test.images[42] / 255
        kernel = NETWORK.weights["conv1"].kernel[:, :, 0, 3]
        assert len(table["terms"]) == 9
        for place, line in enumerate(table["terms"]):
            down, right = divmod(place, 3)
            pixel, weight = pixels[row + down, column + right], kernel[down, right]
            assert line["name"] == f"row {row + down}, column {column + right}"
            assert value(line["factors"][0]) == pytest.approx(pixel, abs=1e-4)
            assert value(line["factors"][1]) == pytest.approx(weight, abs=1e-4)
            assert line["value"] == pytest.approx(pixel * weight, abs=1e-6)
        bias = float(NETWORK.weights["conv1"].bias[3])
        products = float((pixels[row : row + 3, column : column + 3] * kernel).sum())
        assert sums(table) == pytest.approx(
            {
                "All products together": products,
                "Bias": bias,
                "Sum": products + bias,
                "After ReLU: a negative sum becomes 0": max(products + bias, 0),
            },
            abs=1e-4,
        )

    def test_in_the_padding(self, mnist: Mnist) -> None:
        """The window of the first column begins one to the left of the image."""
        (table,) = components(shown(unit(mnist, "conv1", 1, PADDED), (5, 0)), "terms")
        assert [line["name"] for line in table["terms"][:4]] == [
            "row 4, column -1",
            "row 4, column 0",
            "row 4, column 1",
            "row 5, column -1",
        ]
        assert table["terms"][0]["factors"][0] == "0.0000"

    def test_of_maps(self, mnist: Mnist) -> None:
        """Largest first; window and weights of each map as they are, on one scale each."""
        one = unit(mnist, "conv2", 7)
        row, column = 3, 8
        (table,) = components(shown(one, (row, column)), "terms")
        maps, kernel = one.activations["pool1"], NETWORK.weights["conv2"].kernel[..., 7]
        window = maps[row : row + 3, column : column + 3]
        shares = (window * kernel).sum(axis=(0, 1))
        order = [int(line["name"].removeprefix("map ")) for line in table["terms"]]
        assert sorted(order) == [0, 1, 2, 3, 4]
        assert list(np.abs(shares[order])) == sorted(np.abs(shares), reverse=True)
        for channel, line in zip(order, table["terms"], strict=True):
            assert line["value"] == pytest.approx(shares[channel], abs=1e-5)
            seen, weights = (numbers(each["rgb"], np.uint8, (3, 3, 3)) for each in line["factors"])
            np.testing.assert_array_equal(
                seen, colour_activations(window[..., channel], float(maps.max()))
            )
            np.testing.assert_array_equal(
                weights, colour_signed(kernel[..., channel], float(np.abs(kernel).max()))
            )
            first = ", ".join(f"{each:.3f}" for each in window[0, :, channel])
            assert f"The window on map {channel}: {first}; " in line["factors"][0]["label"]
        total = float(shares.sum() + NETWORK.weights["conv2"].bias[7])
        found = sums(table)
        assert found["All products together"] == pytest.approx(shares.sum(), abs=1e-4)
        assert found["Sum"] == pytest.approx(total, abs=1e-4)
        assert found["After ReLU: a negative sum becomes 0"] == pytest.approx(
            max(total, 0), abs=1e-4
        )

    def test_of_many_maps(self, mnist: Mnist) -> None:
        """Sixteen of twenty are written out, the four smallest stand in one line."""
        network = random_network(Architecture(filters=(20, 3), dense_units=4), seed=2)
        one = unit(mnist, "conv2", 1, network)
        (table,) = components(shown(one, (3, 8)), "terms")
        window = one.activations["pool1"][3:6, 8:11]
        shares = (window * network.weights["conv2"].kernel[..., 1]).sum(axis=(0, 1))
        smallest = shares[np.argsort(np.abs(shares))[:4]]
        assert len(table["terms"]) == 16
        assert sums(table)["The other 4 maps together"] == pytest.approx(smallest.sum(), abs=1e-4)
