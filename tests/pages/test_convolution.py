"""The convolution page shows what cnn_core computes, and explains what cannot be computed."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.network.filter_run import run_filter
from cnn_core.network.kernels import KERNELS, PAPER_IMAGE, kernel_named, prewitt
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import components, numbers, pictures
from ui.look.colors import colour_activations, colour_signed
from ui.look.wording import number, percent

# The sliding windows of the page, from top to bottom.
OWN, PAPER, LEARNED = 0, 1, 2


def windows(app: AppTest) -> list[dict[str, Any]]:
    """What the sliding windows of the page were handed, from top to bottom."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in components if "mode" in data]


def floats(text: str, *shape: int) -> np.ndarray:
    """The numbers that a component was sent."""
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(shape)


def test_the_question_hides_its_cell_until_it_is_answered(open_page: OpenPage) -> None:
    """The asked cell is hidden, a right answer is praised, and the next question asks elsewhere."""
    app = open_page("convolution")
    asked = windows(app)[PAPER]["asked"]
    truth = run_filter(PAPER_IMAGE[..., None], prewitt(3)[..., None]).output.ravel()

    app.number_input(key="paper-answer").set_value(float(truth[asked]))
    app.button(key="paper-check").click().run()

    assert "Yes" in app.success[0].value
    assert windows(app)[PAPER]["asked"] is None
    assert windows(app)[PAPER]["start"] == {"row": asked // 3, "column": asked % 3}
    app.button(key="paper-next").click().run()
    assert windows(app)[PAPER]["asked"] not in (None, asked)
    assert not app.success


def test_a_wrong_answer_is_put_right(open_page: OpenPage) -> None:
    """A wrong guess is told the value; no guess is told it too."""
    app = open_page("convolution")
    app.button(key="paper-check").click().run()
    assert "It is" in app.info[0].value

    app.button(key="paper-next").click().run()
    app.number_input(key="paper-answer").set_value(99)
    app.button(key="paper-check").click().run()
    assert "Not 99" in app.error[0].value


@pytest.mark.parametrize("kernel", [row.name for row in KERNELS])
def test_every_preset_slides_over_the_current_digit(
    kernel: str, open_page: OpenPage, mnist: Mnist
) -> None:
    """The output sent to the browser is the one that cnn_core computes."""
    app = open_page("convolution", digit="test-7", kernel=kernel)
    sent = windows(app)[OWN]

    pixels = mnist.test.images[7][..., np.newaxis].astype(np.float32)
    expected = run_filter(pixels, kernel_named(kernel).weights(3)[..., np.newaxis])
    np.testing.assert_array_equal(floats(sent["sums"], 26, 26), expected.output)
    np.testing.assert_array_equal(floats(sent["input"], 28, 28), pixels[..., 0])
    assert sent["note"] == f"On test digit 7 look for this: {kernel_named(kernel).look_for}"


def test_every_setting_of_the_movement_counts(open_page: OpenPage, mnist: Mnist) -> None:
    """Size, stride, padding, bias and ReLU all reach the arithmetic."""
    app = open_page("convolution", digit="test-7")
    set_value(app, "kernel-size", 5)
    set_value(app, "stride", 2)
    app.selectbox(key="padding").set_value(2)
    app.number_input(key="bias").set_value(-30.0)
    app.toggle(key="rectified").set_value(True).run()

    assert not app.exception
    pixels = mnist.test.images[7][..., np.newaxis].astype(np.float32)
    weights = kernel_named("sobel-right").weights(5)[..., np.newaxis]
    expected = run_filter(pixels, weights, -30, 2, 2, 1, rectified=True)
    sent = windows(app)[OWN]
    np.testing.assert_array_equal(floats(sent["output"], 14, 14), expected.output)
    assert sent["outputScale"][0] == "activations"
    assert "does not come out whole" in app.warning[0].value


def test_a_window_that_does_not_fit_is_explained(open_page: OpenPage) -> None:
    """Instead of a picture there is the reason; the rest of the page stands."""
    app = open_page("convolution")
    set_value(app, "kernel-size", 7)
    app.slider(key="dilation").set_value(5).run()

    assert not app.exception
    assert "does not fit" in app.error[0].value
    assert len(windows(app)) == 2

    app.slider(key="dilation").set_value(1)
    set_value(app, "kernel-size", 3)
    app.selectbox(key="padding").set_value(4).run()
    assert "A padding of 4 is as wide as the window of 3" in app.error[0].value


def test_an_edited_kernel_is_used_and_can_be_taken_back(open_page: OpenPage) -> None:
    """Typed weights reach the arithmetic; the preset comes back with a click."""
    app = open_page("convolution", kernel="identity")
    own = np.zeros((3, 3), np.float32)
    own[0, 0] = 2.5
    app.session_state["own-kernel"] = own
    app.run()

    np.testing.assert_array_equal(floats(windows(app)[OWN]["kernel"], 3, 3), own)
    set_value(app, "kernel-size", 5).run()
    assert floats(windows(app)[OWN]["kernel"], 5, 5)[1, 1] == 2.5
    app.button(key="reset-kernel").click().run()
    np.testing.assert_array_equal(
        floats(windows(app)[OWN]["kernel"], 5, 5), kernel_named("identity").weights(5)
    )


@pytest.mark.parametrize("model", ["baseline", "improved"])
@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_a_link_opens_that_very_place(
    model: str, layer: str, open_page: OpenPage, mnist: Mnist
) -> None:
    """Layer, filter, row and column of the address stand in the sliding window."""
    app = open_page(
        "convolution", model=model, digit="test-7", layer=layer, unit="5", row="2", column="1"
    )
    sent = windows(app)[LEARNED]

    network = load_network(model)
    activations = network.activations(mnist.test.images[7][np.newaxis])[layer][0]
    assert sent["start"] == {"row": 2, "column": 1}
    np.testing.assert_array_equal(
        floats(sent["output"], *activations.shape[:2]), activations[..., 5]
    )
    assert not app.warning


@pytest.mark.parametrize(
    "address",
    [
        {"layer": "conv9"},
        {"layer": "conv1", "unit": "16"},
        {"unit": "-1"},
        {"row": "x", "column": "3"},
        {"row": "28", "column": "28"},
        {"unit": "९"},
        {"kernel": "<script>"},
    ],
)
def test_nonsense_in_the_address_gets_a_notice(
    address: dict[str, str], open_page: OpenPage
) -> None:
    """A place that is not there is answered with a default and a sentence."""
    app = open_page("convolution", **address)

    assert len(app.warning) == 1
    assert windows(app)[LEARNED]["start"] is None


def test_choosing_a_filter_writes_the_address(open_page: OpenPage) -> None:
    """What is chosen on the page can be sent to somebody else as a link."""
    app = open_page("convolution")
    set_value(app, "layer", "conv2").run()
    app.number_input(key="unit").set_value(9).run()

    assert app.query_params["layer"] == "conv2"
    assert app.query_params["unit"] == "9"
    assert "Filter 9 of conv2" in all_text(app)


def test_another_layer_opens_on_its_brightest_filter(open_page: OpenPage, mnist: Mnist) -> None:
    """Whatever number was looked at before; until one is chosen, and the page says why it is that one."""
    app = open_page("convolution", layer="conv3", unit="60")
    assert "is opened because" not in all_text(app)
    set_value(app, "layer", "conv1").run()

    maps = load_network("improved").activations(mnist.test.images[42:43])["conv1"][0]
    brightest = np.unravel_index(maps.argmax(), maps.shape)[2]
    assert not app.exception
    assert app.number_input(key="unit").value == brightest != 0
    because = "is opened because its map holds that largest value."
    assert f"Filter {brightest} {because}" in all_text(app)
    app.number_input(key="unit").set_value(3).run()
    assert because not in all_text(app)


def test_a_kernel_before_training_is_another_one(open_page: OpenPage) -> None:
    """The slider goes from before training to the end, where nothing is left to go."""
    app = open_page("convolution", model="baseline")
    slider = app.select_slider(key="moment-baseline")
    assert any("before training" in metric.label for metric in app.metric)

    slider.set_value(len(slider.options) - 1).run()
    assert not app.exception
    to_go = [metric for metric in app.metric if metric.label.startswith("Distance to")]
    assert to_go[0].value.startswith("0.0")


def test_the_cost_is_that_of_the_layer(open_page: OpenPage) -> None:
    """Parameters as in the layer table, and the factor to a dense layer."""
    app = open_page("convolution", model="baseline", layer="conv2")
    values = {metric.label: metric.value for metric in app.metric}

    assert values["Parameters"] == "4,640"
    assert values["Multiplications"] == f"{11 * 11 * 32 * 9 * 16:,}"
    dense = 13 * 13 * 16 * 11 * 11 * 32
    assert values["Multiplications, dense"] == f"{dense:,}"
    assert values["Parameters, dense"] == f"{dense + 11 * 11 * 32:,}"


def test_a_drawing_slides_too(open_page: OpenPage) -> None:
    """A digit that somebody drew is treated as one of the data set."""
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 13:16] = 200
    app = open_page("convolution", digit=drawn_digit(image).name)

    np.testing.assert_array_equal(floats(windows(app)[OWN]["input"], 28, 28), image)
    assert windows(app)[OWN]["note"].startswith("On a drawing look for this: ")


