"""Two digits side by side: which, the line, one layer, and a link that opens exactly that."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.findings.alike import pixel_likeness, side_by_side
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text
from tests.support.seen import charts, components, pictures, plain, plotted
from ui.look.colors import colour_pixels


def choose(app: AppTest, beginning: str) -> str:
    """Choose what begins so in the menu; returns the second digit's name."""
    menu = app.menu_button(key="choose-second")
    menu.click(next(option for option in menu.options if option.startswith(beginning))).run()
    assert not app.exception
    return str(app.query_params["second"])


def line(app: AppTest) -> np.ndarray:
    """The similarities that are drawn."""
    return plotted(charts(app)[0]["data"][-1]["y"])


def test_a_link_opens_exactly_that(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both digits and the layer; pictures, bars and the line are of these two, in this order."""
    shown = pictures(monkeypatch)
    app = open_page("beside", model="baseline", digit="test-2", second="train-7", layer="pool2")
    assert not app.warning
    assert app.query_params["second"] == "train-7"
    assert app.session_state["layer"] == "pool2"
    images = mnist.test.images[2], mnist.train.images[7]
    first, second = (
        {
            name: values[0]
            for name, values in load_network("baseline").activations(each[None]).items()
        }
        for each in images
    )
    layers = side_by_side(load_network("baseline").architecture, first, second)
    np.testing.assert_allclose(line(app), [two.alike for two in layers.values()], rtol=1e-6)
    captioned = [picture for picture in shown if picture.caption]
    assert [picture.caption for picture in captioned] == [
        f"Test digit 2, a {mnist.test.labels[2]}",
        f"Training digit 7, a {mnist.train.labels[7]}",
        "First less second",
    ]
    for picture, image in zip(captioned, images, strict=False):
        zoom = len(picture.pixels) // 28
        np.testing.assert_array_equal(picture.pixels[::zoom, ::zoom], colour_pixels(image))
    assert sum(picture.alt.startswith("Map") for picture in shown) == 18
    bars = [data["shares"] for data in components(app, "shares")]
    np.testing.assert_allclose(bars, [first["output"], second["output"]], rtol=1e-6)
    assert f"Map {layers['pool2'].strongest[0]} · " in all_text(app)


def test_ways_to_a_second_digit(open_page: OpenPage, mnist: Mnist) -> None:
    """The most alike of another class at first; the least alike of the class, any, itself; and the swap."""
    app = open_page("beside", digit="test-42", model="baseline")
    labels, likeness = mnist.test.labels, pixel_likeness(mnist.test.images, mnist.test.images[42])
    nearest = np.where(labels == 4, -1, likeness).argmax()
    farthest = np.where(labels == 4, likeness, 2).argmin()
    assert app.query_params["second"] == f"test-{nearest}"
    assert choose(app, "The least alike 4") == f"test-{farthest}"
    assert choose(app, "The most alike") == f"test-{nearest}"
    any_other = choose(app, "Any other 4")
    assert labels[int(any_other.removeprefix("test-"))] == 4
    assert any_other != "test-42"
    choose(app, "Any test digit")

    app.button(key="next-digit").click().run()
    second = app.query_params["second"]
    assert app.query_params["digit"] == "test-43"
    before = line(app)
    app.button(key="swap").click().run()
    assert (app.query_params["digit"], app.query_params["second"]) == (second, "test-43")
    np.testing.assert_allclose(line(app), before)

    app.button(key="swap").click().run()
    assert choose(app, "Test digit 43 itself") == "test-43"
    assert "This is one digit twice" in all_text(app)
    assert (line(app) == 1).all()
    assert app.get("page_link")[0].proto.page == "draw"
    app.button(key="next-digit").click().run()
    assert (app.query_params["digit"], app.query_params["second"]) == ("test-44", "test-43")


def test_drawings(open_page: OpenPage) -> None:
    """A drawing is compared by what it is read as; one without ink has no similarity, and all goes on."""
    stroke = np.zeros((28, 28), np.uint8)
    stroke[5:24, 13:16] = 255
    drawing, black = drawn_digit(stroke).name, drawn_digit(np.zeros((28, 28), np.uint8)).name
    app = open_page("beside", digit=drawing)
    assert "The least alike 1" in app.menu_button(key="choose-second").options
    app = open_page("beside", digit=drawing, second=black, layer="rescaling")
    assert "nothing can be said of how alike they are" in all_text(app)
    app = open_page("beside", digit=black, second=black, layer="rescaling")
    assert "rescaling is 0 everywhere for both" in app.info[0].value
    for option in app.menu_button(key="choose-second").options:
        choose(app, option)


@pytest.mark.parametrize("nonsense", ["", "test-10000", "draw-AAAA", "../x", "٣", "a\n\nb"])
def test_nonsense(open_page: OpenPage, nonsense: str) -> None:
    """A second digit that there is not gets a notice, and one to begin with takes its place."""
    app = open_page("beside", second=nonsense)
    (notice,) = app.warning
    assert "second digit that is not there" in notice.proto.title
    assert app.query_params["second"].startswith("test-")


def test_guess_and_all_pairs(open_page: OpenPage) -> None:
    """The table comes after the guess; of the layers it has those of the network."""
    app = open_page("beside", model="baseline")
    assert "| pixels |" not in all_text(app)
    app.button(key="beside-pairs-show").click().run()
    said = plain(all_text(app))
    assert "All pairs of 2,000 test digits" in said
    assert "| pixels |" in said
    assert said.count("0.33 to 0.74 | 0.24 to 0.55 | 76.3 %") == 1


@pytest.mark.parametrize("model", ["rate-too-large", "rate-too-small"])
def test_networks_that_learned_little(open_page: OpenPage, model: str) -> None:
    """One whose layers are 0 for every digit is shown too; the takeaway is then of another."""
    app = open_page("beside", model=model)
    assert ("of Improved makes" in all_text(app)) == (model == "rate-too-large")
    app.button(key="beside-pairs-show").click().run()
    assert not app.exception
    assert ("nothing can be said" in all_text(app)) == (model == "rate-too-large")
