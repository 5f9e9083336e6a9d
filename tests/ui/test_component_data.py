"""What components are handed: every value where the browser looks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cnn_core.data.digit import drawn_digit
from cnn_core.network.receptive_field import Span
from tests.support.seen import alone, components, numbers, plain
from ui.components.digit_grid.digit_grid import digit_grid
from ui.components.digit_picture.digit_picture import digit_picture
from ui.components.filter_grid.filter_grid import filter_grid
from ui.components.kernel_editor.kernel_editor import kernel_editor
from ui.components.learning_view.learning_view import learning_view
from ui.components.map_switches.map_switches import map_switches
from ui.components.pixel_editor.pixel_editor import pixel_editor
from ui.components.pixel_table.pixel_table import pixel_table
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.sentence.sentence import sentence
from ui.components.sliders.effect import change_effect, move_effect, weights_effect
from ui.components.sum_table.sum_table import Factor, Term, Total, signed, terms
from ui.components.unit_view.unit_view import unit_view
from ui.components.verdict.verdict import verdict
from ui.look.colors import ACTIVATION_SCALE, PIXEL_SCALE, SIGNED_SCALE, colour_signed

RNG = np.random.default_rng(5)
IMAGE = RNG.integers(0, 256, (28, 28), dtype=np.uint8)


def handed(show: Callable[[], None], name: str) -> dict[str, Any]:
    """The data of the one component, which has such a part."""
    (data,) = components(alone(show), name)
    return data


def test_probability_bars() -> None:
    """Ten shares in the order of the digits, and the largest of them is the answer."""
    shares = np.array([0.02, 0.05, 0.0004, 0.6, 0.1, 0.03, 0, 0.0996, 0.09, 0.01], np.float32)

    data = handed(lambda: probability_bars(shares, key="bars"), "shares")

    assert data["shares"] == pytest.approx(shares.tolist())
    assert [plain(text) for text in data["texts"]] == [
        *("2.0 %", "5.0 %", "< 0.1 %", "60.0 %", "10.0 %"),
        *("3.0 %", "< 0.1 %", "10.0 %", "9.0 %", "1.0 %"),
    ]
    assert data["predicted"] == 3
    assert data["live"] is None

    data = handed(lambda: probability_bars(None, key="bars", live="canvas"), "shares")
    assert (data["shares"], data["texts"], data["predicted"]) == ([0] * 10, [""] * 10, -1)
    assert data["live"] == "canvas"


def test_verdict() -> None:
    """The most probable digit and its probability, or that there is nothing; and what was read."""
    shares = np.array([0, 0, 0, 0.25, 0, 0, 0, 0, 0.75, 0], np.float32)
    data = handed(lambda: verdict(IMAGE, shares, key="verdict", live="canvas"), "text")
    assert plain(data["text"]) == "Read as an 8, 75.0 %"
    assert data["live"] == "canvas"
    np.testing.assert_array_equal(numbers(data["image"], np.uint8, (28, 28)), IMAGE)

    data = handed(lambda: verdict(None, None, key="verdict"), "text")
    assert (data["text"], data["image"], data["live"]) == ("Nothing to read yet", None, None)
    assert data["nothing"] == data["text"]


def test_digit_picture() -> None:
    """The pixels row by row; without a digit all are black."""
    data = handed(lambda: digit_picture(IMAGE, "A digit", key="picture"), "caption")
    np.testing.assert_array_equal(numbers(data["image"], np.uint8, (28, 28)), IMAGE)
    assert (data["scale"], data["caption"]) == (list(PIXEL_SCALE), "A digit")
    data = handed(lambda: digit_picture(None, "None", key="picture"), "caption")
    assert not numbers(data["image"], np.uint8, (28, 28)).any()


def test_pixel_table_and_editor() -> None:
    """Row by row, with what is blind at its place."""
    digit = drawn_digit(IMAGE)
    data = handed(lambda: pixel_table(digit, key="table"), "pixels")
    np.testing.assert_array_equal(numbers(data["pixels"], np.uint8, (28, 28)), IMAGE)
    assert data["title"] == "A drawing"

    shaded = np.zeros((28, 28), bool)
    shaded[2, 25] = True
    data = handed(
        lambda: pixel_editor(
            IMAGE, 255, 3, "A digit", 7, shaded=shaded, key="editor", on_edit=lambda *_: None
        ),
        "pixels",
    )
    np.testing.assert_array_equal(numbers(data["pixels"], np.uint8, (28, 28)), IMAGE)
    np.testing.assert_array_equal(numbers(data["shaded"], np.uint8, (28, 28)), shaded)
    assert (data["value"], data["size"], data["version"]) == (255, 3, 7)


def test_digit_grid() -> None:
    """Digits in their greys, or painted otherwise; which one is current."""
    digits = [drawn_digit(IMAGE), drawn_digit(255 - IMAGE)]
    painted = RNG.integers(0, 256, (2, 28, 28, 3), dtype=np.uint8)
    for coloured, expected in (
        (None, np.stack([digit.image for digit in digits])[..., np.newaxis].repeat(3, axis=-1)),
        (painted, painted),
    ):

        def show(coloured: Any = coloured) -> None:
            digit_grid(
                digits,
                ["one", "two"],
                digits[1].name,
                key="digits",
                on_choice=lambda _: None,
                columns=2,
                coloured=coloured,
            )

        data = handed(show, "captions")
        np.testing.assert_array_equal(numbers(data["colours"], np.uint8, painted.shape), expected)
        assert data["names"] == [digit.name for digit in digits]
        assert (data["current"], data["columns"]) == (digits[1].name, 2)


def test_kernel_editor() -> None:
    """Weights row by row, in the colours of signed values."""
    kernel = np.arange(-4, 5, dtype=np.float32).reshape(3, 3)
    data = handed(lambda: kernel_editor(kernel, key="kernel", on_edit=lambda *_: None), "weights")
    assert data["weights"] == [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    assert data["size"] == 3
    assert data["scale"] == list(SIGNED_SCALE)


def test_filter_grid_and_switches() -> None:
    """Maps and kernels with their sizes, the chosen one, and those that are off."""
    maps = RNG.integers(0, 256, (5, 2, 4, 3), dtype=np.uint8)
    kernels = RNG.integers(0, 256, (5, 3, 3, 3), dtype=np.uint8)
    data = handed(
        lambda: filter_grid(maps, kernels, 4, key="grid", on_choice=lambda _: None), "kernelSize"
    )
    assert (data["mapShape"], data["kernelSize"], data["chosen"]) == ([5, 2, 4, 3], 3, 4)
    np.testing.assert_array_equal(numbers(data["maps"], np.uint8, maps.shape), maps)
    np.testing.assert_array_equal(numbers(data["kernels"], np.uint8, kernels.shape), kernels)

    data = handed(lambda: filter_grid(maps, None, 0, key="g", on_choice=lambda _: None), "maps")
    assert (data["kernels"], data["kernelSize"]) == (None, 0)

    data = handed(
        lambda: map_switches(
            maps,
            "conv2",
            {"conv2": {3, 1}, "conv1": [7]},
            IMAGE,
            model="a network",
            live="switched",
            key="off",
            on_switch=lambda _: None,
        ),
        "off",
    )
    assert data["mapShape"] == [5, 2, 4, 3]
    assert (data["layer"], data["off"]) == ("conv2", {"conv1": [7], "conv2": [1, 3]})
    assert (data["model"], data["live"]) == ("a network", "switched")
    np.testing.assert_array_equal(numbers(data["maps"], np.uint8, maps.shape), maps)
    np.testing.assert_array_equal(numbers(data["image"], np.uint8, (28, 28)), IMAGE)


def test_effects_of_sliders() -> None:
    """What each kind needs in a browser; what another one needs is empty."""
    field = RNG.normal(size=(28, 28))
    change = change_effect(
        model="m",
        source="changed",
        image=IMAGE,
        hears="edited",
        names=["rotate", "noise"],
        field=field,
        unchanged="As it was: ",
    )
    np.testing.assert_array_equal(numbers(change["field"], np.float64, (28, 28)), field)
    assert (change["kind"], change["hears"], change["source"]) == ("change", "edited", "changed")
    assert (change["names"], change["unchanged"]) == (("rotate", "noise"), "As it was: ")
    move = move_effect(model="m", source="moved", image=IMAGE)
    assert (move["kind"], move["hears"], move["source"]) == ("move", None, "moved")
    noise = weights_effect(
        model="m", source="noisy", image=IMAGE, layer="conv2", seed=3, unchanged=""
    )
    assert (noise["kind"], noise["layer"], noise["seed"]) == ("weights", "conv2", 3)
    for effect in (change, move, noise):
        assert effect.keys() == change.keys()
        assert effect["model"] == "m"
        np.testing.assert_array_equal(numbers(effect["image"], np.uint8, (28, 28)), IMAGE)


def test_sentence() -> None:
    """What the server says, and the digit beside it where there is one."""
    data = handed(lambda: sentence("A **4**.", key="said", live="changed"), "said")
    assert (data["said"], data["live"], data["image"]) == ("A **4**.", "changed", None)
    data = handed(
        lambda: sentence("A 4.", key="said", live="changed", image=IMAGE, alt="A digit"), "said"
    )
    np.testing.assert_array_equal(numbers(data["image"], np.uint8, (28, 28)), IMAGE)
    assert data["alt"] == "A digit"


def test_learning_view() -> None:
    """Kernels on a scale from minus to plus their heaviest weight; how each sample is read."""
    kernels = RNG.normal(size=(4, 3, 3)).astype(np.float32)
    kernels[1, 0, 2] = -5
    samples = RNG.integers(0, 256, (10, 28, 28), dtype=np.uint8)
    probabilities = np.full((10, 10), 0.02, np.float32)
    reads = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    probabilities[np.arange(10), reads] = 0.5 + np.arange(10) / 25

    data = handed(
        lambda: learning_view(kernels, samples, probabilities, "after step 7", key="learning"),
        "kernelsAlt",
    )

    coloured = numbers(data["kernels"], np.uint8, (4, 3, 3, 3))
    np.testing.assert_array_equal(coloured, colour_signed(kernels, 5))
    assert (data["kernelSize"], data["kernelCount"]) == (3, 4)
    assert data["kernelsAlt"] == "The 4 kernels of the first convolution after step 7"
    assert data["scale"].startswith("Orange is −5.00, blue 5.00;")
    shown = numbers(data["samples"], np.uint8, (10, 28, 28, 3))
    np.testing.assert_array_equal(shown, samples[..., np.newaxis].repeat(3, axis=-1))
    assert data["reads"] == reads
    assert [plain(share) for share in data["shares"]] == [
        f"{50 + 4 * place} %" for place in range(10)
    ]

    data = handed(
        lambda: learning_view(None, samples, None, "before training", key="first"), "kernelsAlt"
    )
    assert (data["reads"], data["shares"], data["kernelCount"]) == (None, [], 0)
    shown = numbers(data["samples"], np.uint8, (10, 28, 28, 3))
    np.testing.assert_array_equal(shown, samples[..., np.newaxis].repeat(3, axis=-1))


class TestUnitView:
    def test_a_map(self) -> None:
        """Its values row by row, what each of its positions sees, and what none of them does."""
        values = np.arange(12, dtype=np.float32).reshape(3, 4)
        unseen = np.zeros((28, 28), bool)
        unseen[1, 20] = True
        spans = (Span(0, 4), Span(3, 9))

        data = handed(
            lambda: unit_view(
                IMAGE,
                spans,
                unseen,
                key="view",
                digit_title="The digit",
                values=values,
                title="Map 1",
                chosen=(2, 1),
                largest=11.0,
            ),
            "spans",
        )

        np.testing.assert_array_equal(numbers(data["pixels"], np.uint8, (28, 28)), IMAGE)
        np.testing.assert_array_equal(numbers(data["unseen"], np.uint8, (28, 28)), unseen)
        np.testing.assert_array_equal(numbers(data["values"], np.float32, (3, 4)), values)
        assert (data["rows"], data["columns"], data["chosen"]) == (3, 4, [2, 1])
        assert data["spans"] == [[0, 4], [3, 9]]
        assert (data["ends"], data["largest"], data["decimals"]) == (["0", "11.00"], 11, 1)
        assert data["scale"] == list(ACTIVATION_SCALE)
        assert (data["title"], data["digitTitle"]) == ("Map 1", "The digit")

    def test_pixels_and_no_map(self) -> None:
        """Pixels are grey; small values have one decimal more; without a map there is none."""
        nothing = np.zeros((28, 28), bool)
        data = handed(
            lambda: unit_view(
                IMAGE,
                (),
                nothing,
                key="v",
                digit_title="",
                values=IMAGE.astype(np.float32),
                are_pixels=True,
            ),
            "spans",
        )
        assert data["scale"] == list(PIXEL_SCALE)
        assert (data["decimals"], data["ends"]) == (2, ["0", "1.00"])
        data = handed(lambda: unit_view(IMAGE, (), nothing, key="v", digit_title=""), "spans")
        assert (data["values"], data["rows"], data["columns"]) == (None, 1, 1)


def test_sum_table() -> None:
    """Every line with its factors in their order; the largest size sets the scale."""
    picture = RNG.integers(0, 256, (2, 3, 3), dtype=np.uint8)
    rows = [
        Term("map 3", 0.25, (Factor(picture, "window"), "+0.5")),
        Term("map 1", -2.5, ("1", "−2.5"), marked=True),
        Term("map 2", 0.0, text="none"),
    ]

    data = handed(
        lambda: terms(
            "A sum",
            ["Map", "A", "B", "C"],
            rows,
            [Total("Bias", "+1"), Total("Sum", "−1", True)],
            key="sum",
        ),
        "terms",
    )

    assert data["heads"] == ["Map", "A", "B", "C"]
    assert [term["name"] for term in data["terms"]] == ["map 3", "map 1", "map 2"]
    assert [term["text"] for term in data["terms"]] == ["+0.2500", "−2.5000", "none"]
    assert [term["value"] for term in data["terms"]] == [0.25, -2.5, 0]
    assert [term["marked"] for term in data["terms"]] == [False, True, False]
    assert data["largest"] == 2.5
    window, weight = data["terms"][0]["factors"]
    assert (window["rows"], window["columns"], window["label"]) == (2, 3, "window")
    np.testing.assert_array_equal(numbers(window["rgb"], np.uint8, (2, 3, 3)), picture)
    assert weight == "+0.5"
    assert data["terms"][1]["factors"] == ["1", "−2.5"]
    assert data["sums"] == [
        {"name": "Bias", "text": "+1", "strong": False},
        {"name": "Sum", "text": "−1", "strong": True},
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.25, 4, "+0.2500"),
        (-0.25, 2, "−0.25"),
        (0, 1, "0.0"),
        (0.04, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (1234.5, 1, "+1,234.5"),
    ],
)
def test_signed(value: float, decimals: int, shown: str) -> None:
    """A sign before everything that is not 0 once it is rounded."""
    assert signed(value, decimals) == shown
