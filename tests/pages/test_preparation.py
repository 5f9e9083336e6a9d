"""The preparation page: every step off and on, and what does not look like a digit."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.findings.neighbours import features
from cnn_core.images.drawing import FULL, STAGES, digit_from_canvas, ink_of_canvas, prepare_drawing
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.canvas import draw, on_canvas
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import plain
from ui.look.wording import a_digit, number, percent
from ui.shared import background


def shares(app: AppTest) -> list[list[float]]:
    """The probabilities of every set of bars, from top to bottom."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data["shares"] for data in components if "shares" in data]


def corner_canvas(mnist: Mnist) -> np.ndarray:
    """A test digit, small, in a corner of the canvas."""
    rgba = on_canvas(np.zeros((28, 28), np.uint8))
    small = mnist.test.images[0].repeat(3, axis=0).repeat(3, axis=1)
    rgba[6:90, 6:90, :3] = small[..., np.newaxis]
    return rgba


def test_dataset_digit_is_pasted(open_page: OpenPage) -> None:
    """Never empty: the current digit stands on a canvas, and can be moved and sized."""
    app = open_page("preparation")
    assert "was prepared already" in all_text(app)
    assert app.get("page_link")
    before = shares(app)[0]
    assert max(before) == pytest.approx(before[4])

    app.slider(key="paste-size").set_value(28).run()
    app.slider(key="paste-right").set_value(100).run()
    app.toggle(key="white-paper").set_value(True).run()
    app.toggle(key="invert").set_value(False).run()

    assert not app.exception
    assert "The paper counts as ink." in "".join(c.value for c in app.caption)


def test_a_link_with_a_drawing_says_what_is_missing(open_page: OpenPage, mnist: Mnist) -> None:
    """Only 28×28 pixels came, and the page says so; the switches of the link are off."""
    digit = drawn_digit(mnist.test.images[3]).name
    app = open_page("preparation", digit=digit, crop="false")
    assert "not the strokes" in all_text(app)
    assert app.toggle(key="crop").value is False
    assert app.toggle(key="fit").value is True


def test_every_step_of_a_drawing(open_page: OpenPage, mnist: Mnist) -> None:
    """The drawing of /draw; each switch leads to what the network says of that very preparation."""
    app = open_page("draw", model="baseline")
    rgba = corner_canvas(mnist)
    draw(app, rgba)
    app.switch_page("pages/preparation.py").run()
    # Its canvas can be imported only where Streamlit has read the components.
    from ui.write.preparation import TITLES, WITHOUT

    network, ink = load_network("baseline"), ink_of_canvas(rgba)
    full = digit_from_canvas(rgba)
    assert full is not None
    expected = network.predict(full[np.newaxis])[0]
    np.testing.assert_allclose(shares(app), [expected, expected], atol=1e-6)

    answer = int(expected.argmax())
    cards = [plain(each.value) for each in app.markdown if "left out.**" in each.value]
    assert cards[0] == (
        f"**Nothing left out.** All five steps are done. Read as {a_digit(answer, bold=True)} with "
        f"{plain(percent(float(expected[answer])))}."
    )
    assert len(cards) == 1 + len(STAGES)
    for card, stage in zip(cards[1:], STAGES, strict=True):
        prepared = prepare_drawing(ink, FULL.without(stage))
        assert prepared is not None
        alone = network.predict(prepared.image[np.newaxis])[0]
        read = int(alone.argmax())
        unchanged = np.array_equal(prepared.image, full)
        assert card.startswith(
            f"**{TITLES[stage]}: left out.** "
            f"{'Nothing changes here.' if unchanged else WITHOUT[stage]} "
            f"Read as {a_digit(read, bold=True)} with {plain(percent(float(alone[read])))}"
        )
        of_answer = f"; the {answer} gets {plain(percent(float(alone[answer])))}."
        assert card.endswith(of_answer) == (read != answer)
        if alone.argmax() != expected.argmax():
            assert percent(float(alone.max())) in all_text(app)

    for stage in ("fit", "centre"):
        app.toggle(key=stage).set_value(False)
    app.run()
    prepared = prepare_drawing(ink, FULL.without("fit").without("centre"))
    assert prepared is not None
    found = network.predict(prepared.image[np.newaxis])[0]
    np.testing.assert_allclose(shares(app)[1], found, atol=1e-6)
    np.testing.assert_allclose(shares(app)[0], expected, atol=1e-6)

    assert app.query_params["digit"] == drawn_digit(full).name
    app.button(key="random-digit").click().run()
    assert app.query_params["digit"].startswith("test-")
    app.button(key="use-drawing").click().run()
    assert app.query_params["digit"] == drawn_digit(full).name


