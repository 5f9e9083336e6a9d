"""The overview shows what the network makes of the current digit, layer by layer."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.network.architecture import BASELINE
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.pages import OpenPage, all_text
from tests.support.seen import components
from ui.look.wording import a_digit, percent, shape


def test_answer_is_the_networks(open_page: OpenPage, mnist: Mnist) -> None:
    """The answer and its probability are what the chosen network computes for the digit."""
    probabilities = load_network("baseline").predict(mnist.test.images[7:8])[0]

    app = open_page("overview", digit="test-7", model="baseline")

    text = all_text(app)
    assert f"The network reads {a_digit(int(probabilities.argmax()))}" in text
    assert percent(float(probabilities.max())) in text
    assert f"Its label says a **{mnist.test.labels[7]}**" in text


def test_all_layers_are_shown(open_page: OpenPage) -> None:
    """Every layer has a card with its name, its output shape and its parameters."""
    app = open_page("overview", model="baseline")

    text = all_text(app)
    for layer in BASELINE.layers():
        assert f"`{layer.name}`" in text
        assert shape(layer.output_shape) in text
        if layer.parameters:
            assert f"{layer.parameters:,} parameters" in text


def test_every_picture_has_a_text_alternative(open_page: OpenPage) -> None:
    """Eleven layers, the digit and its card: each picture says what it shows."""
    app = open_page("overview")

    alternatives = [picture.alt for image in app.get("image") for picture in image.proto.imgs]

    assert len(alternatives) == 11 + 2
    assert all(alternatives)


def test_model_changes_the_answer_shown(open_page: OpenPage, mnist: Mnist) -> None:
    """Choosing another model in the sidebar changes the numbers on the page."""
    app = open_page("overview", digit="test-7", model="baseline")

    app.selectbox(key="model").set_value("improved").run()

    expected = load_network("improved").predict(mnist.test.images[7:8])[0]
    assert percent(float(np.max(expected))) in all_text(app)
    assert app.query_params["model"] == "improved"


def test_a_misread_digit_has_the_probability_of_its_answer(
    open_page: OpenPage, mnist: Mnist
) -> None:
    """Not that of its label."""
    probabilities = open_model(model_folder("baseline")).test_probabilities()
    position = int(np.flatnonzero(probabilities.argmax(axis=1) != mnist.test.labels)[0])
    shares = load_network("baseline").predict(mnist.test.images[position : position + 1])[0]

    said = all_text(open_page("overview", digit=f"test-{position}", model="baseline"))

    answer = int(shares.argmax())
    assert f"It gives the {answer} a probability of **{percent(float(shares[answer]))}**." in said


def test_the_network_is_told_and_shown(open_page: OpenPage, mnist: Mnist) -> None:
    """Layers and parameters counted, the ten bars, the digit large, and the cards in order."""
    app = open_page("overview", digit="test-7", model="baseline")
    said = all_text(app)
    assert "Test digit 7 passes through 11 layers in this order." in said
    assert f"Together they have {BASELINE.parameters:,} parameters" in said
    probabilities = load_network("baseline").predict(mnist.test.images[7:8])[0]
    (bars,) = components(app, "shares")
    np.testing.assert_allclose(bars["shares"], probabilities, atol=1e-6)
    names = [f"`{layer.name}`" for layer in BASELINE.layers()]
    places = [said.index(name) for name in names]
    assert places == sorted(places)


def test_cards_are_numbered_from_one(open_page: OpenPage) -> None:
    """The number stands before the name of each layer, 1 to 11."""
    said = all_text(open_page("overview", model="baseline")).splitlines()
    heads = [
        next(line for line in said if line.startswith("**") and line.endswith(f"`{layer.name}`"))
        for layer in BASELINE.layers()
    ]
    assert [head.split("  ")[0] for head in heads] == [f"**{one}" for one in range(1, 12)]
