"""The sliding window in a real browser: right, playable by mouse, keys and touch, and silent."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Position

from cnn_core.data.dataset import load_mnist
from cnn_core.network.filter_run import FilterRun, run_filter
from cnn_core.network.kernels import kernel_named
from driving.serving import ROOT, serve
from driving.windows_runs import FILTERS, POOLS
from ui.components.sliding_window.sliding_window import Scale, filter_data, pool_data
from ui.look import colors
from ui.look.colors import colour_activations, colour_signed

pytestmark = pytest.mark.browser

Open = Callable[..., Locator]


@pytest.fixture(scope="module")
def windows_url() -> Iterator[str]:
    """A server with nothing but sliding windows."""
    with serve(ROOT / "driving" / "apps" / "windows.py") as server:
        yield server.url


@pytest.fixture
def open_window(browser: Browser, windows_url: str) -> Iterator[Open]:
    """Open a window of windows_runs; further arguments go into the address or to the browser."""
    contexts = []

    def open_it(show: str, address: str = "", **context: Any) -> Locator:
        settings = {"viewport": {"width": 1280, "height": 1000}, "reduced_motion": "reduce"}
        contexts.append(browser.new_context(**settings | context))
        page = contexts[-1].new_page()
        page.goto(f"{windows_url}/?show={show}{address}")
        stage = page.locator("section.stage")
        stage.wait_for(timeout=60_000)
        page.wait_for_function("document.fonts.status === 'loaded'")
        return stage

    yield open_it
    for context in contexts:
        context.close()


def shown(value: Any, decimals: int) -> str:
    """A number as the component writes it."""
    step = Decimal(1).scaleb(-decimals)
    text = str(abs(Decimal(float(value))).quantize(step, ROUND_HALF_UP))
    return f"−{text}" if value < 0 and Decimal(text) != 0 else text


def scrub_to(stage: Locator, place: int) -> None:
    """Drag the scrub bar to a place."""
    stage.locator("input[type=range]").evaluate(
        "(bar, place) => { bar.value = place; bar.dispatchEvent(new Event('input')); }", place
    )


def position(stage: Locator) -> int:
    """The place at which the window stands, counted from 0."""
    return int(re.split(r" of ", stage.locator(".place").inner_text())[0]) - 1


def numbers(stage: Locator, table: int) -> list[str]:
    """The texts of one table of the arithmetic."""
    return stage.locator(".taps").nth(table).locator("span").all_inner_texts()


def result(stage: Locator) -> dict[str, str]:
    """The lines of the equation."""
    terms = stage.locator(".equation dt").all_inner_texts()
    return dict(zip(terms, stage.locator(".equation dd").all_inner_texts(), strict=True))


def some_places(count: int) -> list[int]:
    """The corners and a spread of others."""
    return sorted({0, count - 1, *np.linspace(0, count - 1, 12).astype(int).tolist()})


def window_of(run: FilterRun, row: int, column: int) -> np.ndarray:
    """The input under the window, zeros where it stands on the padding: (size, size, channels)."""
    (top, bottom), (left, right) = run.rows.widths, run.columns.widths
    padded = np.pad(run.maps, ((top, bottom), (left, right), (0, 0)))
    start, step = (row * run.rows.stride, column * run.columns.stride), run.rows.dilation
    span = run.rows.window
    return padded[start[0] : start[0] + span : step, start[1] : start[1] + span : step]


@pytest.mark.parametrize("name", list(FILTERS))
def test_the_arithmetic_of_a_filter_is_that_of_numpy(name: str, open_window: Open) -> None:
    """At every place, window, weights, products, sums and result are NumPy's, to the last digit."""
    run = FILTERS[name]()
    decimals = filter_data(run, Scale("activations", 3.0))["decimals"]
    stage = open_window(name)
    channels = run.maps.shape[2]

    for place in some_places(run.output.size):
        scrub_to(stage, place)
        row, column = divmod(place, run.columns.outputs)
        seen = window_of(run, row, column)
        for channel in {0, channels - 1}:
            if channels > 1:
                stage.locator(".shares button").nth(channel).click()
            values, weights = seen[..., channel].ravel(), run.kernel[..., channel].ravel()
            products = values.astype(float) * weights.astype(float)
            assert numbers(stage, 0) == [shown(value, decimals["input"]) for value in values]
            assert numbers(stage, 1) == [shown(weight, decimals["weight"]) for weight in weights]
            assert numbers(stage, 2) == [shown(product, decimals["sum"]) for product in products]
            share = shown(run.contributions[row, column, channel], decimals["sum"])
            assert next(iter(result(stage).values())) == share
        lines = result(stage)
        assert lines["gives"] == shown(run.sums[row, column], decimals["sum"])
        assert list(lines.values())[-1] == shown(run.output[row, column], decimals["output"])
        if channels > 1:
            shares = stage.locator(".shares b").all_inner_texts()
            assert shares == [shown(s, decimals["sum"]) for s in run.contributions[row, column]]


