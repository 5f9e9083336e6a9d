"""The pooling page shows what is kept, what is lost, and what a shift by one pixel changes."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.network.filter_run import run_pool
from cnn_core.network.kernels import PAPER_MAP
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import pictures
from ui.look.colors import colour_activations
from ui.look.wording import percent


def windows(app: AppTest) -> list[dict[str, Any]]:
    """What the two sliding windows of the page were handed."""
    components = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in components if "mode" in data]


def floats(text: str, *shape: int) -> np.ndarray:
    """The numbers that a component was sent."""
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(shape)


def metrics(app: AppTest, label: str) -> list[str]:
    """The values of all metrics with that label."""
    return [metric.value for metric in app.metric if metric.label == label]


def test_the_question_is_about_the_largest_value(open_page: OpenPage) -> None:
    """The asked cell is hidden until the visitor has answered."""
    app = open_page("pooling")
    asked = windows(app)[1]["asked"]

    app.number_input(key="pool-paper-answer").set_value(
        float(run_pool(PAPER_MAP).output.flat[asked])
    )
    app.button(key="pool-paper-check").click().run()

    assert "Yes" in app.success[0].value
    assert windows(app)[1]["asked"] is None


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_pools_the_chosen_map(
    kind: Any, size: int, stride: int, open_page: OpenPage, mnist: Mnist
) -> None:
    """The window is sent the network's own map and what pooling makes of it."""
    app = open_page("pooling", model="baseline", digit="test-7", layer="conv2", unit="3")
    set_value(app, "pool-kind", kind)
    set_value(app, "pool-size", size)
    set_value(app, "pool-stride", stride).run()

    assert not app.exception
    activations = load_network("baseline").activations(mnist.test.images[7][np.newaxis])
    run = run_pool(activations["conv2"][0, ..., 3], size, stride, kind)
    sent = windows(app)[0]
    np.testing.assert_array_equal(floats(sent["output"], *run.output.shape), run.output)
    np.testing.assert_array_equal(floats(sent["input"], 11, 11), run.map)
    assert (sent["winners"] is not None) == (kind == "max")


def test_the_pool_of_the_network_is_the_one_shown_first(open_page: OpenPage, mnist: Mnist) -> None:
    """2×2 max pooling with stride 2 gives the network's own pooled map."""
    app = open_page("pooling", model="improved", digit="test-7", layer="conv1", unit="4")
    activations = load_network("improved").activations(mnist.test.images[7][np.newaxis])

    np.testing.assert_array_equal(
        floats(windows(app)[0]["output"], 14, 14), activations["pool1"][0, ..., 4]
    )


def test_an_odd_size_drops_its_last_row_and_column(open_page: OpenPage) -> None:
    """In baseline, conv2 makes 11×11 values: 21 of them are not read."""
    app = open_page("pooling", model="baseline", layer="conv2")

    assert metrics(app, "Values not read") == ["21 of 121"]
    assert "1 row and 1 column of the 11 × 11 values" in all_text(app)
    assert "does not come out whole" in app.warning[0].value


def test_it_opens_on_a_filter_that_shows_the_lesson(open_page: OpenPage, mnist: Mnist) -> None:
    """The brightest map that pooling steadies; of another layer anew, until one is chosen."""
    app = open_page("pooling", model="baseline", digit="test-1")
    network, image = load_network("baseline"), mnist.test.images[1:2]
    moved = np.pad(image, ((0, 0), (0, 0), (1, 0)))[:, :, :-1]
    for layer, pool in (("conv1", "pool1"), ("conv3", "pool3")):
        if layer != "conv1":
            set_value(app, "layer", layer).run()
        still, after = network.activations(image), network.activations(moved)
        changes = {
            name: np.abs(after[name] - still[name]).sum((0, 1, 2))
            / np.maximum(still[name].sum((0, 1, 2)), 1e-9)
            for name in (layer, pool)
        }
        largest = still[layer].max((0, 1, 2))
        steadied = changes[pool] < changes[layer]
        expected = int(np.where(steadied, largest, -1).argmax())
        assert app.number_input(key="unit").value == expected != 0
        before_pool, after_pool = (
            float(each.rstrip("\N{NO-BREAK SPACE}%")) for each in metrics(app, "Relative change")
        )
        assert before_pool > after_pool
        assert f"Filter {expected} is opened because" in all_text(app)
    # There the very brightest map would show the opposite.
    assert expected != largest.argmax()

    app.number_input(key="unit").set_value(5).run()
    assert "is opened because" not in all_text(app)


