"""What a weight reads, how the loss changes there, and their product; and one way of the chain rule."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.network.chain import product, strongest_path
from cnn_core.network.weight_gradient import meeting
from cnn_core.network.weight_place import WeightPlace, weight_named
from cnn_core.store.moment import Moment
from cnn_core.store.store import model_folder, open_model
from tests.support.seen import alone, pictures, words
from ui.look.colors import colour_activations, colour_pixels, colour_signed
from ui.look.wording import number, significant
from ui.train.descents import Beginning, beginning
from ui.train.weight_choice import BatchChoice
from ui.train.weight_way import show_factors, show_way


@pytest.fixture(scope="module")
def start() -> Beginning:
    """Eight images, before the second epoch."""
    return beginning(open_model(model_folder("baseline")), Moment(1, 50), BatchChoice(8, 3))


def strongest_image(start: Beginning, place: WeightPlace) -> int:
    return int(np.abs(meeting(start.network, start.batch, place).by_image).argmax())


def read(text: str) -> float:
    """The number that `significant` wrote."""
    mantissa, _, raised = text.replace("−", "-").partition(" · 10")
    power = raised.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(power or 0)


@pytest.mark.parametrize("name", ["conv1-kernel-0-2-0-6", "conv2-kernel-2-0-3-5"])
def test_maps_of_both_factors(start: Beginning, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each at its places and on its own scale; the first layer reads pixels, later ones maps."""
    place = weight_named(name, start.network.architecture)
    image = strongest_image(start, place)
    shown = pictures(monkeypatch)
    said = words(alone(lambda: show_factors(start, place, image)))
    digit, reads, slopes, products = shown
    zoom = len(digit.pixels) // 28
    np.testing.assert_array_equal(digit.pixels[::zoom, ::zoom], colour_pixels(start.images[image]))
    row, column, channel, unit = place.index
    layers = [layer.name for layer in start.network.architecture.layers()]
    inputs = start.batch.activations[layers[layers.index(place.layer) - 1]][image, ..., channel]
    by_sums = start.batch.by_sums[place.layer][image, ..., unit]
    rows, columns = by_sums.shape
    seen = inputs[row : row + rows, column : column + columns]
    expected = [
        colour_pixels(np.round(seen * 255).astype(np.uint8))
        if place.layer == "conv1"
        else colour_activations(seen, float(seen.max())),
        colour_signed(by_sums, float(np.abs(by_sums).max())),
        colour_signed(seen * by_sums, float(np.abs(seen * by_sums).max())),
    ]
    for picture, colours in zip((reads, slopes, products), expected, strict=True):
        zoom = len(picture.pixels) // rows
        np.testing.assert_array_equal(picture.pixels[::zoom, ::zoom], colours)
    total = float((seen * by_sums).sum())
    assert f"All places together: **{significant(total, 4)}**" in str(products.caption)
    assert f"from 0 to {significant(float(seen.max()))}" in str(reads.caption)
    assert f"to {significant(float(np.abs(by_sums).max()))} (blue)" in str(slopes.caption)
    source = "the rescaled image" if place.layer == "conv1" else f"map {channel} of pool1"
    assert f"In row {row}, column {column} of its kernel it reads {source}." in said
    assert f"**Training digit {number(int(start.positions[image]))}**" in said


def test_two_numbers_of_a_dense_layer(start: Beginning) -> None:
    """A product and no maps; a bias reads 1."""
    unit = int(start.batch.activations["dropout"].max(axis=0).argmax())
    place = WeightPlace("output", "kernel", (unit, 3))
    image = strongest_image(start, place)
    app = alone(lambda: show_factors(start, place, image))
    met = meeting(start.network, start.batch, place)
    (formula,) = app.latex
    left, result = formula.value.strip("$\n ").split(" = ")
    first, second = left.split(r" \cdot ")[:2]
    assert float(first) == pytest.approx(float(met.reads[image]), rel=1e-3)
    assert float(second.strip("()")) == pytest.approx(float(met.by_sums[image]), rel=1e-3)
    assert float(result) == pytest.approx(float(met.by_image[image]), rel=1e-3)
    assert f"It reads value {unit} of dropout, for the sum of unit 3:" in words(app)
    bias = WeightPlace("output", "bias", (3,))
    assert "A bias reads 1 everywhere" in words(alone(lambda: show_factors(start, bias, image)))


def test_the_way_back(start: Beginning) -> None:
    """From p − t to what the weight reads; each product is that of all factors above."""
    place = weight_named("conv1-kernel-0-2-0-6", start.network.architecture)
    image = strongest_image(start, place)
    app = alone(lambda: show_way(start, place, image))
    links = strongest_path(start.network, start.batch, place, image)
    table = app.table[0].value
    factors = [read(text) for text in table["Factor"]]
    np.testing.assert_allclose(factors, [link.factor for link in links[::-1]], rtol=1e-3)
    so_far = [read(text) for text in table["Product so far"]]
    np.testing.assert_allclose(so_far, np.cumprod(factors), rtol=5e-3)
    assert list(table["Back at"]) == [link.layer for link in links[::-1]]
    what = list(table["What it is"])
    digit = links[-1].cell[0]
    p = float(start.batch.activations["output"][image, digit])
    t = int(digit == start.labels[image])
    assert what[0] == f"p − t of the {digit}: {significant(p, 4)} − {t}"
    hidden = links[-3].cell[0]
    assert what[1] == f"the weight by which unit {digit} reads unit {hidden} of dense"
    row, column, unit = links[0].cell
    assert what[-1] == f"what the weight reads for map {unit}, row {row}, column {column}"
    assert f"This way adds {significant(product(links), 4)};" in words(app)


def test_no_way(start: Beginning) -> None:
    """Where nothing comes through, it says so."""
    dark = int((start.batch.activations["dropout"].max(axis=0) == 0).argmax())
    place = WeightPlace("output", "kernel", (dark, 0))
    assert "No way is open" in words(alone(lambda: show_way(start, place, 0)))
