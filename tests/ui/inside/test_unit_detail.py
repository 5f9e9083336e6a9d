"""The arithmetic of a unit, term by term, adds up to what the network computes, each term named rightly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.network.architecture import Architecture
from cnn_core.network.dropout import drop_out
from cnn_core.network.network import Network
from tests.support.networks import random_network
from tests.support.seen import Picture, alone, components, numbers, pictures, plain, words
from ui.inside.unit_detail import Unit, show_unit
from ui.look.colors import colour_activations, colour_signed

NETWORK = random_network(Architecture(filters=(5, 20), dense_units=24, dropout=0.25), seed=3)
PADDED = random_network(Architecture(filters=(4,), padding="same", dense_units=6), seed=1)


def unit(mnist: Mnist, layer: str, number: int, network: Network = NETWORK) -> Unit:
    """A unit for test digit 42."""
    digit = mnist_digit(mnist, "test", 42)
    layers = network.architecture.layers()
    place = [each.name for each in layers].index(layer)
    activations = {
        name: values[0] for name, values in network.activations(digit.image[np.newaxis]).items()
    }
    return Unit(network, digit, layers[place], layers[max(place - 1, 0)], number, activations)


def shown(one: Unit, cell: tuple[int, int] | None = None, **state: Any) -> AppTest:
    """The unit as it is shown, at a cell of its map."""
    row, column = cell or (None, None)
    return alone(lambda: show_unit(one), {"row": row, "column": column, "model": "m", **state})


def value(text: str) -> float:
    """The number that a text shows."""
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def sums(table: dict[str, Any]) -> dict[str, float]:
    """What stands below the terms, by its name."""
    return {line["name"]: value(line["text"]) for line in table["sums"]}


def test_a_pixel(mnist: Mnist) -> None:
    """Its grey level over 255."""
    said = words(shown(unit(mnist, "rescaling", 0), (7, 10)))
    pixel = int(mnist.test.images[42, 7, 10])
    assert pixel not in (0, 255, mnist.test.images[42, 10, 7])
    assert f"**The arithmetic of row 7, column 10:** {pixel} ÷ 255 = **{pixel / 255:.4f}**" in said


class TestMap:
    def test_what_is_drawn(self, mnist: Mnist) -> None:
        """The unit's own map on the scale of its layer, with the cell that is looked at."""
        one = unit(mnist, "conv2", 7)
        (view,) = components(shown(one, (4, 2)), "spans")
        maps = one.activations["conv2"]
        drawn = numbers(view["values"], np.float32, maps.shape[:2])
        np.testing.assert_array_equal(drawn, maps[..., 7])
        assert view["largest"] == pytest.approx(float(maps.max()))
        assert view["chosen"] == [4, 2]
        assert view["title"] == "Map 7 of conv2"
        # Through a kernel, a pool and a kernel: 8 pixels, 2 further on each time.
        assert view["spans"][:2] == [[0, 7], [2, 9]]

    def test_without_a_cell_the_brightest(self, mnist: Mnist) -> None:
        """Row and column in that order."""
        one = unit(mnist, "conv1", 2)
        (view,) = components(shown(one), "spans")
        row, column = view["chosen"]
        assert row != column
        assert one.values[row, column] == one.values.max()


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


def test_a_pool(mnist: Mnist) -> None:
    """Four values by row and column, the largest of them marked and handed on."""
    one = unit(mnist, "pool1", 4)
    source = one.activations["conv1"][..., 4]
    won = set()
    for row, column in ((3, 6), (6, 4)):
        (table,) = components(shown(one, (row, column)), "terms")
        places = [(2 * row + down, 2 * column + right) for down in (0, 1) for right in (0, 1)]
        values = [float(source[place]) for place in places]
        assert [line["name"] for line in table["terms"]] == [
            f"row {top}, column {left}" for top, left in places
        ]
        assert [line["value"] for line in table["terms"]] == pytest.approx(values)
        marked = [line["marked"] for line in table["terms"]]
        assert marked.count(True) == 1
        assert marked.index(True) == int(np.argmax(values))
        won.add(marked.index(True))
        assert sums(table)["The largest is handed on"] == pytest.approx(max(values), abs=1e-4)
        assert table["label"] == "The window on map 4 of conv1"
    assert len(won) > 1