@pytest.mark.parametrize("name", list(POOLS))
def test_the_arithmetic_of_a_pool_is_that_of_numpy(name: str, open_window: Open) -> None:
    """The values of the window, the one that wins and the result are NumPy's."""
    run = POOLS[name]()
    decimals = pool_data(run, Scale("activations", 3.0))["decimals"]
    stage = open_window(name)
    size, stride = run.rows.kernel_size, run.rows.stride

    for place in some_places(run.output.size):
        scrub_to(stage, place)
        row, column = divmod(place, run.columns.outputs)
        top, left = row * stride, column * stride
        seen = run.map[top : top + size, left : left + size].ravel()
        assert numbers(stage, 0) == [shown(value, decimals["input"]) for value in seen]
        assert shown(run.output[row, column], decimals["output"]) in result(stage).values()
        winners = stage.locator(".taps span.winner")
        if run.kind == "max":
            assert winners.count() == 1
            index = winners.evaluate("cell => [...cell.parentNode.children].indexOf(cell)")
            assert index == run.winners[row, column]
        else:
            assert winners.count() == 0


# Of each cell of a grid, leaving out its rim: how many of its pixels are clear, and all its colours.
INSIDE = """(canvas, [rows, columns]) => {
    const context = canvas.getContext("2d");
    const [high, wide] = [canvas.height / rows, canvas.width / columns];
    return Array.from({ length: rows * columns }, (_, cell) => {
        const [row, column] = [Math.floor(cell / columns), cell % columns];
        const at = [(column + 0.2) * wide, (row + 0.1) * high, 0.6 * wide, 0.2 * high];
        const { data } = context.getImageData(...at.map(Math.round));
        const pixels = Array.from({ length: data.length / 4 }, (_, pixel) =>
            [...data.subarray(4 * pixel, 4 * pixel + 4)]);
        const clear = pixels.filter((pixel) => pixel[3] === 0).length;
        return [clear, pixels.length, [...new Set(pixels.map(String))]];
    });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_computed_0_is_never_like_a_cell_not_computed(
    open_window: Open, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Computed cells are full of the colour of their value, 0 too; the others are clear and hatched."""
    monkeypatch.setattr(colors, "is_dark", lambda: theme == "dark")
    output = FILTERS["edge"]().output
    stage = open_window("edge", color_scheme=theme)
    scrub_to(stage, 19)
    cells = stage.locator("canvas.output").evaluate(INSIDE, list(output.shape))

    colours = colour_signed(output, float(np.abs(output).max())).reshape(-1, 3)
    assert output.ravel()[0] == output.ravel()[-1] == 0
    for place, (clear, pixels, seen) in enumerate(cells):
        # The outline at place 19 reaches into the cells around it.
        if place in {12, 13, 14, 18, 19, 20, 24, 25, 26}:
            continue
        if place < 19:
            assert seen == [",".join(map(str, [*colours[place], 255]))], place
        else:
            assert pixels / 2 < clear < pixels, "mostly nothing, and some of the hatching"