def test_the_digit_itself_can_be_pooled(open_page: OpenPage, mnist: Mnist) -> None:
    """Raw pixels are pooled and shown in greys."""
    app = open_page("pooling", digit="test-7", layer="digit")
    sent = windows(app)[0]

    np.testing.assert_array_equal(floats(sent["input"], 28, 28), mnist.test.images[7])
    assert sent["outputScale"][0] == "pixels"
    assert metrics(app, "Values never kept") == ["588 of 784"]


@pytest.mark.parametrize("direction", ["right", "left", "down", "up"])
def test_a_shift_is_measured_before_and_after(
    direction: str, open_page: OpenPage, mnist: Mnist
) -> None:
    """Of this map, and of all maps of many digits; in the direction that was chosen."""
    app = open_page("pooling", model="baseline", digit="test-7", layer="conv2", unit="4")
    set_value(app, "move", direction).run()

    assert not app.exception
    network, images = load_network("baseline"), mnist.test.images[:100]
    shifted = {
        "right": np.pad(images, ((0, 0), (0, 0), (1, 0)))[:, :, :-1],
        "left": np.pad(images, ((0, 0), (0, 0), (0, 1)))[:, :, 1:],
        "down": np.pad(images, ((0, 0), (1, 0), (0, 0)))[:, :-1],
        "up": np.pad(images, ((0, 0), (0, 1), (0, 0)))[:, 1:],
    }[direction]
    shares = []
    for layer in ("conv2", "pool2"):
        still, moved = (network.activations(each)[layer] for each in (images, shifted))
        one, other = still[7, ..., 4], moved[7, ..., 4]
        if layer == "conv2":
            # The scale of all pictures, whether the map was brighter before or is now.
            common = max(float(one.max()), float(other.max()))
            assert f"share one scale, from 0 to {common:.2f}." in all_text(app)
        shares.append(
            [
                percent(float(np.abs(after - before).sum() / before.sum()))
                for before, after in ((one, other), (still, moved))
            ]
        )
    (before, before_of_all), (after, after_of_all) = shares
    assert metrics(app, "Relative change") == [before, after]
    assert (
        f"one pixel {direction} changes **{before_of_all}** before the pool and **{after_of_all}** "
        "after it."
    ) in all_text(app)


def test_a_link_opens_that_very_place(open_page: OpenPage) -> None:
    """Row and column of the address stand in the sliding window; those too large get a notice."""
    app = open_page("pooling", layer="conv1", unit="2", row="5", column="6")
    assert windows(app)[0]["start"] == {"row": 5, "column": 6}

    app = open_page("pooling", layer="pool7")
    assert len(app.warning) == 1


