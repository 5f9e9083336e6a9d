"""The page of units: what excites one, whatever an address or a browser asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.units import UnitsOfLayer, load_units
from cnn_core.store.store import BUNDLED_ROOT, load_network, open_model
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import charts, components, plain, plotted
from ui.look.wording import number
from ui.why.answered_classes import classes_in_words
from ui.why.dead_units import dead_in_words

CHECK = "unit-guess-check"


@pytest.fixture(scope="module")
def bundled() -> dict[str, dict[str, UnitsOfLayer]]:
    return load_units({name: open_model(BUNDLED_ROOT / name) for name in COMPARED})


def keys_of_charts(app: AppTest) -> list[str]:
    return [chart.proto.id.rsplit("-", 1)[-1] for chart in app.get("plotly_chart")]


def test_a_guess_then_the_digits(
    open_page: OpenPage, mnist: Mnist, bundled: dict[str, dict[str, UnitsOfLayer]]
) -> None:
    """Nothing tells before the guess; then its digits, responses, and the guess judged."""
    app = open_page("units", model="improved", layer="conv3", unit="5")
    found = bundled["improved"]["conv3"]
    network = load_network("improved")
    value = network.activations(mnist.test.images[42:43])["conv3"][0, ..., 5]
    row, column = np.unravel_index(value.argmax(), value.shape)
    said = plain(all_text(app))
    assert "Map 5 of conv3" in said
    assert (
        f"To test digit 42 it is **{number(float(value.max()), 2)}**, in row {row}, column {column}"
    ) in said
    assert not components(app, "captions")
    assert "responses" not in keys_of_charts(app)

    answered = np.flatnonzero(found.answers[5]).tolist()
    set_value(app, "unit-guess-answer-improved-conv3-5", answered)
    app.button(key=CHECK).click().run()
    assert not app.exception
    assert app.success[0].value.startswith("Yes. It answers to")
    (grid,) = components(app, "captions")
    assert grid["names"] == [f"train-{position}" for position in found.strongest[5]]
    bars = charts(app)[keys_of_charts(app).index("responses")]
    np.testing.assert_allclose(plotted(bars["data"][0]["y"]), found.mean[5])
    shares = found.responding[5] / mnist.train.class_counts()
    np.testing.assert_allclose(plotted(bars["data"][1]["y"]), shares)
    # The line of the current digit.
    assert bars["layout"]["shapes"][1]["y0"] == pytest.approx(float(value.max()), abs=1e-5)
    share = f"more than about {100 * found.share_below(5, float(value.max())):.0f} % of all"
    assert share in plain(all_text(app))


def test_layers_and_dead_units(
    open_page: OpenPage, bundled: dict[str, dict[str, UnitsOfLayer]]
) -> None:
    """By layer to how many digits, and which are dead; one of those, with its life."""
    app = open_page("units", model="baseline", layer="conv3", unit="11")
    survey, model = bundled["baseline"], open_model(BUNDLED_ROOT / "baseline")
    said = all_text(app)
    assert classes_in_words(survey) in said
    assert "the median never rises, and from 10 it falls to 2." in said
    assert dead_in_words(survey, [*model.checkpoints()]) in said

    choice = app.selectbox(key="dead-unit-baseline")
    assert choice.options == [
        f"{'unit' if layer == 'dense' else 'map'} {unit} of {layer}"
        for layer, found in survey.items()
        for unit in found.dead
    ]
    choice.set_value("map 30 of conv3").run()
    life = charts(app)[keys_of_charts(app).index("life")]
    np.testing.assert_allclose(
        plotted(life["data"][0]["y"]), survey["conv3"].largest_sums[:, 30], atol=1e-6
    )
    assert "Not one of its 289 weights and biases has moved since." in all_text(app)

    # Of the dead map itself there are no digits, but made images.
    app.button(key=CHECK).click().run()
    assert not components(app, "captions")
    assert "responds to none of the 70,000 digits" in "".join(each.value for each in app.info)
    assert "the climb comes to" in all_text(app)
    links = [link.proto for link in app.get("page_link")]
    assert links[0].page == "runs"


def test_a_dense_unit_and_the_next(
    open_page: OpenPage, mnist: Mnist, bundled: dict[str, dict[str, UnitsOfLayer]]
) -> None:
    """It sees the whole image; what is shown once stays shown for the next, another guess is empty."""
    app = open_page("units", model="improved", layer="dense", unit="3")
    app.button(key=CHECK).click().run()
    (grid,) = components(app, "captions")
    assert grid["names"][0] == f"train-{bundled['improved']['dense'].strongest[3, 0]}"
    assert "It reads that first image as" in plain(all_text(app))
    assert "Unit, 0 to 127" in [field.label for field in app.number_input]

    app.number_input(key="unit").set_value(4).run()
    (grid,) = components(app, "captions")
    assert grid["names"][0] == f"train-{bundled['improved']['dense'].strongest[4, 0]}"
    assert app.query_params["unit"] == "4"
    set_value(app, "layer", "conv1").run()
    assert not app.exception
    # Of another layer the unit that responds most, and not the one that has the same number.
    largest = load_network("improved").activations(mnist.test.images[42:43])["conv1"].max((0, 1, 2))
    assert f"Map {largest.argmax()} of conv1" in all_text(app)


def test_a_model_that_was_not_looked_at(open_page: OpenPage) -> None:
    """Its units still respond to the current digit, and have images made for them; no more is claimed."""
    app = open_page("units", model="same-padding", layer="conv2", unit="3")
    said = plain(all_text(app))
    assert "the climb comes to" in said
    assert "To test digit 42 it is" in said
    assert "for Baseline and Improved" in "".join(each.value for each in app.info)
    assert not app.get("plotly_chart")
    assert "Guess first" not in said


def test_where_a_visitor_begins(open_page: OpenPage, mnist: Mnist) -> None:
    """With the last maps, of which some answer to few digits and some to many: the brightest."""
    app = open_page("units")
    assert app.query_params["layer"] == "conv3"
    field = app.number_input(key="unit")
    largest = load_network("improved").activations(mnist.test.images[42:43])["conv3"].max((0, 1, 2))
    assert (field.label, field.min, field.max) == ("Map, 0 to 63", 0, 63)
    assert field.value == largest.argmax() != 0
    layers: Any = app.get_by_key("layer")
    assert layers.options == ["conv1", "conv2", "conv3", "dense"]


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ({"layer": "output"}, "This page has no layer"),
        ({"layer": "conv1", "unit": "16"}, "This page has no unit"),
        ({"layer": "dense", "unit": "127"}, None),
    ],
)
def test_what_an_address_may_ask_for(
    open_page: OpenPage, address: dict[str, str], notice: str | None
) -> None:
    """Any unit of the four layers; for anything else a notice, and the page goes on."""
    app = open_page("units", **address)
    assert [notice in each.value for each in app.warning if notice] == [True] * bool(notice)
    assert "An image made for it" in all_text(app)