def test_every_filter_has_its_map_and_its_kernel(open_page: OpenPage, mnist: Mnist) -> None:
    """In the order of their numbers, maps and kernels each on one scale."""
    app = open_page("convolution", model="baseline", digit="test-7", layer="conv1", unit="5")
    network = load_network("baseline")
    maps = network.activations(mnist.test.images[7:8])["conv1"][0]
    kernels = network.weights["conv1"].kernel
    brightest, heaviest = float(maps.max()), float(np.abs(kernels).max())

    field = app.number_input(key="unit")
    assert (field.label, field.min, field.max) == ("Filter, 0 to 15", 0, 15)
    (grid,) = components(app, "kernelSize")
    assert (grid["mapShape"], grid["kernelSize"], grid["chosen"]) == ([16, 26, 26, 3], 3, 5)
    drawn = numbers(grid["maps"], np.uint8, (16, 26, 26, 3))
    weights = numbers(grid["kernels"], np.uint8, (16, 3, 3, 3))
    for unit in range(16):
        np.testing.assert_array_equal(drawn[unit], colour_activations(maps[..., unit], brightest))
        np.testing.assert_array_equal(
            weights[unit], colour_signed(kernels[:, :, 0, unit], heaviest)
        )
    said = all_text(app)
    assert f"from 0 (dark) to {brightest:.2f} (yellow)" in said
    assert f"from −{heaviest:.2f} (orange) to {heaviest:.2f} (blue)" in said
    assert "Filter 5 of conv1 at work" in said


