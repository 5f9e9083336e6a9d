"""What components paint and write is what they were sent, and what is done with them arrives."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from playwright.sync_api import Browser, Locator, Page, expect

import ui.components
from driving import components_shown as shown
from driving.serving import ROOT, serve
from ui.components.network_map.network_map import map_data
from ui.components.shared.bundle import bundle
from ui.look.colors import Rgb, colour_activations, colour_pixels, colour_signed
from ui.look.wording import number, percent

pytestmark = pytest.mark.browser

# The colours at points (x, y) of a canvas, given as shares of its width and height. Both travel as
# text: element by element, Playwright takes seconds.
READ = """(canvas, points) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return JSON.stringify(JSON.parse(points).map(([x, y]) => {
        const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
        return [...data.subarray(at, at + 4)];
    }));
}"""
# All pixels of some canvases: rows, columns, and the bytes as text.
READ_ALL = """canvases => canvases.map(canvas => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return [height, width, btoa(String.fromCharCode(...data))];
})"""


@pytest.fixture(scope="module")
def board(browser: Browser) -> Iterator[Page]:
    """The page with all components."""
    with serve(ROOT / "driving" / "apps" / "components.py") as server:
        context = browser.new_context(
            viewport={"width": 1280, "height": 1000}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(server.url)
        page.locator(".st-key-network_map canvas").wait_for(timeout=60_000)
        yield page
        context.close()


def component(board: Page, name: str) -> Locator:
    """A component of the page."""
    return board.locator(f".st-key-{name}")


def expect_said(board: Page, text: str) -> None:
    """Wait until the server has heard exactly this."""
    expect(board.get_by_text(re.compile(f"^said {re.escape(text)}$"))).to_be_visible()


def colours_at(canvas: Locator, points: ArrayLike) -> NDArray[np.int64]:
    """The colours of a canvas at points (n, 2), x and y as shares of its size: (n, 3)."""
    told = canvas.evaluate(READ, json.dumps(np.asarray(points).tolist()))
    colours = np.array(json.loads(told))
    assert (colours[:, 3] == 255).all()
    return colours[:, :3]


def cell_colours(
    canvas: Locator, rows: int, columns: int, x: float = 0.5, y: float = 0.5
) -> NDArray[np.int64]:
    """The colour of each cell of a canvas, at a point within the cell: (rows, columns, 3)."""
    points = [
        [(column + x) / columns, (row + y) / rows]
        for row in range(rows)
        for column in range(columns)
    ]
    return colours_at(canvas, points).reshape(rows, columns, 3)


def assert_paints(canvases: Locator, images: Rgb, tolerance: int = 0) -> None:
    """Canvases show images (n, rows, columns, 3), one pixel a cell."""
    painted = canvases.evaluate_all(READ_ALL)
    assert len(painted) == len(images)
    for (rows, columns, text), image in zip(painted, images, strict=True):
        assert (rows, columns) == image.shape[:2]
        pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(rows, columns, 4)
        np.testing.assert_allclose(pixels[..., :3].astype(int), image, atol=tolerance)
        assert (pixels[..., 3] == 255).all()


def background(locator: Locator) -> list[int]:
    """The background of an element, 0 to 255 each."""
    text = locator.evaluate("element => getComputedStyle(element).backgroundColor")
    return [int(channel) for channel in re.findall(r"\d+", text)]


def test_digit_grid(board: Page) -> None:
    """Every digit with its caption; the current one is marked and where Tab leads."""
    grid = component(board, "digit_grid")

    assert_paints(grid.locator("canvas"), colour_pixels(np.stack([d.image for d in shown.DIGITS])))
    assert grid.locator("span").all_inner_texts() == shown.CAPTIONS
    buttons = grid.get_by_role("button")
    for attribute, values in [
        ("aria-pressed", ["false", "true", "false"]),
        ("tabindex", ["-1", "0", "-1"]),
    ]:
        assert [button.get_attribute(attribute) for button in buttons.all()] == values


def test_filter_grid(board: Page) -> None:
    """Kernel and map of each filter, in this order; arrow keys lead on, and a filter is chosen."""
    grid = component(board, "filter_grid")

    assert_paints(grid.locator("canvas:nth-child(1)"), shown.FILTER_KERNELS)
    assert_paints(grid.locator("canvas:nth-child(2)"), shown.FILTER_MAPS)
    assert grid.locator("span").all_inner_texts() == ["0", "1", "2", "3"]
    grid.get_by_role("button", name="Filter 2").press("ArrowRight")
    focused = grid.get_by_role("button", name="Filter 3")
    expect(focused).to_be_focused()
    expect(focused).to_have_attribute("tabindex", "0")
    expect(grid.locator("[tabindex='0']")).to_have_count(1)
    focused.press("Enter")
    expect_said(board, "filter 3")


def test_map_switches(board: Page) -> None:
    """All maps; the one that is off says so, and a press switches the one that was pressed."""
    switches = component(board, "map_switches")

    assert_paints(switches.locator("canvas"), shown.SWITCH_MAPS)
    assert switches.locator("span").all_inner_texts() == ["0", "1 off", "2"]
    states = [s.get_attribute("aria-checked") for s in switches.get_by_role("switch").all()]
    assert states == ["true", "false", "true"]
    switches.get_by_role("switch", name="Map 2").click()
    expect_said(board, "off 1 2")


def test_kernel_editor(board: Page) -> None:
    """Every weight in its row and column, in its colour; what is typed in arrives with its place."""
    editor = component(board, "kernel_editor")
    fields = editor.locator("input")

    colours = colour_signed(shown.KERNEL, 2).reshape(-1, 3)
    for index, weight in enumerate(shown.KERNEL.ravel()):
        field = editor.get_by_label(f"Weight in row {index // 3}, column {index % 3}", exact=True)
        assert field.input_value() == f"{weight:g}".replace("-", "−")
        np.testing.assert_allclose(background(field), colours[index], atol=1)
    fields.nth(2).press("ArrowDown")
    expect(fields.nth(5)).to_be_focused()
    fields.nth(5).fill("1/8")
    fields.nth(5).press("Enter")
    expect_said(board, "weight 1 2 0.125")
    fields.nth(5).fill("1001")
    fields.nth(5).blur()
    expect(fields.nth(5)).to_have_attribute("aria-invalid", "true")


def test_learning_view(board: Page) -> None:
    """Kernels on one scale; each sample with what it is read as."""
    view = component(board, "learning_view")
    heaviest = float(np.abs(shown.LEARNED_KERNELS).max())

    assert_paints(view.locator(".kernels canvas"), colour_signed(shown.LEARNED_KERNELS, heaviest))
    assert_paints(view.locator(".samples canvas"), colour_pixels(shown.SAMPLES))
    reads = shown.SAMPLE_PROBABILITIES.argmax(axis=1)
    assert view.locator("b").all_inner_texts() == [str(read) for read in reads]
    marks = ["✓" if read == label else "✗" for label, read in enumerate(reads)]
    assert view.locator(".mark").all_inner_texts() == marks
    shares = [percent(float(row.max()), 0) for row in shown.SAMPLE_PROBABILITIES]
    assert view.locator(".share").all_inner_texts() == shares


def test_count_table(board: Page) -> None:
    """Counts in their rows and columns, as strong as they are; arrow keys skip what is empty."""
    table = component(board, "count_table").locator("table")
    rows = table.locator("tbody tr")

    assert table.locator("thead th").all_inner_texts() == ["left", "middle", "right"]
    assert rows.locator("th").all_inner_texts() == ["top", "bottom"]
    for row, counts in enumerate(shown.COUNTS):
        buttons = rows.nth(row).locator("button")
        assert buttons.all_inner_texts() == [f"{count} of 25" for count in counts]
        for column, button in enumerate(buttons.all()):
            strength = shown.COUNT_STRENGTH[row, column]
            style = button.evaluate("button => button.style.getPropertyValue('--strength')")
            assert style == f"{round(100 * strength)}%"
            classes = set((button.get_attribute("class") or "").split())
            assert classes == ({"quiet"} if counts[column] == 2 else set())
            assert button.is_disabled() == (counts[column] == 0)
            assert button.get_attribute("aria-pressed") == str((row, column) == (1, 0)).lower()
    assert rows.nth(1).locator("button").first.get_attribute("tabindex") == "0"
    rows.nth(0).locator("button").first.press("ArrowRight")
    expect(table.get_by_role("button", name="Count 14")).to_be_focused()
    table.get_by_role("button", name="Count 14").press("Enter")
    expect_said(board, "count 0 2")


def test_probability_bars(board: Page) -> None:
    """Every digit with its share, as text and as the width of its bar; the largest stands out."""
    rows = component(board, "probability_bars").locator("li")

    assert rows.locator(".digit").all_inner_texts() == [str(digit) for digit in range(10)]
    texts = [percent(float(share)) for share in shown.PROBABILITIES]
    assert rows.locator(".share").all_inner_texts() == texts
    widths = [
        bar.evaluate("bar => parseFloat(bar.style.getPropertyValue('--share'))")
        for bar in rows.locator(".bar").all()
    ]
    np.testing.assert_allclose(widths, 100 * shown.PROBABILITIES, rtol=1e-4)
    predicted = ["predicted" in (row.get_attribute("class") or "") for row in rows.all()]
    assert predicted.index(True) == 4
    assert sum(predicted) == 1


# What is read in the browser, told to all that follow it as live.js does.
TELL = """([source, reading]) => {
    for (const hear of globalThis[Symbol.for("digitscope")].hearing.get(source)) hear(
        reading === "nobody" ? undefined : reading && {
            image: Uint8Array.from(reading.image),
            outputs: [Float32Array.from(reading.output)],
        },
    );
}"""


TELL_SAID = """([source, image, said]) => {
    for (const hear of globalThis[Symbol.for("digitscope")].hearing.get(source)) hear(
        { image: Uint8Array.from(image), outputs: [new Float32Array(10)], said },
    );
}"""


def test_live_reading(board: Page) -> None:
    """Bars, verdict and picture show what is read in the browser, and without it the server's answer."""
    bars = component(board, "probability_bars").locator("li")
    heading = component(board, "verdict").locator("h2")
    spoken = component(board, "verdict").locator("[aria-live=polite]")
    picture = component(board, "digit_picture").locator("canvas")
    words = board.locator(".st-key-server-says")
    sent = f"Read as a 4, {percent(float(shown.PROBABILITIES[4]))}"
    expect(heading).to_have_text(sent)
    assert_paints(picture, colour_pixels(shown.DIGITS[0].image[np.newaxis]))

    def tell(reading: object) -> None:
        board.evaluate(TELL, [shown.LIVE_SOURCE, reading])

    image = 255 - shown.DIGITS[0].image
    output = np.full(10, 0.02, np.float32)
    output[8] = 0.82
    tell({"image": image.ravel().tolist(), "output": output.tolist()})
    expect(heading).to_have_text(f"Read as an 8, {percent(0.82)}")
    assert bars.locator(".share").all_inner_texts()[7:] == [percent(x) for x in (0.02, 0.82, 0.02)]
    assert_paints(picture, colour_pixels(image[np.newaxis]))
    expect(words).to_have_css("opacity", "0.35")
    # Under the pen it would be said anew with every frame.
    expect(spoken).to_have_text(sent)

    tell({"image": shown.DIGITS[0].image.ravel().tolist(), "output": output.tolist()})
    expect(words).to_have_css("opacity", "1")
    expect(spoken).to_have_text(f"Read as an 8, {percent(0.82)}")

    tell(None)
    expect(heading).to_have_text("Nothing to read yet")
    assert bars.locator(".share").all_inner_texts() == [""] * 10
    assert_paints(picture, colour_pixels(np.zeros((1, 28, 28), np.uint8)))
    tell("nobody")
    expect(heading).to_have_text(sent)
    expect(words).to_have_css("opacity", "1")


