"""The what-if page: every change reaches the network, and can be taken back."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.ablation import without_maps
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.weight_noise import ALL, load_survival, with_noise
from cnn_core.images.changes import Change, noise_field
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.pages import OpenPage, all_text, set_value, tell
from tests.support.seen import numbers
from ui.components.live_network.live_network import live_id
from ui.look.answer_change import answer_change
from ui.look.colors import colour_activations
from ui.look.wording import a_digit, answer_in_words, percent
from ui.why.damage import survival_in_words
from ui.why.switched_off import silent_maps_in_words


def parts(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the components of the page that have such a part were handed, from top to bottom."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in components if name in data]


def said(app: AppTest) -> str:
    """What sentences that follow the browser say, as the server has them."""
    return "\n".join(part["said"] for part in parts(app, "said"))


def test_unchanged_at_first(open_page: OpenPage, mnist: Mnist) -> None:
    """The digit as it is, and the answer that every other page gives."""
    app = open_page("what_if")
    sent = base64.b64decode(parts(app, "value")[0]["pixels"])
    assert sent == mnist.test.images[42].tobytes()
    shares = [part["shares"] for part in parts(app, "shares")]
    assert len(shares) == 3
    expected = load_network("improved").predict(mnist.test.images[42:43])[0]
    for share in shares:
        np.testing.assert_allclose(share, expected, atol=1e-6)
    for words in ("Unchanged: ", "**All maps are on.** ", "Without noise: "):
        assert f"{words}{answer_in_words(expected)}" in said(app)
    assert app.button(key="use-changed").disabled
    assert app.button(key="undo-edit").disabled


SLIDERS = ("thicken", "rotate", "right", "down", "noise")


def slide(app: AppTest, settings: list[float], number: int = 1) -> AppTest:
    """Where the sliders of the digit come to rest."""
    return tell(app, "change-sliders", "moved", {"settings": settings, "number": number})


def test_every_slider_reaches_the_network(open_page: OpenPage, mnist: Mnist) -> None:
    """The probabilities are those of the changed digit; start over brings the old ones back."""
    app = open_page("what_if")
    for number_told, (name, value) in enumerate(
        zip(SLIDERS, (2, -45, 5, -3, 64), strict=True), start=1
    ):
        settings = [float(value if name == each else 0) for each in SLIDERS]
        slide(app, settings, number_told)
        image = Change(**{name: value}).apply(mnist.test.images[42])
        expected = load_network("improved").predict(image[np.newaxis])[0]
        np.testing.assert_allclose(parts(app, "shares")[0]["shares"], expected, atol=1e-6)
        shown = parts(app, "alt")[0]
        assert base64.b64decode(shown["image"]) == image.tobytes()
        told = parts(app, "effect")[0]
        assert (told["settings"], told["heard"]) == (settings, number_told)

    app.button(key="start-over").click().run()
    assert parts(app, "effect")[0]["settings"] == [0] * 5
    assert app.button(key="use-changed").disabled


def test_other_noise_falls_differently(open_page: OpenPage, mnist: Mnist) -> None:
    """The browser is handed the noise of the next seed, and the digit is read with it."""
    app = open_page("what_if")
    slide(app, [0, 0, 0, 0, 90])
    for seed in (0, 1):
        sent = numbers(parts(app, "effect")[0]["effect"]["field"], np.float64, (28, 28))
        np.testing.assert_array_equal(sent, noise_field(seed))
        image = Change(noise=90, seed=seed).apply(mnist.test.images[42])
        assert base64.b64decode(parts(app, "alt")[0]["image"]) == image.tobytes()
        tell(app, "change-sliders", "again", True)


def test_the_changed_digit_goes_everywhere(open_page: OpenPage, mnist: Mnist) -> None:
    """It becomes a drawing in the address, and the page starts over from it."""
    app = open_page("what_if")
    slide(app, [0, 0, 4, 0, 0])
    app.button(key="use-changed").click().run()
    assert not app.exception
    assert app.query_params["digit"].startswith("draw-")
    assert parts(app, "effect")[0]["settings"] == [0] * 5
    sent = base64.b64decode(parts(app, "value")[0]["pixels"])
    assert sent == Change(right=4).apply(mnist.test.images[42]).tobytes()


def test_switching_all_maps_off(open_page: OpenPage, mnist: Mnist) -> None:
    """A network without its first convolution answers the same for every digit; and back again."""
    app = open_page("what_if", model="baseline")
    assert "All maps are on" in said(app)
    app.button(key="all-off").click().run()
    assert "16 maps are off" in said(app)
    reduced = without_maps(load_network("baseline"), {"conv1": range(16)})
    expected = reduced.predict(mnist.test.images[42:43])[0]
    np.testing.assert_allclose(parts(app, "shares")[1]["shares"], expected, atol=1e-6)
    assert percent(float(expected[4])) in said(app)

    app.button(key="all-on").click().run()
    assert "All maps are on" in said(app)


def test_maps_are_switched_as_the_browser_says(open_page: OpenPage, mnist: Mnist) -> None:
    """All that are off of one convolution at once; those of others stay off."""
    app = open_page("what_if", model="baseline")
    app.session_state["maps-off"] = {"baseline": {"conv2": {5}}}
    tell(app, "switches-conv1", "switched", {"off": [3, 11.0], "number": 2})
    (data,) = parts(app, "off")
    assert (data["off"], data["heard"]) == ({"conv1": [3, 11], "conv2": [5]}, 2)
    assert "**3 maps are off.**" in said(app)
    for forged in ({"off": [16], "number": 3}, {"off": 3, "number": 3}, {"off": [0] * 17}, [3]):
        tell(app, "switches-conv1", "switched", forged)
        assert parts(app, "off") == [data], forged


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
    assert data["off"] == {"conv1": [3, 11], "conv2": [5]}
    assert (data["layer"], data["model"]) == (
        "conv1",
        live_id(open_model(model_folder("baseline"))),
    )
    assert base64.b64decode(data["image"]) == image.tobytes()
    drawn = numbers(data["maps"], np.uint8, (16, 26, 26, 3))
    brightest = float(maps.max())
    for number_of_map in range(16):
        np.testing.assert_array_equal(
            drawn[number_of_map], colour_activations(maps[..., number_of_map], brightest)
        )
    captions = all_text(app)
    assert (
        "All 16 maps of conv1 for this digit, before anything is switched off, from 0 (dark) to "
        f"{brightest:.2f} (yellow)."
    ) in captions
    assert "**3 maps are off.**" in said(app)
    silent = np.flatnonzero(~maps.any(axis=(0, 1))).tolist()
    assert silent_maps_in_words(silent) in captions
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
    assert answer_change(before, after) in said(app)


def test_the_sliders_and_the_tools(open_page: OpenPage) -> None:
    """Their names, from where to where they go, and in which steps; the tools and their widths."""
    app = open_page("what_if")
    assert [
        (each["label"], each["least"], each["most"], each["step"])
        for each in parts(app, "effect")[0]["sliders"]
    ] == [
        ("Thicken", -2, 3, 1),
        ("Rotate", -180, 180, 5),
        ("Shift right", -12, 12, 1),
        ("Shift down", -12, 12, 1),
        ("Noise", 0, 128, 1),
    ]
    assert parts(app, "effect")[0]["settings"] == [0] * 5
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


def test_noise_on_weights(open_page: OpenPage, mnist: Mnist) -> None:
    """On one layer or all, as strong as the slider says, and with other noise when asked."""
    app = open_page("what_if", model="baseline")
    network, image = load_network("baseline"), mnist.test.images[42:43]
    before = network.predict(image)[0]

    def assert_read_with(strength: float, seed: int, layer: str) -> None:
        assert not app.exception
        after = with_noise(network, strength, seed, layer).predict(image)[0]
        np.testing.assert_allclose(parts(app, "shares")[2]["shares"], after, atol=1e-6)
        assert answer_change(before, after) in said(app)
        effect = parts(app, "effect")[1]["effect"]
        assert (effect["layer"], effect["seed"]) == (layer, seed)

    tell(app, "damage-slider", "moved", {"settings": [0.7], "number": 1})
    assert_read_with(0.7, 0, ALL)
    tell(app, "damage-slider", "again", True)
    assert_read_with(0.7, 1, ALL)
    set_value(app, "damage-layer", "conv2").run()
    assert_read_with(0.7, 1, "conv2")
    # Between two settings, and beyond the last: what the slider itself has.
    tell(app, "damage-slider", "moved", {"settings": [1.2049], "number": 2})
    assert_read_with(1.2, 1, "conv2")
    tell(app, "damage-slider", "moved", {"settings": [2.5], "number": 3})
    assert_read_with(1.2, 1, "conv2")


def test_how_many_digits_survive(open_page: OpenPage) -> None:
    """After a guess at the layer that bears least, the curve; of another model, when it is asked for."""
    app = open_page("what_if", model="baseline")
    found = load_survival({name: open_model(model_folder(name)) for name in COMPARED})["baseline"]
    assert not app.get("plotly_chart")
    guess: Any = app.get_by_key("damage-guess")
    assert guess.options == ["conv1", "conv2", "conv3", "dense", "output"]
    guess.set_value(found.weakest(1.0)).run()
    assert not app.exception
    assert app.success[0].value.startswith("Yes.")
    assert len(app.get("plotly_chart")) == 1
    assert survival_in_words(found, ALL) in all_text(app)

    app.query_params["model"] = "same-padding"
    app.run()
    assert not app.exception
    assert not app.get("plotly_chart")
    app.button(key="measure-damage").click().run()
    assert not app.exception
    app.button(key="stop-damage").click().run()
    assert not app.exception
