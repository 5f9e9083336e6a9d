"""The layers page shows every unit of every layer, with the arithmetic that made it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.network.dropout import drop_out
from cnn_core.network.keras_calls import keras_calls
from cnn_core.network.receptive_field import spans_seen
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text
from ui.look.wording import number

LAYERS = (
    "rescaling",
    *("conv1", "pool1", "conv2", "pool2", "conv3", "pool3"),
    *("flatten", "dense", "dropout", "output"),
)


def parts(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the components of the page that have such a part were handed, from top to bottom."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in components if name in data]


@pytest.mark.parametrize(
    ("layer", "model"),
    [*((layer, "improved") for layer in LAYERS), ("conv3", "baseline"), ("flatten", "baseline")],
)
def test_every_layer_opens(open_page: OpenPage, layer: str, model: str) -> None:
    """A link to any layer shows it: marked on the map, in words, in code, with its field."""
    app = open_page("layers", layer=layer, unit="1" if layer != "rescaling" else "0", model=model)

    assert not app.warning
    assert parts(app, "layers")[0]["chosen"]["layer"] == LAYERS.index(layer)
    named = "The digit after rescaling" if layer == "rescaling" else f" 1 of {layer}"
    assert app.subheader[0].value.endswith(named)
    assert app.code[0].value == keras_calls(load_network(model).architecture)[layer]
    spans = parts(app, "spans")[0]["spans"]
    architecture = load_network(model).architecture
    if layer != "flatten":
        assert spans == [[s.first, s.last] for s in spans_seen(architecture, layer)]


@pytest.mark.parametrize("layer", ["rescaling", "conv2", "pool3", "dense", "output"])
def test_a_black_image_is_no_error(open_page: OpenPage, layer: str) -> None:
    """Where nothing is drawn maps may be 0 everywhere; every layer is shown all the same."""
    blank = drawn_digit(np.zeros((28, 28), np.uint8))
    app = open_page("layers", layer=layer, digit=blank.name, model="baseline")
    assert not app.warning
    assert parts(app, "spans")


def test_a_link_names_a_cell(open_page: OpenPage, mnist: Mnist) -> None:
    """Layer, unit, row and column of the address: that cell's sum, down to its bias."""
    app = open_page("layers", layer="conv2", unit="5", row="3", column="4", model="baseline")
    network = load_network("baseline")
    activations = network.activations(mnist.test.images[42:43])

    view = parts(app, "spans")[0]
    assert view["chosen"] == [3, 4]
    table = parts(app, "terms")[0]
    assert len(table["terms"]) == 16
    assert table["sums"][1]["name"] == "Bias"
    assert table["sums"][1]["text"].lstrip("+") == number(
        float(network.weights["conv2"].bias[5]), 4
    )
    value = float(activations["conv2"][0, 3, 4, 5])
    assert table["sums"][-1]["text"] == number(value, 4)
    total = sum(term["value"] for term in table["terms"]) + network.weights["conv2"].bias[5]
    assert max(total, 0) == pytest.approx(value, abs=1e-4)
    assert app.query_params["row"] == "3"


def test_without_a_cell_the_brightest_is_shown(open_page: OpenPage, mnist: Mnist) -> None:
    """A unit that is opened shows the place where it found most, and no cell in the address."""
    app = open_page("layers", layer="pool1", unit="7")
    values = load_network("improved").activations(mnist.test.images[42:43])["pool1"][0, ..., 7]
    chosen = parts(app, "spans")[0]["chosen"]
    assert values[tuple(chosen)] == values.max()
    assert "row" not in app.query_params


def test_choosing_without_the_map(open_page: OpenPage) -> None:
    """The two fields choose layer and unit too, and the address follows."""
    app = open_page("layers")
    app.selectbox(key="layer-field").select("dense").run()
    app.number_input(key="unit-field").set_value(77).run()

    assert not app.exception
    assert app.query_params["layer"] == "dense"
    assert app.query_params["unit"] == "77"
    assert "Unit 77 of dense" in all_text(app)


