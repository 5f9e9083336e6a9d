"""A lying browser sends anything as the value of a component or a widget; every page goes on."""

from __future__ import annotations

import base64
import io
import json
import random
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cnn_core.network.architecture import MOST_FILTERS, MOST_UNITS
from cnn_core.recipe.config import TRAINABLE_IMAGES
from tests.support.forged import ANYTHING, NESTED, forge, triggered, widget, widgets
from tests.support.pages import OpenPage
from tests.support.seen import components
from ui.write.canvas_report import PICTURE_PREFIX

WITH_COMPONENTS = (
    "draw dataset convolution pooling layers what_if neighbours runs evaluation improvements"
)


@pytest.mark.parametrize("page", WITH_COMPONENTS.split())
def test_components(open_page: OpenPage, page: str) -> None:
    """Whatever a component sends, no page stumbles over it, then or later."""
    app = open_page(page)
    components = widgets(app, "BidiComponent")
    assert components
    rng = random.Random(page)
    for component in components:
        for value in rng.sample(ANYTHING, 3):
            forge(app, **triggered(component, value))
            assert not app.exception, (component, value)
        forge(app, component, json_value=rng.choice(ANYTHING))
        assert not app.exception, component
    app.run()
    assert not app.exception


def test_many_values_to_components_that_take_several(open_page: OpenPage) -> None:
    """The kernel editor, the network map and the editor of pixels are told much of it."""
    rng = random.Random(1)
    for page, key in (
        ("convolution", "kernel-editor"),
        ("layers", "network-map"),
        ("what_if", "pixel-editor"),
        ("what_if", "change-sliders"),
        ("what_if", "damage-slider"),
        ("what_if", "switches-conv1"),
    ):
        app = open_page(page)
        for value in rng.sample(ANYTHING, 15):
            forge(app, **triggered(widget(app, key), value))
            assert not app.exception, (key, value)


def test_an_honest_message_is_heard(open_page: OpenPage) -> None:
    """What the network map sends of its own accord does choose a unit."""
    app = open_page("layers")
    forge(app, **triggered(widget(app, "network-map"), '{"layer": "conv2", "unit": 5.0}'))
    assert (app.session_state["layer"], app.session_state["unit"]) == ("conv2", 5)


@pytest.mark.parametrize("page", ["neighbours", "improvements", "one_weight"])
def test_charts(open_page: OpenPage, page: str) -> None:
    """A selection on a chart may be anything."""
    app = open_page(page)
    chart = next(each for each in widgets(app, "PlotlyChart") if each)
    for points in (
        *("5", "null", "{}", '"ab"', "[5]", "[null]", "[{}]", NESTED, '[{"customdata": NaN}]'),
        *('[{"customdata": 1e999}]', '[{"customdata": [1], "x": [1], "y": {}}]', '[{"x": NaN}]'),
        *('[{"customdata": true, "x": true, "y": true}]', '[{"x": 0.5, "y": 1e300}]'),
    ):
        forge(app, chart, string_value=f'{{"selection": {{"points": {points}}}}}')
        assert not app.exception, points


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("convolution", "stride"),
        ("convolution", "kernel-size"),
        ("convolution", "layer"),
        ("pooling", "layer"),
        ("pooling", "pool-size"),
        ("pooling", "pool-kind"),
        ("pooling", "move"),
        ("what_if", "what-if-width"),
        ("what_if", "switched-layer"),
        ("reasons", "cam-layer"),
        ("beside", "layer"),
        ("units", "layer"),
        ("units", "unit-guess-answer-improved-conv3-58"),
        ("reasons", "occlusion-measure"),
        ("loss", "loss-kind"),
        ("loss", "loss-read-test-247"),
        ("one_weight", "weight-layer"),
        ("one_weight", "weight-part"),
        ("one_weight", "batch-size"),
        ("one_weight", "weight-which"),
        ("one_weight", "weight-rule"),
        ("training", "train-preset"),
        ("training", "train-blocks"),
        ("training", "train-padding"),
        ("training", "train-optimizer"),
        ("training", "train-schedule"),
        ("runs", "curve-measure"),
        ("runs", "moment-layer"),
        ("draw", "draw-way"),
        ("draw", "tool"),
        ("dataset", "split"),
        ("dataset", "class"),
        ("evaluation", "evaluation-part"),
        ("improvements", "robustness-kind"),
        ("improvements", "step"),
    ],
)
def test_a_choice_that_is_none(open_page: OpenPage, page: str, key: str) -> None:
    """Of a choice of one, a browser may choose nothing, or what is no option."""
    app = open_page(page)
    for forged in ([], ["no such option", "nor this"]):
        forge(app, widget(app, key), string_array_value=forged)
        assert not app.exception, forged


def test_a_way_that_is_not_in_the_menu(open_page: OpenPage) -> None:
    """A menu of which something is chosen that it does not hold changes nothing."""
    app = open_page("beside")
    before = app.query_params["second"]
    for forged in ("", "test-7", "No such way"):
        forge(app, widget(app, "choose-second"), string_trigger_value=forged)
        assert not app.exception, forged
        assert app.query_params["second"] == before