def test_sum_table(board: Page) -> None:
    """Pictures, factors and results line by line; bars to the side of the sign, to scale."""
    table = component(board, "sum_table")

    assert_paints(table.locator("canvas"), shown.TERM_PICTURES)
    assert table.locator("thead th").all_inner_texts() == ["Name", "Seen", "Weight", "Product"]
    assert table.locator("thead td").all_inner_texts() == [""]
    lines = table.locator("tbody tr")
    assert lines.locator("th").all_inner_texts() == ["term 0", "term 1"]
    assert lines.locator("td:nth-child(3)").all_inner_texts() == ["+0.5", "+1.5"]
    products = lines.locator("td:nth-child(4)")
    assert products.all_inner_texts() == ["+0.5000", "−0.2500"]
    assert [cell.get_attribute("class") for cell in products.all()] == ["positive", "negative"]
    track = lines.first.locator(".track").bounding_box()
    assert track
    middle = track["x"] + track["width"] / 2
    for line, value in zip(lines.all(), shown.TERM_VALUES, strict=True):
        bar = line.locator(".bar").bounding_box()
        assert bar
        ends = sorted([middle, middle + value / 0.5 * track["width"] / 2])
        np.testing.assert_allclose([bar["x"], bar["x"] + bar["width"]], ends, atol=1.5)
    assert table.locator("tfoot tr").inner_text().split() == ["all", "+0.25"]


