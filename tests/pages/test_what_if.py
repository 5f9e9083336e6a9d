"""The what-if page: every change reaches the network, and can be taken back."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.ablation import without_maps
from cnn_core.images.changes import Change
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import numbers
from ui.look.answer_change import answer_change
from ui.look.colors import colour_activations
from ui.look.wording import a_digit, percent
from ui.why.switched_off import silent_maps_in_words


def parts(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the components of the page that have such a part were handed, from top to bottom."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in components if name in data]


def test_unchanged_at_first(open_page: OpenPage, mnist: Mnist) -> None:
    """The digit as it is, and the answer that every other page gives."""
    app = open_page("what_if")
    sent = base64.b64decode(parts(app, "value")[0]["pixels"])
    assert sent == mnist.test.images[42].tobytes()
    shares = [part["shares"] for part in parts(app, "shares")]
    expected = load_network("improved").predict(mnist.test.images[42:43])[0]
    for share in shares:
        np.testing.assert_allclose(share, expected, atol=1e-6)
    assert app.button(key="use-changed").disabled
    assert app.button(key="undo-edit").disabled


@pytest.mark.parametrize(
    ("name", "value", "change"),
    [
        ("thicken", 2, Change(thicken=2)),
        ("rotate", -45, Change(rotate=-45)),
        ("right", 5, Change(right=5)),
        ("down", -3, Change(down=-3)),
        ("noise", 64, Change(noise=64)),
    ],
)
def test_every_slider_reaches_the_network(
    open_page: OpenPage, mnist: Mnist, name: str, value: int, change: Change
) -> None:
    """The probabilities are those of the changed digit; start over brings the old ones back."""
    app = open_page("what_if")
    app.slider(key=f"what-if-{name}").set_value(value).run()
    expected = load_network("improved").predict(change.apply(mnist.test.images[42])[np.newaxis])[0]
    np.testing.assert_allclose(parts(app, "shares")[0]["shares"], expected, atol=1e-6)

    app.button(key="start-over").click().run()
    assert app.slider(key=f"what-if-{name}").value == 0
    assert app.button(key="use-changed").disabled


def test_the_changed_digit_goes_everywhere(open_page: OpenPage, mnist: Mnist) -> None:
    """It becomes a drawing in the address, and the page starts over from it."""
    app = open_page("what_if")
    app.slider(key="what-if-right").set_value(4).run()
    app.button(key="use-changed").click().run()
    assert not app.exception
    assert app.query_params["digit"].startswith("draw-")
    assert app.slider(key="what-if-right").value == 0
    sent = base64.b64decode(parts(app, "value")[0]["pixels"])
    assert sent == Change(right=4).apply(mnist.test.images[42]).tobytes()


def test_switching_all_maps_off(open_page: OpenPage, mnist: Mnist) -> None:
    """A network without its first convolution answers the same for every digit; and back again."""
    app = open_page("what_if", model="baseline")
    assert "All maps are on" in all_text(app)
    app.button(key="all-off").click().run()
    assert "16 maps are off" in all_text(app)
    reduced = without_maps(load_network("baseline"), {"conv1": range(16)})
    expected = reduced.predict(mnist.test.images[42:43])[0]
    np.testing.assert_allclose(parts(app, "shares")[1]["shares"], expected, atol=1e-6)
    assert percent(float(expected[4])) in all_text(app)

    app.button(key="all-on").click().run()
    assert "All maps are on" in all_text(app)


def test_reading_the_test_set(open_page: OpenPage) -> None:
    """On request, with progress, to the end: a share of each digit, before and after."""
    app = open_page("what_if", model="baseline")
    app.button(key="all-off").click().run()
    app.button(key="read-all").click().run()
    end = time.monotonic() + 90
    while not (
        parts(app, "sums") and "test digits read correctly" in parts(app, "sums")[0]["label"]
    ):
        assert time.monotonic() < end
        assert not app.exception
        time.sleep(0.5)
        app.run()
    table = parts(app, "sums")[0]
    assert len(table["terms"]) == 10
    assert "98." in table["sums"][0]["name"]

    app.button(key="all-on").click().run()
    assert not parts(app, "sums")


def test_reading_can_be_stopped(open_page: OpenPage) -> None:
    """The stop button ends it, and it can be asked for again."""
    app = open_page("what_if", model="improved")
    app.segmented_control(key="switched-layer").set_value("conv2").run()
    app.button(key="all-off").click().run()
    app.button(key="read-all").click().run()
    app.button(key="stop-job").click().run()
    time.sleep(0.5)
    app.run()
    assert not app.exception
    assert app.button(key="read-all")


def test_another_digit_starts_anew(open_page: OpenPage, mnist: Mnist) -> None:
    """What was painted on one digit is not painted on the next."""
    app = open_page("what_if", digit="test-5")
    app.button(key="next-digit").click().run()
    sent = base64.b64decode(parts(app, "value")[0]["pixels"])
    assert sent == mnist.test.images[6].tobytes()


def test_switches_show_the_maps_as_they_are(open_page: OpenPage, mnist: Mnist) -> None:
    """Each map on the scale of all, those that are off by number, and the answer without them."""
    app = open_page("what_if", model="baseline", digit="test-7")
    app.session_state["maps-off"] = {"baseline": {"conv1": {3, 11}, "conv2": {5}}}
    app.run()

    network, image = load_network("baseline"), mnist.test.images[7:8]
    maps = network.activations(image)["conv1"][0]
    (data,) = parts(app, "off")
    assert data["off"] == [3, 11]
    drawn = numbers(data["maps"], np.uint8, (16, 26, 26, 3))
    brightest = float(maps.max())
    for number_of_map in range(16):
        np.testing.assert_array_equal(
            drawn[number_of_map], colour_activations(maps[..., number_of_map], brightest)
        )
    said = all_text(app)
    assert (
        "All 16 maps of conv1 for this digit, before anything is switched off, from 0 (dark) to "
        f"{brightest:.2f} (yellow)."
    ) in said
    assert "**3 maps are off.**" in said
    silent = np.flatnonzero(~maps.any(axis=(0, 1))).tolist()
    assert silent_maps_in_words(silent) in said
    reduced = without_maps(network, {"conv1": {3, 11}, "conv2": {5}}).predict(image)[0]
    np.testing.assert_allclose(parts(app, "shares")[1]["shares"], reduced, atol=1e-6)


def test_maps_that_never_respond_are_named(open_page: OpenPage) -> None:
    """Beside those that are silent for this digit; nothing of a model that was not looked at."""
    app = open_page("what_if", model="baseline")
    assert "for all 70,000 digits" not in all_text(app)
    set_value(app, "switched-layer", "conv3").run()
    assert "Maps 11, 30, 56, 61 and 62 are silent for all 70,000 digits" in all_text(app)
    app.query_params["model"] = "same-padding"
    app.run()
    assert not app.exception
    assert "for all 70,000 digits" not in all_text(app)


def test_a_guess_when_the_answer_turns(open_page: OpenPage, mnist: Mnist) -> None:
    """The dimmest maps go first: the answer is another one with as many off as it says, not before."""
    app = open_page("what_if", model="baseline", digit="test-7")
    assert "Switch the 16 maps of conv1 off one after the other" in all_text(app)
    network, image = load_network("baseline"), mnist.test.images[7:8]
    maps = network.activations(image)["conv1"][0]
    order = np.argsort(maps.sum(axis=(0, 1)), kind="stable").tolist()
    read = [
        int(without_maps(network, {"conv1": order[:off]}).predict(image)[0].argmax())
        for off in range(17)
    ]
    off = next(off for off in range(17) if read[off] != read[0])
    field: Any = app.get_by_key("turn-guess-answer-test-7-baseline-conv1")
    field.set_value(off)
    app.button(key="turn-guess-check").click().run()
    assert app.success[0].value.startswith(f"Yes, with {off} off the network reads")
    assert a_digit(read[off]) in app.success[0].value


def test_the_change_is_told_from_before_to_after(open_page: OpenPage, mnist: Mnist) -> None:
    """What the answer had, and what it has now that the digit is upside down."""
    app = open_page("what_if", model="baseline", digit="test-42")
    app.session_state["what-if-rotate"] = 180
    app.run()
    network, image = load_network("baseline"), mnist.test.images[42]
    before, after = (network.predict(each[np.newaxis])[0] for each in (image, image[::-1, ::-1]))
    assert answer_change(before, after) in all_text(app)


def test_the_sliders_and_the_tools(open_page: OpenPage) -> None:
    """Their names, from where to where they go, and in which steps; the tools and their widths."""
    app = open_page("what_if")
    assert [
        (slider.key, slider.label, slider.min, slider.max, slider.step, slider.value)
        for slider in app.slider
    ] == [
        ("what-if-thicken", "Thicken", -2, 3, 1, 0),
        ("what-if-rotate", "Rotate", -180, 180, 5, 0),
        ("what-if-right", "Shift right", -12, 12, 1, 0),
        ("what-if-down", "Shift down", -12, 12, 1, 0),
        ("what-if-noise", "Noise", 0, 128, 1, 0),
    ]
    widths: Any = app.get_by_key("what-if-width")
    assert (widths.options, widths.value) == (["1 px", "2 px", "3 px", "5 px"], 2)
    (paper,) = parts(app, "value")
    assert (paper["value"], paper["size"]) == (0, 2)
    set_value(app, "what-if-tool", "Pen")
    set_value(app, "what-if-width", 5).run()
    (paper,) = parts(app, "value")
    assert (paper["value"], paper["size"]) == (255, 5)


def test_buttons_for_all_maps_know_when_they_do_nothing(open_page: OpenPage) -> None:
    """All on is off at first; all off is off once every map is."""
    app = open_page("what_if", model="baseline")
    assert (app.button(key="all-on").disabled, app.button(key="all-off").disabled) == (True, False)
    app.button(key="all-off").click().run()
    assert (app.button(key="all-on").disabled, app.button(key="all-off").disabled) == (False, True)