def test_what_stands_behind_a_guess(open_page: OpenPage) -> None:
    """On the page of design choices, whose widgets are shown after a guess, nothing forged counts."""
    app = open_page("design")
    app.button(key="variants-show").click().run()
    assert not app.exception
    for forged in ([], ["no such option"]):
        forge(app, widget(app, "variants-labels"), string_array_value=forged)
        assert not app.exception
    forge(app, widget(app, "variants-down"), double_array_value=[1e9])
    assert not app.exception


@pytest.mark.parametrize(
    ("page", "guess", "about", "forgeries"),
    [
        (
            *("reasons", "occlusion-guess", "test-42-improved-4"),
            [{"string_value": text} for text in ("no part", "", "[1]")],
        ),
        (
            *("what_if", "turn-guess", "test-42-improved-conv1"),
            [{"double_value": 1e300}, {"double_value": 0.5}, {"int_value": -5}],
        ),
    ],
)
def test_a_guess_at_what_cannot_be(
    open_page: OpenPage, page: str, guess: str, about: str, forgeries: list[dict[str, Any]]
) -> None:
    """An answer that no field takes is judged like another, or like none."""
    app = open_page(page)
    app.button(key=f"{guess}-check").click().run()
    for forged in forgeries:
        forge(app, widget(app, f"{guess}-answer-{about}"), **forged)
        assert not app.exception, forged
        assert [*app.info, *app.error, *app.success], forged


def test_settings_of_a_training_beyond_the_limits(open_page: OpenPage) -> None:
    """Numbers beyond their bounds do not become a training's settings."""
    app = open_page("training")
    for setting, forged, most in (
        ("epochs", 10**9, 500),
        ("training_images", -5, TRAINABLE_IMAGES),
        ("dense_units", 10**9, MOST_UNITS),
        ("filters-0", 10**9, MOST_FILTERS),
        ("seed", -1, 2**31 - 1),
    ):
        forge(app, widget(app, f"train-{setting}"), int_value=forged)
        assert not app.exception, setting
        assert 0 <= app.session_state[f"train-{setting}"] <= most, setting
    for setting, number in (("dropout", 5.0), ("shift", float("nan")), ("zoom", float("inf"))):
        forge(app, widget(app, f"train-{setting}"), double_array_value=[number])
        assert not app.exception, setting
        assert 0 <= app.session_state[f"train-{setting}"] <= 1


def picture(mode: str = "RGBA", size: tuple[int, int] = (280, 280)) -> str:
    """A picture of a canvas, or one that none sends."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, "PNG")
    return PICTURE_PREFIX + base64.b64encode(file.getvalue()).decode()


def reported(raw: Any, data: Any) -> str:
    """What a canvas would send to report a drawing and its picture."""
    return json.dumps({"drawing": {"raw": raw, "data": data}})


@pytest.mark.parametrize(
    "forged",
    [
        reported({"objects": []}, picture("L")),
        reported({"objects": []}, picture("RGB")),
        reported({"objects": []}, picture(size=(3000, 3000))),
        reported({"objects": []}, picture("1", (30_000, 30_000))),
        reported({"objects": []}, PICTURE_PREFIX + "!!!"),
        reported({"objects": []}, PICTURE_PREFIX + "AAAA"),
        reported({"objects": []}, "data:image/png"),
        reported({"objects": []}, 5),
        reported({"objects": 5}, picture()),
        reported({}, picture()),
        reported(json.loads(NESTED), picture()),
        reported([5], picture()),
        reported({"objects": [float("nan")]}, picture()),
        *('{"drawing": 5}', '{"drawing": []}', '{"backgroundFit": 5}', "5", "[]", '{"drawing": "x"}'),
    ],
)  # fmt: skip
def test_the_canvas(open_page: OpenPage, forged: str) -> None:
    """A report that no canvas makes leaves the drawing as it was, and undo still works."""
    app = open_page("draw")
    forge(app, widget(app, "canvas"), json_value=reported({"objects": [{"type": "Path"}]}, ink()))
    assert not app.exception
    kept = app.session_state["drawing-pixels"]
    assert kept.any()
    forge(app, widget(app, "canvas"), json_value=forged)
    assert not app.exception
    assert app.session_state["drawing"]["objects"] == [{"type": "Path"}]
    assert np.array_equal(app.session_state["drawing-pixels"], kept)
    app.button(key="undo").click().run()
    assert not app.exception
    assert app.session_state["drawing"]["objects"] == []


def test_only_the_frame_takes_over_from_the_canvas(open_page: OpenPage) -> None:
    """The canvas sends by itself until its frame has said, in so many words, that it will."""
    app = open_page("draw")

    def sends_by_itself() -> bool:
        (canvas,) = components(app, "realtimeUpdateStreamlit")
        return bool(canvas["realtimeUpdateStreamlit"])

    for value in ANYTHING:
        if value != "true":
            forge(app, **triggered(widget(app, "canvas-frame"), value))
            assert not app.exception, value
            assert sends_by_itself(), value
    forge(app, **triggered(widget(app, "canvas-frame"), "true"))
    assert not sends_by_itself()


def ink() -> str:
    """The picture of a canvas with a stroke on it."""
    image = Image.new("RGBA", (280, 280), "black")
    image.paste("white", (130, 60, 150, 220))
    file = io.BytesIO()
    image.save(file, "PNG")
    return PICTURE_PREFIX + base64.b64encode(file.getvalue()).decode()