def test_unit_view(board: Page) -> None:
    """The map in its colours, and of the digit what the marked cell sees; both follow the keys."""
    view = component(board, "unit_view")
    unit, digit = view.locator(".map canvas"), view.locator(".digit canvas")
    image = shown.DIGITS[0].image.astype(float)

    painted = cell_colours(unit, 3, 4, y=0.15)
    np.testing.assert_allclose(painted, colour_activations(shown.UNIT_VALUES, 1), atol=1)

    def assert_sees(row: int, column: int) -> None:
        (top, bottom), (left, right) = (
            (shown.UNIT_SPANS[at].first, shown.UNIT_SPANS[at].last) for at in (row, column)
        )
        value = number(float(shown.UNIT_VALUES[row, column]), 4)
        expect(view.locator("p[aria-live]")).to_contain_text(
            f"Row {row}, column {column}: {value}."
        )
        expect(view.locator("p[aria-live]")).to_contain_text(
            f"rows {top} to {bottom}, columns {left} to {right} of the image"
        )
        expected = 38 + 0.36 * image[..., None] + np.array([0, 0, 14])
        seen = np.s_[top : bottom + 1, left : right + 1]
        expected[seen] = image[seen][..., None]
        np.testing.assert_allclose(cell_colours(digit, 28, 28), expected, atol=1)

    assert_sees(1, 3)
    unit.press("ArrowDown")
    assert_sees(2, 3)
    unit.press("ArrowLeft")
    assert_sees(2, 2)
    unit.press("Enter")
    expect_said(board, "cell 2 2")


