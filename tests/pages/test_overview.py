"""The first page is a canvas, and shows what the network makes of what stands on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.images.drawing import digit_from_canvas
from cnn_core.images.pen_path import pen_path
from cnn_core.network.architecture import BASELINE
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.canvas import canvas_state, draw, on_canvas
from tests.support.pages import OpenPage, all_text
from tests.support.seen import components, numbers
from ui.components.live_network.live_network import live_id
from ui.look.wording import a_digit, percent
from ui.shared.resources import model


def component(app: AppTest, part: str) -> dict[str, Any]:
    """What the one component that has such a part was handed."""
    (data,) = components(app, part)
    return data


def writing(app: AppTest) -> str | None:
    """The name of the digit that writes itself, if one does."""
    digit = component(app, "written")["written"]
    return None if digit is None else str(digit["name"])


def on_the_canvas(app: AppTest) -> list[str]:
    """What was put on the canvas, kind by kind."""
    start = app.session_state["canvas-start"]
    return [] if start is None else [each["type"] for each in start["objects"]]


def test_answer_is_the_networks(open_page: OpenPage, mnist: Mnist) -> None:
    """Verdict, bars and map show what the chosen network computes, and follow what is read here."""
    trained = load_network("baseline")
    probabilities = trained.predict(mnist.test.images[7:8])[0]

    app = open_page("overview", digit="test-7", model="baseline")

    assert app.title[0].value == "DigitScope"
    answer = int(probabilities.argmax())
    verdict = component(app, "serverSays")
    assert verdict["text"] == f"Read as {a_digit(answer)}, {percent(float(probabilities.max()))}"
    bars = component(app, "shares")
    np.testing.assert_allclose(bars["shares"], probabilities, atol=1e-6)
    network_map = component(app, "followed")
    assert [layer["name"] for layer in network_map["layers"]] == [
        layer.name for layer in BASELINE.layers()
    ]
    peaks = numbers(network_map["layers"][-1]["peaks"], np.float32, (10,))
    np.testing.assert_allclose(peaks, probabilities, atol=1e-6)
    assert network_map["chosen"] is None
    assert network_map["compact"]
    assert {verdict["live"], bars["live"], network_map["live"]} == {"paper"}


def test_the_current_digit_writes_itself(open_page: OpenPage, mnist: Mnist) -> None:
    """With its own pixels, when the pen passes them and where it is; the network that follows is named."""
    app = open_page("overview", digit="test-7", model="baseline")

    data = component(app, "written")
    image = mnist.test.images[7]
    path = pen_path(image)
    digit = data["written"]
    assert digit["name"] == "test-7"
    np.testing.assert_array_equal(numbers(digit["image"], np.uint8, (28, 28)), image)
    np.testing.assert_array_equal(numbers(digit["arrival"], np.uint8, (28, 28)), path.arrival)
    way = numbers(digit["way"], np.float32, (-1, 3))
    np.testing.assert_array_equal(way[:, 0], np.concatenate(path.times))
    np.testing.assert_array_equal(way[:, 1:], np.concatenate(path.strokes))
    named = live_id(model("baseline"))
    assert data["model"] == named
    assert component(app, "highest")["model"] == named
    assert component(app, "sent")["id"] == named
    assert on_the_canvas(app) == []
    said = all_text(app)
    assert "**Test digit 7** wrote itself." in said
    assert f"Its label says a {mnist.test.labels[7]}." in said
    assert f"{len(BASELINE.layers())} layers with {BASELINE.parameters:,} parameters" in said


def test_a_drawing_is_the_current_digit_at_once(open_page: OpenPage, mnist: Mnist) -> None:
    """And read; nothing writes itself over it, until another digit is chosen, which takes its place."""
    app = open_page("overview", digit="test-7", model="baseline")
    rgba = on_canvas(mnist.test.images[2])
    digit = digit_from_canvas(rgba)
    assert digit is not None
    probabilities = load_network("baseline").predict(digit[np.newaxis])[0]

    draw(app, rgba)

    assert app.query_params["digit"] == drawn_digit(digit).name
    assert app.session_state["digit"].title == "Your drawing"
    assert writing(app) is None
    np.testing.assert_allclose(component(app, "shares")["shares"], probabilities, atol=1e-6)
    assert "wrote itself" not in all_text(app)

    app.switch_page("pages/draw.py").run()
    assert app.session_state["canvas-start"]["objects"] == [{"type": "Path"}]
    app.switch_page("pages/overview.py").run()
    assert app.session_state["digit"].title == "Your drawing"
    assert on_the_canvas(app) == ["Path"]
    assert writing(app) is None

    app.button(key="back-from-drawing").click().run()
    assert app.session_state["digit"].name == "test-7"
    assert writing(app) == "test-7"
    assert on_the_canvas(app) == []
    app.button(key="next-digit").click().run()
    assert writing(app) == "test-8"


def test_somebody_elses_drawing_stands_on_the_canvas(open_page: OpenPage, mnist: Mnist) -> None:
    """To be drawn on further; it is read as it is, and only what is drawn on it is one's own."""
    shared = drawn_digit(mnist.train.images[5])
    probabilities = load_network("baseline").predict(shared.image[np.newaxis])[0]
    app = open_page("overview", digit=shared.name, model="baseline")

    assert on_the_canvas(app) == ["Image"]
    assert writing(app) is None
    np.testing.assert_allclose(component(app, "shares")["shares"], probabilities, atol=1e-6)
    reported = canvas_state(on_canvas(shared.image))
    reported["drawing"]["raw"] = {"objects": [{"type": "Image"}]}
    app.session_state["canvas"] = reported
    app.run()
    assert app.session_state["digit"].title == "A drawing"

    draw(app, on_canvas(mnist.test.images[2]))
    assert app.session_state["digit"].title == "Your drawing"


