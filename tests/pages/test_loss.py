"""The page of the loss scores a guess beside the network, and its numbers are those of the network."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.pages import OpenPage, set_value
from tests.support.seen import charts, plotted, words
from ui.look.wording import a_digit, number


def test_guess_first_then_look(open_page: OpenPage, mnist: Mnist) -> None:
    """Before a look neither the label nor the network's answer is told; then both losses are."""
    model = open_model(model_folder("baseline"))
    said, labels = model.test_probabilities(), mnist.test.labels
    position = int(np.flatnonzero(said.argmax(axis=1) != labels)[0])
    label, answer = int(labels[position]), int(said[position].argmax())
    app = open_page("loss", model="baseline")
    assert "It was written as" not in words(app)
    assert [trace["name"] for trace in charts(app)[0]["data"]] == ["−ln p"]

    set_value(app, f"loss-read-test-{position}", answer)
    app.slider(key="loss-sure").set_value(60).run()
    _, right, wrong = charts(app)[0]["data"]
    assert (right["name"], right["x"][0]) == (f"You, if it is {a_digit(answer)}", 0.6)
    assert wrong["x"][0] == pytest.approx(0.4 / 9)
    assert wrong["y"][0] == pytest.approx(-math.log(0.4 / 9))
    assert "It was written as" not in words(app)

    app.button(key="loss-look").click().run()
    assert not app.exception
    share = float(
        load_network("baseline").predict(mnist.test.images[position : position + 1])[0, label]
    )
    traces = {trace["name"]: trace for trace in charts(app)[0]["data"]}
    assert traces["The network, here"]["x"][0] == pytest.approx(share)
    assert traces["The network, here"]["y"][0] == pytest.approx(-math.log(share))
    assert traces["You, here"]["x"][0] == pytest.approx(0.4 / 9)
    others = [name for name in traces if name.startswith("The network, on test digit")]
    assert traces[others[0]]["y"][0] < 0.2
    text = words(app)
    assert f"It was written as {a_digit(label, bold=True)}: the network gives the {label} " in text
    assert f"= **{number(-math.log(share), 3)}**; " in text
    mine = number(-math.log(0.4 / 9), 3)
    assert f"; you give the {label} a probability of 4.4 %, −ln 0.0444 = **{mine}**." in text

    app.button(key="loss-another").click().run()
    assert not app.exception
    assert "It was written as" not in words(app)


def test_means(open_page: OpenPage, mnist: Mnist) -> None:
    """The batch around the first mistake, and the whole test set, as they were recorded."""
    model = open_model(model_folder("baseline"))
    said, labels = model.test_probabilities(), mnist.test.labels
    of_truth = -np.log(said[np.arange(10_000), labels].astype(np.float64))
    wrong = said.argmax(axis=1) != labels
    first = int(np.flatnonzero(wrong)[0]) // 32 * 32
    app = open_page("loss", model="baseline")
    np.testing.assert_allclose(
        plotted(charts(app)[1]["data"][0]["y"]), of_truth[first : first + 32]
    )
    text = words(app)
    assert f"The mean is **{number(float(of_truth[first : first + 32].mean()), 3)}**" in text
    assert f"the mean is **{number(model.results['test_loss'], 4)}**" in text
    part = of_truth[wrong].sum() / of_truth.sum()
    assert f"{wrong.sum()} mistakes among them make {part:.1%}".replace("%", " %") in text
    assert "ln 10 = 2.303" in text


@pytest.mark.parametrize("kind", ["A right answer", "The digit of the sidebar"])
def test_other_digits(open_page: OpenPage, mnist: Mnist, kind: str) -> None:
    """A right answer is one; a drawing without a label is answered with a mistake, and a word."""
    image = np.zeros((28, 28), np.uint8)
    image[5:22, 13:16] = 255
    app = open_page("loss", model="baseline", digit=drawn_digit(image).name)
    set_value(app, "loss-kind", kind).run()
    assert not app.exception
    reads = [key for each in app.button_group if "loss-read-test-" in (key := str(each.key))]
    position = int(reads[0].removeprefix("loss-read-test-"))
    is_right = load_network("baseline").predict(mnist.test.images[position : position + 1]).argmax()
    assert (is_right == mnist.test.labels[position]) == (kind == "A right answer")
    assert ("no label" in words(app)) == (kind != "A right answer")