def test_another_layer_opens_on_its_brightest_unit(open_page: OpenPage) -> None:
    """From unit 120 of a dense layer to the ten outputs: the answer, and no field where one unit is all."""
    app = open_page("layers", layer="dropout", unit="120")
    app.selectbox(key="layer-field").select("output").run()
    assert app.number_input(key="unit-field").value == 4
    app.selectbox(key="layer-field").select("rescaling").run()
    assert not app.number_input
    assert app.query_params["unit"] == "0"


def test_it_opens_on_the_answer(open_page: OpenPage, mnist: Mnist) -> None:
    """The output of the digit that is read, also of the next one, until a unit is chosen."""
    app = open_page("layers", model="improved")
    answers = load_network("improved").predict(mnist.test.images[42:45]).argmax(axis=1)
    for position, answer in enumerate(answers):
        if position:
            app.button(key="next-digit").click().run()
        assert parts(app, "layers")[0]["chosen"] == {"layer": 10, "unit": answer}
        assert (app.query_params["layer"], app.query_params["unit"]) == ("output", str(answer))
    assert len(set(answers)) > 1

    app.number_input(key="unit-field").set_value(9).run()
    app.button(key="next-digit").click().run()
    assert app.query_params["unit"] == "9"


def test_what_nobody_chose_stays_on_its_page(open_page: OpenPage) -> None:
    """The answer here, a map on the convolution page, the answer again; a choice goes along."""
    app = open_page("layers")
    assert app.query_params["layer"] == "output"
    app.switch_page("pages/convolution.py").run()
    assert app.query_params["layer"] == "conv1"
    brightest = app.number_input(key="unit").value
    assert brightest is not None
    app.switch_page("pages/layers.py").run()
    assert (app.query_params["layer"], app.query_params["unit"]) == ("output", "4")

    app.switch_page("pages/convolution.py").run()
    assert brightest is not None
    chosen = (int(brightest) + 1) % 16
    app.number_input(key="unit").set_value(chosen).run()
    app.switch_page("pages/layers.py").run()
    assert (app.query_params["layer"], app.query_params["unit"]) == ("conv1", str(chosen))


@pytest.mark.parametrize(
    "address", [{"layer": "conv7"}, {"layer": "conv1", "unit": "16"}, {"unit": "-1"}, {"row": "x"}]
)
def test_an_address_that_makes_no_sense(open_page: OpenPage, address: dict[str, str]) -> None:
    """A notice instead of an error, and a place that exists."""
    app = open_page("layers", **address)
    assert app.warning
    assert not app.exception


def test_flatten_leads_back_to_its_map(open_page: OpenPage) -> None:
    """Value 200 of 576 comes from row 1, column 0 of map 8: one button leads there."""
    app = open_page("layers", layer="flatten", unit="200", model="improved")
    assert "row 1, column 0 of map 8 of pool3" in all_text(app)

    app.button(key="origin").click().run()
    assert app.query_params["layer"] == "pool3"
    assert (app.query_params["unit"], app.query_params["row"]) == ("8", "1")


def test_dense_sums_add_up(open_page: OpenPage, mnist: Mnist) -> None:
    """The products shown, the rest and the bias make the logit; raising first, then lowering."""
    app = open_page("layers", layer="output", unit="4", digit="test-7")
    table = parts(app, "terms")[0]
    logit = float(load_network("improved").logits(mnist.test.images[7:8])[0, 4])

    values = [term["value"] for term in table["terms"]]
    assert values == sorted(values, reverse=True)
    rest, bias, total = (
        float(line["text"].replace("\N{MINUS SIGN}", "-")) for line in table["sums"]
    )
    assert sum(values) + rest + bias == pytest.approx(logit, abs=1e-3)
    assert total == pytest.approx(logit, abs=1e-4)