def test_flatten_tells_the_cell_that_a_value_comes_from(mnist: Mnist) -> None:
    """Five by five cells of twenty maps: number 267 is row 2, column 3, map 7."""
    app = shown(unit(mnist, "flatten", 267))
    assert (
        "is the cell in **row 2, column 3 of map 7 of pool2**. Counted from 0, its number is (row · "
        "columns + column) · maps + map = (2 · 5 + 3) · 20 + 7 = **267**."
    ) in words(app)
    (view,) = components(app, "spans")
    # Rows first: what row 2 sees, then what column 3 sees.
    assert view["spans"] == [[8, 17], [12, 21]]


class TestDense:
    def test_hidden(self, mnist: Mnist) -> None:
        """Eight products that raise, eight that lower, all others in one line; then ReLU."""
        one = unit(mnist, "dense", 5)
        app = shown(one)
        (table,) = components(app, "terms")
        inputs = one.activations["flatten"].astype(float)
        weights = NETWORK.weights["dense"].kernel[:, 5].astype(float)
        products = inputs * weights
        ranked = np.argsort(-products)
        expected = [*ranked[:8], *ranked[-8:]]
        assert [line["name"] for line in table["terms"]] == [f"value {each}" for each in expected]
        for place, line in zip(expected, table["terms"], strict=True):
            assert value(line["factors"][0]) == pytest.approx(inputs[place], abs=1e-4)
            assert value(line["factors"][1]) == pytest.approx(weights[place], abs=1e-4)
            assert line["value"] == pytest.approx(products[place], abs=1e-5)
        bias = float(NETWORK.weights["dense"].bias[5])
        total = products.sum() + bias
        assert sums(table) == pytest.approx(
            {
                f"The other {len(inputs) - 16:,} inputs together": products[ranked[8:-8]].sum(),
                "Bias": bias,
                "Sum": total,
                "After ReLU: a negative sum becomes 0": max(total, 0),
            },
            abs=2e-4,
        )
        assert f"Each of the {len(inputs):,} inputs is multiplied by its weight. " in words(app)
        assert f"{(inputs == 0).sum()} of the inputs are 0 for this digit" in words(app)

    def test_output(self, mnist: Mnist) -> None:
        """The sum is the logit of that digit, and its line of softmax stands out."""
        one = unit(mnist, "output", 6)
        table, softmax = components(shown(one), "terms")
        logits = NETWORK.logits(mnist.test.images[42:43])[0]
        assert sums(table)["Sum: the logit of the 6"] == pytest.approx(float(logits[6]), abs=1e-4)
        assert value(softmax["terms"][3]["factors"][0]) == pytest.approx(float(logits[3]), abs=1e-4)
        assert [line["marked"] for line in softmax["terms"]].index(True) == 6


def test_dropout(mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now as it is; in a training step a quarter is silenced, and the others are 4 ÷ 3 as large."""
    found: list[Picture] = pictures(monkeypatch)
    one = unit(mnist, "dropout", 0)
    inputs = one.activations["dense"]
    number = int(inputs.argmax())
    one = unit(mnist, "dropout", number)
    app = shown(one, None, **{"dropout-step": 2})
    most = float(inputs[number])
    said = words(app)
    assert f"**Now: {most:.4f} comes in, {most:.4f} goes out.**" in said
    assert f"it would have been 0 in 25 % of all steps, and {most:.4f} ÷ (1 − 0.25) = " in said
    assert f"= {most / 0.75:.4f} in the others" in said
    dropped = drop_out(inputs, 0.25, 2)
    largest = max(dropped.max(), inputs.max())
    for picture, values in zip(found, (inputs, dropped), strict=True):
        rows = np.zeros((2, 16), np.float32)
        rows.flat[:24] = values
        np.testing.assert_array_equal(
            picture.pixels[::25, ::25], colour_activations(rows, float(largest))
        )
    silenced = int(((dropped == 0) & (inputs > 0)).sum())
    assert plain(str(found[1].caption)).startswith(
        f"One training step: {silenced} of the {(inputs > 0).sum()} values above 0 are silenced"
    )