def test_pixel_editor(board: Page) -> None:
    """Every pixel in its grey; what is painted is painted where the cursor is, and arrives."""
    editor = component(board, "pixel_editor")
    canvas, image = editor.locator("canvas"), shown.DIGITS[0].image

    # Off the middle, where the frame of the cursor crosses no pixel.
    np.testing.assert_array_equal(cell_colours(canvas, 28, 28), colour_pixels(image))
    canvas.press("ArrowUp")
    canvas.press("ArrowRight")
    expect(editor.locator("p")).to_have_text(f"Row 13, column 15: {image[13, 15]} of 255")
    canvas.press(" ")
    expect_said(board, "edited 13,15 7")
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": 20.5 / 28 * box["width"], "y": 3.5 / 28 * box["height"]})
    # What is sent back to it here is always the same digit, so that the paint is soon gone again.
    expect_said(board, "edited 3,20 7")


def test_sliders(board: Page) -> None:
    """Each at its value with its unit; arrow keys move one, and where it rests arrives with the other."""
    both = component(board, "sliders")
    first, last = (both.get_by_role("slider", name=name) for name in ("First", "Last"))
    again = both.get_by_role("button", name="Again")

    assert (first.input_value(), last.input_value()) == ("5", "0")
    expect(both.locator(".value")).to_have_text(["5°", "0.00"])
    expect(again).to_be_disabled()
    for _ in range(3):
        first.press("ArrowLeft")
    expect(both.locator(".value")).to_have_text(["−10°", "0.00"])
    expect(first).to_have_attribute("aria-valuetext", "−10°")
    expect_said(board, "sliders -10 0.0")
    last.press("End")
    expect(again).to_be_enabled()
    expect_said(board, "sliders -10 1.0")
    again.click()
    expect_said(board, "again")
    expect(both.locator(".value")).to_have_text(["−10°", "1.00"])