def test_what_is_lost_and_what_changes(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Winners stay, others fade, unread ones are striped; the shift is that of the digit."""
    shown = pictures(monkeypatch)
    app = open_page("pooling", model="baseline", digit="test-7", layer="conv2", unit="3")
    set_value(app, "move", "down").run()

    network, image = load_network("baseline"), mnist.test.images[7]
    feature_map = network.activations(image[np.newaxis])["conv2"][0, ..., 3]
    brightest = float(feature_map.max())
    kept = np.zeros((11, 11), bool)
    for row, column in np.ndindex(5, 5):
        window = feature_map[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = divmod(int(window.argmax()), 2)
        kept[2 * row + down, 2 * column + right] = True
    unread = np.zeros((11, 11), bool)
    unread[10] = unread[:, 10] = True

    alts = [picture.alt for picture in shown]
    place = max(at for at, alt in enumerate(alts) if alt == "map 3 of conv2, before pooling")
    _, faded, *pairs = shown[place:]
    assert faded.alt == (
        f"map 3 of conv2: 25 values win, {121 - 21 - 25} never do, 21 are not read"
    )
    zoom = len(faded.pixels) // (11 * 12)
    corners = faded.pixels[:: 12 * zoom, :: 12 * zoom]
    coloured = colour_activations(feature_map, brightest)
    np.testing.assert_array_equal(corners[kept][:, 3], 255)
    np.testing.assert_array_equal(corners[~kept & ~unread][:, 3], 60)
    np.testing.assert_array_equal(corners[kept][:, :3], coloured[kept])
    assert metrics(app, "Values never kept") == ["75 of 121"]

    moved = np.zeros_like(image)
    moved[1:] = image[:-1]
    moved_map = network.activations(moved[np.newaxis])["conv2"][0, ..., 3]
    common = max(brightest, float(moved_map.max()))

    def pooled(values: np.ndarray) -> np.ndarray:
        return np.asarray(values[:10, :10].reshape(5, 2, 5, 2).max(axis=(1, 3)))

    changes = [
        (feature_map, moved_map, 11),
        (pooled(feature_map), pooled(moved_map), 5),
    ]
    for (still, shifted, size), pictures_of in zip(changes, (pairs[:3], pairs[3:6]), strict=True):
        for values, picture in zip(
            (still, shifted, abs(shifted - still)), pictures_of, strict=True
        ):
            zoom = len(picture.pixels) // size
            np.testing.assert_array_equal(
                picture.pixels[::zoom, ::zoom], colour_activations(values, common)
            )
    shares = [float(abs(after - before).sum() / before.sum()) for before, after, _ in changes]
    assert metrics(app, "Relative change") == [
        f"{100 * share:.1f}\N{NO-BREAK SPACE}%" for share in shares
    ]
    assert metrics(app, "Cells that changed") == [
        f"{(before != after).sum()} of {before.size}" for before, after, _ in changes
    ]
    assert f"All pictures share one scale, from 0 to {common:.2f}." in all_text(app)


def test_a_mean_uses_every_value_that_is_read(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing fades where the mean is kept; the last row and column are striped still."""
    shown = pictures(monkeypatch)
    app = open_page("pooling", model="baseline", digit="test-7", layer="conv2", unit="3")
    set_value(app, "pool-kind", "average").run()

    faded = [each for each in shown if each.alt == "map 3 of conv2: 21 values are not read"][-1]
    zoom = len(faded.pixels) // (11 * 12)
    corners = faded.pixels[:: 12 * zoom, :: 12 * zoom]
    assert (corners[:10, :10, 3] == 255).all()
    assert not metrics(app, "Values never kept")
    assert metrics(app, "Values not read") == ["21 of 121"]
    assert "A mean uses every value that is read" in str(faded.caption)


def test_a_window_that_comes_out_even(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the 28×28 pixels each is read; the scale of the pictures ends at 255."""
    shown = pictures(monkeypatch)
    app = open_page("pooling", digit="test-7", layer="digit")
    said = all_text(app)
    assert metrics(app, "Values not read") == ["0 of 784"]
    assert "Every value is read at least once: the window comes out even." in said
    assert "All pictures share one scale, from 0 to 255" in said
    assert "Before the pool, 28 × 28" in said
    assert "After the pool, 14 × 14" in said
    assert windows(app)[0]["outputScale"][:3] == ["pixels", 0, 255]
    for where in ("Before the pool, 28 × 28", "After the pool, 14 × 14"):
        captions = [each.caption for each in shown if each.alt.startswith(where)]
        assert captions[-3:] == [
            "The digit as it is", "Moved one pixel right", "Difference, without its sign",
        ]  # fmt: skip