def test_what_does_not_look_like_a_digit(open_page: OpenPage) -> None:
    """Seven upright bars are far from all digits; both pages say so, with figures."""
    app = open_page("draw")
    image = np.tile(np.array([255, 255, 0, 0], np.uint8), (28, 7))
    draw(app, on_canvas(image))
    assert "hardly looks like a digit" in all_text(app)

    app.switch_page("pages/preparation.py").run()
    assert "hardly looks like a digit" in all_text(app)
    rates = app.table[0].value.set_index("Tried")
    assert rates.loc["Test digits", "Noticed"] == percent(0.012)
    assert "1,000" in list(rates["Pictures"])


def test_a_network_that_was_not_measured(open_page: OpenPage) -> None:
    """Its threshold is not known, and the page says so."""
    app = open_page("preparation", model="same-padding")
    assert "nobody has measured" in app.info[0].value
    assert len(app.table) == 0


def test_nearest_training_digits(open_page: OpenPage, mnist: Mnist) -> None:
    """Once the training set has been read, by whomever, the nearest ten are shown."""
    model = open_model(model_folder("baseline"))
    every = np.full((60_000, 128), 6e4, np.float16)
    every[:300] = features(model.network(), mnist.train.images[:300])
    background._finished["features"] = OrderedDict({model.weights_checksum: every})
    try:
        app = open_page("preparation", model="baseline", digit="train-7")
    finally:
        background._finished.clear()
    components: list[dict[str, Any]] = [
        json.loads(part.proto.json) for part in app.get("bidi_component")
    ]
    (grid,) = [data for data in components if "captions" in data]
    assert len(grid["names"]) == 11
    assert grid["captions"][0] == "this one"
    assert all(int(name.removeprefix("train-")) < 300 for name in grid["names"][1:])
    nearest = [int(name.removeprefix("train-")) for name in grid["names"][1:]]
    labels = mnist.train.labels[nearest]
    assert [caption.split(" ")[0] for caption in grid["captions"][1:]] == [
        str(label) for label in labels
    ]
    told = re.search(r"It reads an? (\d); of these, (\d+) were written as one", all_text(app))
    assert told is not None
    assert int(told[2]) == (labels == int(told[1])).sum()
    assert number(60_000) not in [button.label for button in app.button]


def test_empty_drawing_has_its_own_message(open_page: OpenPage) -> None:
    """A blank canvas is no source; the current digit is shown instead."""
    app = open_page("draw")
    draw(app, on_canvas(np.zeros((28, 28), np.uint8)))
    app.switch_page("pages/preparation.py").run()
    assert not app.exception
    assert "was prepared already" in all_text(app)


def test_choosing_between_sources(open_page: OpenPage, mnist: Mnist) -> None:
    """With a drawing there is a choice, and the current digit is one of it."""
    app = open_page("draw")
    draw(app, corner_canvas(mnist))
    app.switch_page("pages/preparation.py").run()
    app.button(key="back-from-drawing").click().run()
    drawn = shares(app)[0]
    set_value(app, "handwriting", "The current digit").run()
    assert np.argmax(drawn) == 7
    assert np.argmax(shares(app)[0]) == 4