def test_sentence(board: Page) -> None:
    """The server's words and digit, until something else is read in the browser; spoken at rest."""
    shown_there = component(board, "sentence")
    words, spoken = shown_there.locator("p").first, shown_there.locator("[aria-live=polite]")
    picture = shown_there.get_by_role("img", name="What is read")
    expect(words).to_have_text("It is a 9.")
    assert words.locator("strong").inner_text() == "a 9"
    assert_paints(picture, colour_pixels(shown.DIGITS[1].image[np.newaxis]))
    expect(spoken).to_have_text("It is a 9.")

    image = 255 - shown.DIGITS[1].image
    board.evaluate(TELL_SAID, [shown.LIVE_SOURCE, image.ravel().tolist(), "**An 8** <b>now</b>."])
    expect(words).to_have_text("An 8 <b>now</b>.")
    assert words.locator("strong").all_inner_texts() == ["An 8"]
    assert words.locator("b").count() == 0
    assert_paints(picture, colour_pixels(image[np.newaxis]))
    expect(spoken).to_have_text("An 8 <b>now</b>.")
    board.evaluate(TELL, [shown.LIVE_SOURCE, "nobody"])
    expect(words).to_have_text("It is a 9.")


def test_pixel_table(board: Page) -> None:
    """Every value in its row and column, on its grey; arrow keys read out the next."""
    table = component(board, "pixel_table").locator("table")
    image = shown.DIGITS[0].image

    texts = table.evaluate(
        "table => [...table.rows].map(row => [...row.cells].map(c => c.textContent))"
    )
    np.testing.assert_array_equal(np.array(texts, int), image)
    cell = table.locator("tr").nth(3).locator("td").nth(9)
    assert background(cell) == [image[3, 9]] * 3
    board.mouse.move(0, 0)  # What scrolls under a resting pointer would be read out.
    cell.press("ArrowRight")
    readout = component(board, "pixel_table").locator("p")
    value = image[3, 10]
    expect(readout).to_have_text(
        f"Row 3, column 10: {value} of 255, for the network {value} ÷ 255 = {value / 255:.3f}"
    )


def assert_moment(player: Locator, moment: int, scale: float) -> None:
    """The scrubber shows a moment; `scale` is the value that the brightest colour of the maps has."""
    heaviest = float(np.abs(shown.MOMENT_KERNELS).max())
    for name, expected in [
        ("kernels", colour_signed(shown.MOMENT_KERNELS[moment], heaviest)),
        ("maps", colour_activations(shown.READING.maps[moment], scale)),
    ]:
        # Two roundings to 256 shades lie between.
        assert_paints(player.locator(f".{name} canvas"), expected, tolerance=5)
    expect(player.locator(".maps .most")).to_have_text(number(scale, 2))
    rows = player.locator(".probabilities li")
    probabilities = shown.READING.probabilities[moment]
    assert rows.locator(".share").all_inner_texts() == [percent(float(p)) for p in probabilities]
    predicted = ["predicted" in (row.get_attribute("class") or "") for row in rows.all()]
    assert predicted.index(True) == probabilities.argmax()

    counts = shown.CONFUSIONS[moment]
    table = player.locator(".confusion tbody")
    told = table.evaluate(
        "body => [...body.rows].map(r => [...r.cells].slice(1).map(c => c.textContent))"
    )
    assert told == [[str(count) if count else "" for count in row] for row in counts]
    strengths = table.evaluate(
        "body => [...body.rows].map(r => [...r.cells].slice(1).map("
        "c => parseInt(c.style.getPropertyValue('--strength'))))"
    )
    np.testing.assert_allclose(
        strengths, 100 * np.sqrt(counts / counts.sum(axis=1, keepdims=True)), atol=0.51
    )
    right, total = np.trace(counts), counts.sum()
    expect(player.locator(".confusion figcaption")).to_have_text(
        f"Of the first {total:,} held-out digits, {right} are read right"
    )
    expect(player.locator(".chart-title")).to_have_text(
        f"{100 * right / total:.1f}\u00a0% of the sample read right"
    )
    expect(player.locator("circle.now")).to_have_attribute("cx", f"{50 * moment}%")