def test_a_canvas_that_is_cleared_leaves_the_digit_current(
    open_page: OpenPage, mnist: Mnist
) -> None:
    """There is nothing new to read; what was drawn is on every page as before."""
    app = open_page("overview", digit="test-7")
    draw(app, on_canvas(mnist.test.images[2]))
    name = app.session_state["digit"].name

    app.button(key="clear").click().run()

    assert app.session_state["digit"].name == name
    assert on_the_canvas(app) == []
    assert writing(app) is None


def test_a_unit_that_was_clicked_opens_on_layers(open_page: OpenPage) -> None:
    """The address names it, as the page itself would."""
    app = open_page("overview", digit="test-7", model="baseline")

    app.session_state["open-in-layers"] = ("conv2", 5)
    app.run()

    assert app.title[0].value == "What happens inside?"
    assert (app.query_params["layer"], app.query_params["unit"]) == ("conv2", "5")
    assert (app.session_state["layer"], app.session_state["unit"]) == ("conv2", 5)


def test_model_changes_the_answer_shown(open_page: OpenPage, mnist: Mnist) -> None:
    """Choosing another model in the sidebar changes the numbers on the page."""
    app = open_page("overview", digit="test-7", model="baseline")

    app.selectbox(key="model").set_value("improved").run()

    expected = load_network("improved").predict(mnist.test.images[7:8])[0]
    np.testing.assert_allclose(component(app, "shares")["shares"], expected, atol=1e-6)
    assert component(app, "sent")["id"] == live_id(model("improved"))
    assert app.query_params["model"] == "improved"


def test_a_misread_digit_has_the_probability_of_its_answer(
    open_page: OpenPage, mnist: Mnist
) -> None:
    """Not that of its label."""
    probabilities = open_model(model_folder("baseline")).test_probabilities()
    position = int(np.flatnonzero(probabilities.argmax(axis=1) != mnist.test.labels)[0])
    shares = load_network("baseline").predict(mnist.test.images[position : position + 1])[0]

    app = open_page("overview", digit=f"test-{position}", model="baseline")

    answer = int(shares.argmax())
    assert answer != mnist.test.labels[position]
    said = component(app, "serverSays")["text"]
    assert said == f"Read as {a_digit(answer)}, {percent(float(shares[answer]))}"
    assert f"Its label says {a_digit(int(mnist.test.labels[position]))}." in all_text(app)