def test_temperature_is_an_experiment(open_page: OpenPage, mnist: Mnist) -> None:
    """At 1 softmax is the network's answer; elsewhere the page says that it is not."""
    app = open_page("layers", layer="output", unit="4")
    truth = load_network("improved").predict(mnist.test.images[42:43])[0]
    shown = [term["value"] for term in parts(app, "terms")[1]["terms"]]
    np.testing.assert_allclose(shown, truth, atol=1e-5)
    assert not app.warning

    app.slider(key="temperature").set_value(5.0).run()
    assert "not" in app.warning[0].value
    hot = [term["value"] for term in parts(app, "terms")[1]["terms"]]
    assert max(hot) < max(shown)
    assert sum(hot) == pytest.approx(1)


def test_dropout_shows_what_training_did(open_page: OpenPage, mnist: Mnist) -> None:
    """For another image other units are silenced; the value now stays as it is."""
    app = open_page("layers", layer="dropout", unit="3", model="improved")
    values = load_network("improved").activations(mnist.test.images[42:43])["dense"][0]
    told = []
    for step in range(2):
        silenced = int(((drop_out(values, 0.2, step) == 0) & (values > 0)).sum())
        told.append(f"The same values with random units silenced; {silenced} are")
        alts = [picture.alt for image in app.get("image") for picture in image.proto.imgs]
        assert told[-1] in alts
        assert f"**Now: {values[3]:.4f} comes in, {values[3]:.4f} goes out.**" in all_text(app)
        app.button(key="another-step").click().run()
        assert not app.exception
    assert told[0] != told[1]


def test_the_place_is_shared_with_the_other_pages(open_page: OpenPage) -> None:
    """The unit looked at here is the one that the convolution page opens with, and back."""
    app = open_page("layers", layer="conv3", unit="33", row="2", column="1")
    app.switch_page("pages/convolution.py").run()
    assert not app.exception
    assert app.query_params["unit"] == "33"
    assert (app.query_params["row"], app.query_params["column"]) == ("2", "1")

    app.segmented_control(key="layer").set_value("conv2").run()
    app.switch_page("pages/layers.py").run()
    assert not app.exception
    assert app.selectbox(key="layer-field").value == "conv2"


def test_the_blind_spot_of_baseline_is_named(open_page: OpenPage) -> None:
    """The last layers of baseline cannot see 300 pixels; those of improved see all."""
    app = open_page("layers", layer="dense", unit="0", model="baseline")
    assert "300 of the 784 pixels" in all_text(app)
    app = open_page("layers", layer="dense", unit="0", model="improved")
    assert "784 pixels that no" not in all_text(app)


def test_of_many_maps_the_strongest_are_written_out(open_page: OpenPage, mnist: Mnist) -> None:
    """conv3 reads 32 maps: 16 lines, the rest in one, and all together the sum of the window."""
    app = open_page("layers", layer="conv3", unit="33", row="1", column="1", model="baseline")
    table = parts(app, "terms")[0]
    assert len(table["terms"]) == 16
    rest, together, bias, total, _ = (
        float(line["text"].replace("\N{MINUS SIGN}", "-")) for line in table["sums"]
    )
    shown = sum(term["value"] for term in table["terms"])
    assert shown + rest == pytest.approx(together, abs=2e-4)
    assert together + bias == pytest.approx(total, abs=2e-4)


def test_the_table_is_made_when_it_is_opened(open_page: OpenPage, mnist: Mnist) -> None:
    """A closed table is not sent; an open one holds every value of the map."""
    app = open_page("layers", layer="conv2", unit="5", digit="test-42", model="improved")
    assert not app.dataframe

    app.session_state["unit-table"] = True
    app.run()

    expected = load_network("improved").activations(mnist.test.images[42:43])["conv2"][0, ..., 5]
    np.testing.assert_array_equal(app.dataframe[0].value.to_numpy(), expected)


def test_layers_are_numbered_from_one(open_page: OpenPage) -> None:
    """In the heading and in the field; the shape of the output is rows, columns, maps."""
    app = open_page("layers", layer="conv2", unit="5", model="baseline")
    assert any(each.value.startswith("4  ") for each in app.header)
    options = app.selectbox(key="layer-field").options
    assert [option.split(",")[0] for option in options] == [
        f"{position}  {name}" for position, name in enumerate(LAYERS, start=1)
    ]
    assert "Output: 11 × 11 × 32." in all_text(app)