def test_a_turned_kernel_and_the_past_of_a_filter(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel and its half turn on one scale; weights and map of the moment that is chosen."""
    shown = pictures(monkeypatch)
    app = open_page(
        "convolution",
        model="baseline",
        digit="test-7",
        kernel="sobel-right",
        layer="conv1",
        unit="5",
    )
    image = mnist.test.images[7].astype(np.float32)
    as_is, turned = (next(each for each in shown if text in each.alt) for text in (
        "your kernel as it is", "turned by half a turn",
    ))  # fmt: skip
    kernel = kernel_named("sobel-right").weights(3)
    outputs = [
        sum(
            weight * image[row : row + 26, column : column + 26]
            for (row, column), weight in np.ndenumerate(each)
        )
        for each in (kernel, kernel[::-1, ::-1])
    ]
    largest = float(np.abs(outputs).max())
    for output, picture in zip(outputs, (as_is, turned), strict=True):
        zoom = len(picture.pixels) // 26
        np.testing.assert_array_equal(
            picture.pixels[::zoom, ::zoom], colour_signed(np.asarray(output), largest)
        )
    difference = float(np.abs(outputs[0] - outputs[1]).max())
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Largest difference of a cell"] == f"{difference:,.0f}"
    np.testing.assert_array_equal(outputs[0], -outputs[1])
    assert "orange and blue are swapped" in all_text(app)

    # Before training, the first moment of all.
    kept = list(open_model(model_folder("baseline")).checkpoints().values())
    past = kept[0]
    *_, weights, feature_map = [each for each in shown if "filter 5 before training" in each.alt]
    heaviest = max(float(np.abs(each.weights["conv1"].kernel[..., 5]).max()) for each in kept)
    zoom = len(weights.pixels) // 3
    np.testing.assert_array_equal(
        weights.pixels[::zoom, ::zoom, :3],
        colour_signed(past.weights["conv1"].kernel[:, :, 0, 5], heaviest),
    )
    values = past.activations(mnist.test.images[7:8])["conv1"][0, ..., 5]
    zoom = len(feature_map.pixels) // 26
    np.testing.assert_array_equal(
        feature_map.pixels[::zoom, ::zoom], colour_activations(values, float(values.max()))
    )
    assert metrics["Bias"] == "0.0000"
    then, now = (each.weights["conv1"].kernel[..., 5] for each in (kept[0], kept[-1]))
    share = float(np.abs(then - now).sum() / np.abs(now).sum())
    assert metrics["Distance to the final weights"] == f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
    read = past.predict(mnist.test.images[7:8])[0]
    assert metrics["The network before training reads"].startswith(f"{read.argmax()} with ")


def test_what_it_costs(open_page: OpenPage) -> None:
    """conv2 of baseline: 13×13×16 values become 11×11×32, worked out by hand."""
    app = open_page("convolution", model="baseline", layer="conv2")
    metrics = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    inputs, outputs = 13 * 13 * 16, 11 * 11 * 32
    products = outputs * 3 * 3 * 16
    parameters = inputs * outputs + outputs
    assert metrics["Parameters"][0] == "4,640"
    assert metrics["Parameters, dense"] == (
        f"{parameters:,}",
        f"{parameters / 4640:,.0f} times as many",
    )
    assert metrics["Multiplications"][0] == f"{products:,}"
    assert metrics["Multiplications, dense"] == (
        f"{inputs * outputs:,}",
        f"{inputs * outputs / products:,.1f} times as many",
    )
    assert "turns 13 × 13 × 16 values into 11 × 11 × 32. The same 144 weights" in all_text(app)
    assert "are used at all 121 places" in all_text(app)


@pytest.mark.parametrize("half_turns", [0, 1])
@pytest.mark.parametrize("rectified", [False, True])
def test_both_kernels_share_the_larger_scale(
    half_turns: int,
    rectified: bool,
    open_page: OpenPage,
    mnist: Mnist,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The scale ends at the largest sum of both kernels, whichever of them it belongs to."""
    shown = pictures(monkeypatch)
    app = open_page("convolution", digit="test-7")
    # Half a turn moves its largest sum from one picture to the other.
    kernel = np.rot90(np.array([[-3, -1, -2], [1, 2, -3], [-1, 4, 5]], np.float32), 2 * half_turns)
    shown.clear()
    app.session_state["own-kernel"] = kernel.copy()
    app.session_state["rectified"] = rectified
    app.run()

    image = mnist.test.images[7].astype(np.float32)
    outputs = [
        np.sum(
            [
                weight * image[row : row + 26, column : column + 26]
                for (row, column), weight in np.ndenumerate(each)
            ],
            axis=0,
        )
        for each in (kernel, kernel[::-1, ::-1])
    ]
    if rectified:
        outputs = [np.maximum(output, 0) for output in outputs]
    peaks = [float(np.abs(output).max()) for output in outputs]
    assert peaks[0] != peaks[1]
    colour = colour_activations if rectified else colour_signed
    for output, text, title in zip(
        outputs,
        ("your kernel as it is", "turned by half a turn"),
        ("Kernel as it is: ", "Kernel turned by half a turn: "),
        strict=True,
    ):
        (picture,) = [each for each in shown if text in each.alt]
        zoom = len(picture.pixels) // 26
        np.testing.assert_array_equal(picture.pixels[::zoom, ::zoom], colour(output, max(peaks)))
        assert (picture.caption or "").startswith(title)
    least = "0" if rectified else f"−{max(peaks):,.0f}"
    assert f"share one scale, from {least} to {max(peaks):,.0f}." in all_text(app)


def test_captions_of_a_moment(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which moment, both ends of the scale of the kernel, that of the map, and what was read."""
    shown = pictures(monkeypatch)
    app = open_page("convolution", model="baseline", digit="test-7", layer="conv1", unit="5")
    slider = app.select_slider(key="moment-baseline")
    kept = list(open_model(model_folder("baseline")).checkpoints().items())
    assert slider.options == [moment.title for moment, _ in kept]
    shown.clear()
    slider.set_value(2).run()

    (moment, past), heaviest = (
        kept[2],
        max(float(np.abs(each.weights["conv1"].kernel[..., 5]).max()) for _, each in kept),
    )
    weights, feature_map = shown[-2:]
    assert weights.alt == f"The weights of filter 5 {moment.title}"
    assert weights.caption == (
        f"Kernel {moment.title}; orange −{heaviest:.2f}, blue {heaviest:.2f} at all moments"
    )
    values = past.activations(mnist.test.images[7:8])["conv1"][0, ..., 5]
    assert feature_map.alt == f"The feature map of filter 5 {moment.title}"
    assert feature_map.caption == f"Its feature map; yellow is {values.max():.2f}"
    read = past.predict(mnist.test.images[7:8])[0]
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Bias"] == number(float(past.weights["conv1"].bias[5]), 4)
    assert metrics[f"The network {moment.title} reads"] == (
        f"{read.argmax()} with {percent(float(read.max()))}"
    )


def test_words_around_a_deeper_layer(open_page: OpenPage, mnist: Mnist) -> None:
    """Slices, channels and products of conv2; the formulas under its cost, padded and not."""
    app = open_page("convolution", model="baseline", digit="test-7", layer="conv2", unit="3")
    said = all_text(app)
    maps = load_network("baseline").activations(mnist.test.images[7:8])
    assert "The 32 feature maps of `conv2`" in said
    assert f"from 0 (dark) to {maps['conv2'].max():.2f} (yellow)" in said
    assert "Each filter has 16 slices of 3×3 weights, one for every channel" in said
    assert "reads all 16 channels at once. Every channel adds its own sum of 9 products" in said
    assert (" = 4,640. Multiplications: 11·11 places · 32 filters · 3·3·16 weights.") in said
    assert windows(app)[LEARNED]["inputScale"][:3] == [
        "activations", 0, pytest.approx(float(maps["pool1"].max())),
    ]  # fmt: skip

    app = open_page("convolution", model="improved", layer="conv1", unit="3")
    said = all_text(app)
    assert "28·28 places · 16 filters · 3·3·1 weights, products with padding counted." in said
    assert "The output is the feature map that pool1 receives." in said
    assert windows(app)[PAPER]["inputScale"][:3] == ["pixels", 0, float(PAPER_IMAGE.max())]
    assert windows(app)[OWN]["inputScale"][:3] == ["pixels", 0, 255]
    assert windows(app)[LEARNED]["inputScale"][:3] == ["pixels", 0, 1]
