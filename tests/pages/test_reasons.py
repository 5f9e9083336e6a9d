"""The reasons page shows what the attribution methods compute, for any digit asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.attribution import grad_cam, input_times_gradient, occlusion
from cnn_core.network.gradient import ties
from cnn_core.network.receptive_field import Field, Span, receptive_field
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import pictures
from ui.components.sum_table.sum_table import signed
from ui.look.wording import a_digit, number, percent
from ui.why.evidence import cells_picture, evidence_picture, framed_digit


def ask(app: AppTest, digit: int) -> AppTest:
    """Ask for the evidence for a digit."""
    keys = [c.key for c in app.segmented_control if c.key and c.key.startswith("evidence-for")]
    app.segmented_control(key=keys[0]).set_value(digit).run()
    assert not app.exception
    return app


def test_it_starts_with_the_answer(open_page: OpenPage, mnist: Mnist) -> None:
    """Asked first is why the network answers as it does."""
    app = open_page("reasons", digit="test-7")
    probabilities = load_network("improved").predict(mnist.test.images[7:8])[0]
    assert percent(float(probabilities.max())) in all_text(app)
    assert app.metric[0].label == f"Pixels for the {probabilities.argmax()} add"


@pytest.mark.parametrize(("asked", "model"), [(0, "baseline"), (4, "improved"), (9, "improved")])
def test_any_digit_can_be_asked(open_page: OpenPage, mnist: Mnist, asked: int, model: str) -> None:
    """Its probability and its logit are those of the network."""
    app = ask(open_page("reasons", model=model), asked)
    image = mnist.test.images[42:43]
    logit = float(load_network(model).logits(image)[0, asked])
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Its logit"] == number(logit, 2)
    assert f"Pixels for the {asked} add" in metrics


@pytest.mark.parametrize(("patch", "stride", "places"), [(1, 7, 5), (14, 7, 3), (10, 5, 5)])
def test_patch_and_stride(open_page: OpenPage, patch: int, stride: int, places: int) -> None:
    """Any patch and stride covers the digit up to its last row."""
    app = open_page("reasons")
    app.slider(key="patch").set_value(patch)
    app.slider(key="patch-stride").set_value(stride)
    app.button(key="occlusion-guess-check").click().run()
    assert not app.exception
    assert f"{places}×{places} = {places**2} places" in all_text(app)


def named(adds: np.ndarray, order: np.ndarray) -> str:
    """The first three maps of an order as they are named, each with what it adds."""
    return ", ".join(f"map {one} ({signed(float(adds[one]), 3)})" for one in order[:3])


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_every_convolution(open_page: OpenPage, mnist: Mnist, layer: str) -> None:
    """Grad-CAM of each: what adds most, what takes most away, and what cannot reach the answer."""
    app = open_page("reasons", model="baseline", digit="test-7")
    app.segmented_control(key="cam-layer").set_value(layer).run()
    assert not app.exception
    network, image = load_network("baseline"), mnist.test.images[7]
    activations = {n: v[0] for n, v in network.activations(image[np.newaxis]).items()}
    found = grad_cam(network, activations, 9, layer)
    read = {"conv1": 20, "conv2": 8, "conv3": 2}[layer]
    adds = found.weights * activations[layer][:read, :read].mean(axis=(0, 1))
    said = all_text(app)
    assert f"Most **for** the 9: {named(adds, np.argsort(-adds))}." in said
    assert f"Most **against** it: {named(adds, np.argsort(adds))}." in said
    silent = int((~activations[layer][:read, :read].any(axis=(0, 1))).sum())
    assert (f"{silent} of the {len(adds)} maps are silent" in said) == (silent > 0)
    left_out = activations[layer].shape[0] ** 2 - read**2
    assert f"no later window leads from these {left_out} cells to the answer" in said
    assert f"find {percent(found.beyond_reach, 0)} of its evidence for the 9 there" in said


def test_a_guess_comes_before_the_map(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is told at first; then the guess is judged, and another measure can be asked."""
    shown = pictures(monkeypatch)
    app = open_page("reasons", model="baseline", digit="test-8")
    assert "black square of 6×6 pixels take most from the 5" in all_text(app)
    assert not [one for one in shown if "Occlusion" in one.alt or "covered" in one.alt]
    field: Any = app.get_by_key("occlusion-guess-answer-test-8-baseline-5")
    field.set_value(4)
    app.button(key="occlusion-guess-check").click().run()
    assert not app.exception
    assert [*app.success, *app.error]
    assert [one for one in shown if one.alt.startswith("Occlusion map for the 5")]
    set_value(app, "occlusion-measure", "logit").run()
    assert str(shown[-5].caption).startswith("Mean drop of the logit of the 5")


def test_a_black_image_has_no_evidence_and_no_error(open_page: OpenPage) -> None:
    """Where nothing is, nothing can be covered; every scale is 0 wide and still drawn."""
    from cnn_core.data.digit import drawn_digit

    blank = drawn_digit(np.zeros((28, 28), np.uint8))
    app = open_page("reasons", digit=blank.name)
    assert not app.exception
    assert not app.warning
    app.button(key="occlusion-guess-check").click().run()
    assert not app.exception
    assert app.info[0].value.startswith("Nowhere much")


def test_every_picture_says_what_it_shows(open_page: OpenPage) -> None:
    """All methods are named with their authors, and every one with its limits."""
    text = all_text(open_page("reasons"))
    for method in ("Occlusion sensitivity", "Input × gradient", "Grad-CAM"):
        assert method in text
    assert text.count("Its limits") == 3