# The colour in each cell of a grid, a little above its middle, where no number is written.
CELLS = """(canvas, [rows, columns]) => {
    const context = canvas.getContext("2d");
    const [high, wide] = [canvas.height / rows, canvas.width / columns];
    return JSON.stringify(Array.from({ length: rows * columns }, (_, cell) => {
        const [row, column] = [Math.floor(cell / columns), cell % columns];
        const [x, y] = [(column + 0.5) * wide, (row + 0.2) * high];
        return [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data].slice(0, 3);
    }));
}"""


@pytest.mark.parametrize("name", ["channels", "uneven", "dilated"])
def test_both_grids_have_the_colours_of_their_values(open_window: Open, name: str) -> None:
    """Input (of the first channel) inside its padding, and output, cell by cell."""
    stage = open_window(name, "&start=1")
    run = FILTERS[name]()
    (top, bottom), (left, right) = run.rows.widths, run.columns.widths
    height, width, _ = run.maps.shape
    largest = float(np.abs(run.output).max())
    colour = colour_activations if run.rectified else colour_signed

    told = stage.locator("canvas.input").evaluate(
        CELLS, [height + top + bottom, width + left + right]
    )
    cells = np.array(json.loads(told)).reshape(height + top + bottom, width + left + right, 3)
    painted = cells[top : top + height, left : left + width]
    expected = colour_activations(run.maps[:, :, 0], 3.0)
    # The outlines of the window and its taps, and the marked cell, lie over some cells.
    differs = np.abs(painted - expected.astype(int)).max(axis=2) > 2
    assert differs.mean() < 0.05
    assert (np.ptp(cells[:1, left + 2 :], axis=2) < 40).all(), "the padding has no colour"
    told = stage.locator("canvas.output").evaluate(CELLS, list(run.output.shape))
    painted = np.array(json.loads(told)).reshape(*run.output.shape, 3)
    differs = np.abs(painted - colour(run.output, largest).astype(int)).max(axis=2) > 2
    assert differs.sum() <= 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_kernel_and_its_whole_output_are_on_one_screen(
    browser: Browser, app_url: str, width: int, height: int
) -> None:
    """An edit repaints the output at once, in sight; Play wipes it and writes it again."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{app_url}/convolution?digit=test-7&kernel=blur")
    editor, stage = page.locator(".weights"), page.locator(".st-key-own-window section.stage")
    output = stage.locator("canvas.output")
    output.scroll_into_view_if_needed(timeout=90_000)
    page.locator(".st-key-own-window section[data-playing=true]").wait_for()

    editor.get_by_label("Weight in row 0, column 1").fill("-3")
    page.keyboard.press("Enter")
    page.get_by_text("Your own weights on test digit 7").wait_for()
    page.locator(".st-key-own-window section[data-playing=false]").wait_for()
    kernel = kernel_named("blur").weights(3).copy()
    kernel[0, 1] = -3
    pixels = load_mnist().test.images[7][..., np.newaxis].astype(np.float32)
    sums = run_filter(pixels, kernel[..., np.newaxis]).output
    expected = colour_signed(sums, float(np.abs(sums).max()))
    painted = np.array(json.loads(output.evaluate(CELLS, [26, 26]))).reshape(26, 26, 3)
    differs = np.abs(painted - expected.astype(int)).max(axis=2) > 2
    assert differs.sum() <= 9, "no cell differs but those under the outline"

    if width < 400:
        editor.evaluate("weights => weights.scrollIntoView({ block: 'start' })")
    weights, seen, result = (
        part.bounding_box() for part in (editor, stage.locator("canvas.input"), output)
    )
    assert weights is not None
    assert seen is not None
    assert result is not None
    assert seen["y"] == result["y"]
    assert seen["x"] + seen["width"] < result["x"]
    assert weights["y"] > -1  # Browsers scroll to whole pixels.
    assert seen["y"] + seen["height"] <= height
    if width > 400:
        assert weights["x"] + weights["width"] < seen["x"]
        assert weights["y"] < seen["y"] + seen["height"]

    stage.get_by_role("button", name="Play").click()
    stage.locator(".place", has_text=re.compile(r"^([3-9]\d|\d{3}) of")).wait_for()
    stage.get_by_role("button", name="Pause").click()
    cells = output.evaluate(INSIDE, [26, 26])
    written = [clear == 0 for clear, _, _ in cells]
    assert all(written[: position(stage) + 1])
    assert not any(written[position(stage) + 55 :])
    page.close()


def test_plays_to_the_end_and_stops(open_window: Open) -> None:
    """At top speed all 676 places pass within seconds; then it stands on the last."""
    stage = open_window("plain")
    stage.locator("input[value=Top]").check()
    stage.get_by_role("button", name="Play").click()
    stage.locator(".place", has_text="676 of 676").wait_for(timeout=60_000)
    stage.locator("button[aria-label=Play]").wait_for()

    assert stage.get_attribute("data-playing") == "false"


def test_slowly_the_terms_build_up(open_window: Open) -> None:
    """At slow speed a place is worked out term by term before its cell is written."""
    stage = open_window("plain")
    stage.locator("input[value=Slow]").check()
    stage.get_by_role("button", name="Play").click()
    stage.locator(".equation dt", has_text="Sum of the first 4").wait_for(timeout=30_000)
    stage.get_by_role("button", name="Pause").click()

    assert next(iter(result(stage))) == "Sum of the 9 products"
    assert set(numbers(stage, 2)) != {""}


def test_buttons_step_and_jump(open_window: Open) -> None:
    """One step forth and back, to the end and to the start."""
    stage = open_window("plain")
    for label, expected in [
        ("One step on", 1),
        ("One step on", 2),
        ("One step back", 1),
        ("To the end", 675),
        ("To the start", 0),
        ("One step back", 0),
    ]:
        stage.get_by_label(label).click()
        assert position(stage) == expected


def test_keys_move_play_and_jump(open_window: Open) -> None:
    """Arrow keys move the window, Home and End jump, Space plays and pauses."""
    stage = open_window("plain")
    output = stage.locator("canvas.output")
    output.focus()
    for key, expected in [
        ("ArrowRight", 1),
        ("ArrowDown", 27),
        ("ArrowLeft", 26),
        ("ArrowLeft", 26),
        ("ArrowUp", 0),
        ("End", 675),
        ("Home", 0),
    ]:
        output.press(key)
        assert position(stage) == expected
    output.press(" ")
    assert stage.get_attribute("data-playing") == "true"
    output.press(" ")
    assert stage.get_attribute("data-playing") == "false"


def cell_of(canvas: Locator, cells: int, row: int, column: int) -> Position:
    """Where to point at a cell of a square grid."""
    box = canvas.bounding_box()
    assert box is not None
    edge = box["width"] / cells
    return {"x": (column + 0.5) * edge, "y": (row + 0.5) * edge}


def test_crossing_the_output_neither_stops_nor_leaves_anything(open_window: Open) -> None:
    """While it plays a pointer changes nothing; at rest it shows a cell, and nothing is left of it."""
    stage = open_window("plain")
    output = stage.locator("canvas.output")
    stage.get_by_role("button", name="Play").click()
    output.hover(position=cell_of(output, 26, 10, 4))
    stage.locator(".place", has_text=re.compile(r"^([3-9]\d|\d{3}) of")).wait_for()
    assert stage.get_attribute("data-playing") == "true"

    stage.get_by_role("button", name="Pause").click()
    before, at_rest = position(stage), output.evaluate("canvas => canvas.toDataURL()")
    for row in (9, 15, 20):
        output.hover(position=cell_of(output, 26, row, 13))
        assert position(stage) == row * 26 + 13
        assert stage.locator(".sentence").inner_text().startswith(f"Output row {row}, column 13: ")
        assert output.evaluate("canvas => canvas.toDataURL()") != at_rest
    stage.locator(".sentence").hover()

    assert position(stage) == before
    assert output.evaluate("canvas => canvas.toDataURL()") == at_rest


def test_a_click_on_the_output_pins_until_escape_or_another_click(open_window: Open) -> None:
    """It stops the clock; pointing elsewhere changes nothing until it is freed."""
    stage = open_window("plain")
    output, cells = stage.locator("canvas.output"), stage.locator("canvas.input")
    stage.get_by_role("button", name="Play").click()
    output.click(position=cell_of(output, 26, 9, 9))
    assert stage.get_attribute("data-playing") == "false"
    pinned = stage.locator(".sentence").inner_text()
    assert pinned.startswith("Output row 9, column 9: ")
    assert pinned.endswith("Pinned until Escape or another click.")
    for canvas, size in [(output, 26), (cells, 28), (output, 26)]:
        canvas.hover(position=cell_of(canvas, size, 25, 13))
        assert stage.locator(".sentence").inner_text() == pinned

    stage.page.keyboard.press("Escape")
    output.hover(position=cell_of(output, 26, 12, 3))
    assert position(stage) == 12 * 26 + 3
    for row, is_pinned in [(4, True), (5, True), (5, False)]:
        output.click(position=cell_of(output, 26, row, 6))
        assert position(stage) == row * 26 + 6
        assert ("Pinned" in stage.locator(".sentence").inner_text()) == is_pinned


def test_a_click_on_the_input_pins_the_cell_and_its_readers(open_window: Open) -> None:
    """A pinned input cell stays marked when the pointer leaves; a hovered one does not."""
    stage = open_window("plain")
    cells, sentence = stage.locator("canvas.input"), stage.locator(".sentence")
    cells.hover(position=cell_of(cells, 28, 5, 7))
    assert sentence.inner_text().startswith("Input row 5, column 7: ")
    sentence.hover()
    assert sentence.inner_text().startswith("Output row 0, column 0: ")

    cells.click(position=cell_of(cells, 28, 5, 7))
    sentence.hover()
    assert sentence.inner_text().startswith("Input row 5, column 7: ")
    stage.page.keyboard.press("Escape")
    assert sentence.inner_text().startswith("Output row 0, column 0: ")


@pytest.mark.parametrize("name", ["plain", "strided", "dilated", "overlapping"])
def test_an_input_cell_tells_who_reads_it(name: str, open_window: Open) -> None:
    """By keys, every input cell tried names as many output cells as cnn_core finds."""
    run = (FILTERS | POOLS)[name]()
    stage = open_window(name)
    cells = stage.locator("canvas.input")
    cells.focus()
    cells.press("Home")
    cells.press("ArrowUp")
    for key in ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight"]:
        cells.press(key)
        sentence = stage.locator(".sentence").inner_text()
        found = re.match(r"Input row (\d+), column (\d+): \S+ It is read by (\d+) out", sentence)
        assert found, sentence
        row, column, count = map(int, found.groups())
        assert count == len(run.rows.read_by(row)) * len(run.columns.read_by(column))


def test_a_rerun_of_the_page_does_not_restart_it(open_window: Open) -> None:
    """Another widget reruns the page: the window plays on from where it was."""
    stage = open_window("plain")
    stage.locator("input[value=Fast]").check()
    stage.get_by_role("button", name="Play").click()
    stage.page.wait_for_timeout(600)
    before = position(stage)
    stage.page.get_by_role("button", name="Rerun").click()
    stage.page.wait_for_timeout(1500)

    assert position(stage) > before > 0
    assert stage.get_attribute("data-playing") == "true"


def test_sends_nothing_while_it_plays(browser: Browser, windows_url: str) -> None:
    """Not a single message goes to the server between the first place and the last."""
    page = browser.new_page()
    sent: list[Any] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{windows_url}/?show=plain")
    stage = page.locator("section.stage")
    stage.wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    sent.clear()
    stage.locator("input[value=Top]").check()
    stage.get_by_role("button", name="Play").click()
    stage.locator(".place", has_text="676 of 676").wait_for(timeout=60_000)

    assert sent == []
    page.close()


def test_the_asked_cell_stays_hidden(open_window: Open) -> None:
    """Neither arithmetic nor sentence give the answer away; every other cell is open."""
    stage = open_window("plain", "&asked=30")

    assert position(stage) == 30
    assert set(numbers(stage, 2)) == {""}
    assert result(stage)["gives"] == "?"
    assert stage.locator(".sentence").inner_text().endswith("what will it be?")
    stage.get_by_label("One step on").click()
    assert result(stage)["gives"] != "?"


def test_a_place_can_be_opened_and_linked(open_window: Open) -> None:
    """It opens at the place asked for, and tells the page the place that a link is asked for."""
    stage = open_window("channels", "&start=1")
    assert position(stage) == 1 * 11 + 2
    stage.get_by_label("One step on").click()
    stage.get_by_label("Put this place into the address").click()

    stage.page.get_by_text("linked 1 3").wait_for(timeout=30_000)
    assert position(stage) == 1 * 11 + 3
    told = " The address now leads here."
    for text in (stage.locator(".sentence"), stage.locator(".spoken")):
        assert text.inner_text().endswith(told)
    stage.get_by_label("One step on").click()
    assert not stage.locator(".sentence").inner_text().endswith(told)


def test_only_what_has_passed_of_the_bar_is_bright(open_window: Open) -> None:
    """Scrubbed to a third, the rest of the bar is near the colour of the page, in the dark too."""
    for theme, page_colour in [("dark", 0x13), ("light", 0xFC)]:
        stage = open_window("plain", color_scheme=theme)
        scrub_to(stage, 225)
        bar = stage.locator("input[type=range]")
        with Image.open(io.BytesIO(bar.screenshot())) as shot:
            row = np.asarray(shot.convert("RGB")).astype(int)[shot.height // 2]
        passed, ahead = row[len(row) // 6], row[len(row) // 2 :]
        assert np.ptp(passed) > 100, "the accent colour"
        assert (np.abs(ahead[: len(row) // 3] - page_colour) < 60).all()


@pytest.mark.parametrize(("motion", "plays"), [("reduce", "false"), ("no-preference", "true")])
def test_starts_by_itself_only_where_motion_is_welcome(
    motion: str, plays: str, open_window: Open
) -> None:
    """With prefers-reduced-motion it waits for the visitor."""
    stage = open_window("plain", "&autoplay=1", reduced_motion=motion)
    stage.page.wait_for_timeout(1000)

    assert stage.get_attribute("data-playing") == plays


def test_works_on_a_phone(open_window: Open) -> None:
    """At 390 px nothing sticks out, and a tap moves the window."""
    stage = open_window(
        "channels", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = stage.locator("canvas.output").bounding_box()
    assert box is not None
    edge = box["width"] / 11
    stage.locator("canvas.output").tap(position={"x": 3.5 * edge, "y": 7.5 * edge})

    assert position(stage) == 7 * 11 + 3
    stage.locator("canvas.input").tap()
    assert stage.locator(".sentence").inner_text().startswith("Input row ")


def test_says_where_it_stands(open_window: Open) -> None:
    """A live region names row, column and result when the visitor has come to rest."""
    run = FILTERS["plain"]()
    stage = open_window("plain")
    stage.locator("canvas.output").press("End")
    spoken = stage.locator("[aria-live=polite]")

    assert spoken.inner_text() == f"Output row 25, column 25: {shown(run.output[25, 25], 4)}."


def test_a_link_to_the_page_opens_that_place(page: Page, app_url: str) -> None:
    """/convolution with layer, unit, row and column stands at that place, in sight."""
    page.goto(f"{app_url}/convolution?layer=conv2&unit=5&row=3&column=4")
    stage = page.locator("section.stage[aria-label*='Filter 5 of conv2']")
    stage.wait_for(timeout=90_000)
    page.wait_for_timeout(1500)

    assert stage.locator(".sentence").inner_text().startswith("Output row 3, column 4")
    assert stage.evaluate("stage => stage.getBoundingClientRect().top") < page.evaluate(
        "window.innerHeight"
    )