def test_scrubber(board: Page) -> None:
    """Tiles, answer, confusion and chart of each moment; one scale dims the maps of dark moments."""
    player = component(board, "scrubber").locator("section")
    brightest = shown.READING.maps.max(axis=(1, 2, 3))

    assert_moment(player, 1, brightest[1])
    dots = player.locator("circle")
    heights = [float(dot.get_attribute("cy") or "nan") for dot in dots.all()]
    shares = [np.trace(counts) / counts.sum() for counts in shown.CONFUSIONS]
    np.testing.assert_allclose(heights, [68 - 56 * share for share in shares], atol=1e-6)
    player.get_by_role("button", name="One step on").click()
    assert_moment(player, 2, brightest[2])
    player.get_by_label("One scale for all moments").check()
    assert_moment(player, 2, brightest[1])
    player.get_by_role("button", name="To the start").click()
    assert_moment(player, 0, brightest[1])
    player.get_by_label("One scale for all moments").uncheck()
    player.get_by_role("slider").press("ArrowRight")
    assert_moment(player, 1, brightest[1])
    player.get_by_role("button", name="Put this moment into the address").click()
    expect_said(board, "moment 1")


def test_scrubber_plays_to_the_last_moment(board: Page) -> None:
    """Played from the start it goes through all moments, and stops at the last."""
    player = component(board, "scrubber").locator("section")

    player.get_by_role("button", name="To the start").click()
    player.locator("input[value=Fast]").check()
    player.get_by_role("slider").press(" ")
    expect(player).to_have_attribute("data-playing", "true")
    expect(player.locator(".moment")).to_have_text("after epoch 1")
    expect(player).to_have_attribute("data-playing", "false")
    expect(player.locator(".spoken")).to_contain_text("After epoch 1 the network reads")


def test_network_map(board: Page) -> None:
    """Every map and unit in its colour, in its box; under the pointer its value is read out."""
    whole = component(board, "network_map")
    canvas = whole.locator("canvas")
    sent = map_data(shown.NETWORK, shown.ACTIVATIONS)["layers"]
    folder = Path(ui.components.__path__[0])
    boxes = canvas.evaluate(
        """async (canvas, [script, layers]) => {
            const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
            const { boxOf, layOut } = await import(url);
            const layout = layOut(layers, canvas.clientWidth);
            return layers.map((layer, place) =>
                Array.from({ length: layer.count }, (_, unit) => boxOf(layout, place, unit)));
        }""",
        [
            bundle(folder / "network_map" / "layout.js").js,
            [
                {name: layer[name] for name in ("kind", "count", "rows", "columns")}
                for layer in sent
            ],
        ],
    )
    width, height = canvas.evaluate("canvas => [canvas.clientWidth, canvas.clientHeight]")
    # The lines to the unit that is marked, and the digits of the outputs, lie over what they show.
    for place, (name, values) in enumerate(shown.ACTIVATIONS.items()):
        is_map = values.ndim == 3
        at = [[x, y] for y in (0.25, 0.75) for x in (0.25, 0.75)] if is_map else [[0.2, 0.25]]
        maps = values.transpose(2, 0, 1) if is_map else values.reshape(-1, 1, 1)
        largest = float(maps.max())
        rows, columns = maps.shape[1:]
        blocks = maps[:, [int(y * rows) for _, y in at], [int(x * columns) for x, _ in at]]
        points = [
            [(left + x * wide) / width, (top + y * high) / height]
            for left, top, wide, high in boxes[place]
            for x, y in at
        ]
        # Units narrower than that share their pixels with others.
        assert is_map or len(maps) > 100 or boxes[place][0][3] > 3
        if len(maps) > 100:
            continue
        expected = (
            colour_pixels(np.round(blocks / largest * 255).astype(np.uint8))
            if place == 0
            else colour_activations(blocks, largest)
        )
        painted = colours_at(canvas, points).reshape(expected.shape)
        np.testing.assert_allclose(painted, expected, atol=4, err_msg=name)
    left, top, wide, high = boxes[1][1]
    canvas.hover(position={"x": left + wide / 2, "y": top + high / 2})
    peak = number(float(shown.ACTIVATIONS["conv1"][:, :, 1].max()), 3)
    expect(whole.locator("p[aria-live]")).to_contain_text(f"conv1, map 1: largest value {peak}.")
    canvas.click(position={"x": left + wide / 2, "y": top + high / 2})
    expect_said(board, "unit conv1 1")