def test_evidence_is_drawn_where_it_is(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each map on its own scale, for the digit that is asked for; the frame around what was covered."""
    shown = pictures(monkeypatch)
    app = open_page("reasons", model="baseline", digit="test-7")
    app.button(key="occlusion-guess-check").click()
    ask(app, 9)
    # The card of the sidebar comes first; then five pictures.
    drops, covered, slopes, cells, sight = shown[-5:]

    network, image = load_network("baseline"), mnist.test.images[7]
    activations = {n: v[0] for n, v in network.activations(image[np.newaxis]).items()}
    found = occlusion(network, image, 6, 2)
    falls = found.drops("probability")[..., 9]
    largest = float(np.abs(falls).max())
    np.testing.assert_array_equal(drops.pixels[::2, ::2], evidence_picture(falls, image, largest))
    assert str(drops.caption).endswith(
        f"from −{largest:.3f} (orange: covering helps the 9) to {largest:.3f} (blue: it hurts)"
    )
    under = found.under_patches("probability")[..., 9]
    row, column = np.unravel_index(under.argmin(), under.shape)
    top, left = found.places[int(row)], found.places[int(column)]
    assert covered.alt == (
        f"The digit with rows {top} to {top + 5}, columns {left} to {left + 5} covered"
    )
    hidden = image.copy()
    hidden[top : top + 6, left : left + 6] = 0
    field = Field(Span(top, top + 5), Span(left, left + 5))
    np.testing.assert_array_equal(covered.pixels[::2, ::2], framed_digit(hidden, field))
    probabilities = network.predict(hidden[np.newaxis])[0]
    assert covered.caption == (
        f"Covered here, the 9 has its lowest probability: {percent(float(probabilities[9]))}. The "
        f"network then reads {a_digit(int(probabilities.argmax()))}"
    )

    values = input_times_gradient(network, activations, 9)
    largest = float(np.abs(values).max())
    np.testing.assert_array_equal(slopes.pixels[::2, ::2], evidence_picture(values, image, largest))
    logit = float(network.logits(image[np.newaxis])[0, 9])
    metrics = {metric.label: metric.value.replace("−", "-") for metric in app.metric}
    raising, lowering = float(values[values > 0].sum()), float(values[values < 0].sum())
    assert metrics == {
        "Pixels for the 9 add": f"{raising:.2f}",
        "Pixels against it add": f"{lowering:.2f}",
        "Its logit": f"{logit:.2f}",
    }
    rest = f"{logit - raising - lowering:.2f}".replace("-", "−")
    assert f"what the biases bring, {rest} here" in all_text(app)
    tied, active = ties(network, activations)
    assert (
        f"of the {active:,} pooling windows that hold more than 0, {tied:,} hold their largest value "
        "more than once"
    ) in all_text(app)

    cam = grad_cam(network, activations, 9, "conv3")
    np.testing.assert_array_equal(cells.pixels[::2, ::2], cells_picture(cam))
    brightest = np.unravel_index(cam.evidence.argmax(), cam.evidence.shape)
    assert brightest[0] != brightest[1], "rows and columns could be swapped unnoticed"
    seen = receptive_field(network.architecture, "conv3", *map(int, brightest))
    np.testing.assert_array_equal(sight.pixels[::2, ::2], framed_digit(image, seen))


def test_pictures_say_where_and_how_much(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text alternatives and captions hold the extremes of what is drawn."""
    shown = pictures(monkeypatch)
    app = open_page("reasons", model="baseline", digit="test-42")
    app.button(key="occlusion-guess-check").click()
    ask(app, 9)
    drops, _, slopes, cells, sight = shown[-5:]
    network, image = load_network("baseline"), mnist.test.images[42]
    activations = {n: v[0] for n, v in network.activations(image[np.newaxis]).items()}
    most = float(occlusion(network, image, 6, 2).drops("probability")[..., 9].max())
    assert drops.alt == (
        f"Occlusion map for the 9: the largest mean drop of its probability is {percent(most)}"
    )
    values = input_times_gradient(network, activations, 9)
    assert slopes.alt == (
        f"Input times gradient for the 9: from {number(float(values.min()), 2)} to "
        f"{number(float(values.max()), 2)}"
    )
    largest = float(np.abs(values).max())
    assert slopes.caption == (
        f"Pixel · slope, from −{largest:.2f} (orange: against the 9) to {largest:.2f} (blue: for it)"
    )
    cam = grad_cam(network, activations, 9, "conv3").evidence
    assert cells.alt == (
        f"Grad-CAM of conv3 for the 9: 3 by 3 cells, the largest is {cam.max():.2f}; 5 cells that "
        "cannot reach the answer"
    )
    assert cells.caption == (
        f"3×3 cells of conv3, from 0 (dark) to {cam.max():.2f} (yellow). Striped: 5 cells without "
        "influence"
    )
    row, column = (int(one) for one in np.unravel_index(cam.argmax(), cam.shape))
    seen = receptive_field(network.architecture, "conv3", row, column)
    assert sight.alt == (
        f"The digit; the brightest cell sees rows {seen.rows.first} to {seen.rows.last}, columns "
        f"{seen.columns.first} to {seen.columns.last}"
    )
    chance = float(network.predict(image[np.newaxis])[0, 9])
    logit = float(network.logits(image[np.newaxis])[0, 9])
    assert (
        f"gives the 9 a probability of **{percent(chance)}**; its logit, the sum before softmax, is "
        f"**{number(logit, 2)}**."
    ) in all_text(app)
