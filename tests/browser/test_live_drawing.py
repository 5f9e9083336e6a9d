"""The network reads while the pen moves, says nothing to the server, and the server agrees afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, BrowserContext, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from cnn_core.data.dataset import Mnist, load_mnist
from cnn_core.data.digit import parse_digit
from cnn_core.store.store import load_network
from driving.strokes import ONE, SEVEN, Point, draw_stroke, on_screen, touch_stroke
from ui.look.wording import a_digit, probability_in_words

LIVE = "globalThis[Symbol.for('digitscope')]?.readings.get('canvas')"
READING = f"""() => {{
    const reading = {LIVE};
    return reading && {{ image: [...reading.image], output: [...reading.outputs.at(-1)] }};
}}"""
# Until what was just done is read, and nothing has changed for some frames.
AT_REST = f"""() => new Promise((done) => {{
    const wait = (last, frames) => {{
        const now = {LIVE};
        if (now === last && frames === 10) done();
        else requestAnimationFrame(() => wait(now, now === last ? frames + 1 : 0));
    }};
    wait(undefined, 0);
}})"""
BAR: Sequence[Point] = ((0.3, 0.5), (0.7, 0.5))
FOUR: Sequence[Point] = ((0.5, 0.2), (0.2, 0.55), (0.8, 0.55))


class Live:
    """A page on which one draws, and what its browser sends."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page = context.new_page()
        self.sent: list[BackMsg] = []
        self.page.on(
            "websocket",
            lambda socket: socket.on(
                "framesent", lambda frame: self.sent.append(BackMsg.FromString(frame))
            ),
        )
        self.page.goto(address)
        self.page.locator(".st-key-canvas canvas").last.wait_for(timeout=60_000)
        self.page.wait_for_function(f"() => {LIVE} !== undefined")
        self.rest()

    def rest(self) -> None:
        """Wait until the server has answered all that it was sent."""
        self.page.locator("[data-test-script-state=notRunning]").wait_for()

    @property
    def verdict(self) -> str:
        """What stands over the canvas."""
        return self.page.locator(".st-key-verdict h2").inner_text()

    def read(self) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """The image that the browser reads, and its ten probabilities."""
        reading = self.page.evaluate(READING)
        assert reading, "nothing is read"
        image = np.array(reading["image"], np.uint8).reshape(28, 28)
        return image, np.array(reading["output"], np.float32)

    def expect_agreement(self, mnist: Mnist, model: str) -> None:
        """Wait for the server's answer, which is the same as the browser's before and after."""
        self.page.evaluate(AT_REST)
        seen = self.verdict
        words = self.page.locator(".st-key-server-says")
        expect(words).to_have_css("opacity", "1", timeout=15_000)
        self.rest()
        image, probabilities = self.read()
        (name,) = parse_qs(urlsplit(self.page.url).query)["digit"]
        np.testing.assert_array_equal(image, parse_digit(name, mnist).image)
        expected = load_network(model).predict(image[np.newaxis])[0]
        np.testing.assert_allclose(probabilities, expected, atol=1e-5)
        answer = int(expected.argmax())
        share = probability_in_words(expected[answer])
        assert self.verdict == seen == f"Read as {a_digit(answer)}, {share}"
        texts = self.page.locator(".st-key-draw-probabilities .share").all_inner_texts()
        assert texts == [probability_in_words(each) for each in expected]
        expect(words).to_contain_text(share)


@pytest.fixture(scope="module")
def mnist() -> Mnist:
    """The data set, for the names of digits."""
    return load_mnist()


@pytest.fixture
def open_live(browser: Browser, app_url: str) -> Callable[..., Live]:
    """Open the page of drawing in a browser of some kind."""

    def open_in(model: str = "improved", **kind: object) -> Live:
        viewport = {"width": 1280, "height": 900}
        context = browser.new_context(**{"viewport": viewport, **kind})  # type: ignore[arg-type]
        return Live(context, f"{app_url}/draw?model={model}")

    return open_in


def test_browser_and_server_agree(open_live: Callable[..., Live], mnist: Mnist) -> None:
    """Whatever changes what is on the canvas is read at once, and the server then reads the same."""
    live = open_live("improved", device_scale_factor=2)
    page = live.page
    assert live.verdict == "Nothing to read yet"

    draw_stroke(page, SEVEN)
    live.expect_agreement(mnist, "improved")
    draw_stroke(page, BAR)
    live.expect_agreement(mnist, "improved")
    with_bar, _ = live.read()

    page.get_by_role("radio", name="Eraser").click()
    live.rest()
    draw_stroke(page, [(0.5, 0.15), (0.9, 0.15)])
    live.expect_agreement(mnist, "improved")
    erased, _ = live.read()
    assert erased.sum() < with_bar.sum()

    page.locator(".st-key-undo button").click()
    page.wait_for_function(
        f"before => !{LIVE}.image.every((each, at) => each === before[at])",
        arg=erased.ravel().tolist(),
    )
    live.expect_agreement(mnist, "improved")
    np.testing.assert_array_equal(live.read()[0], with_bar)

    page.locator(".st-key-clear button").click()
    page.wait_for_function(f"() => {LIVE} === null")
    assert live.verdict == "Nothing to read yet"
    expect(page.locator(".st-key-server-says")).to_have_css("opacity", "1")
    expect(page.locator(".st-key-server-says")).to_contain_text("Draw on the black square")

    # A digit that is put there is read as it is, until somebody draws on it.
    page.get_by_role("button", name="Take a test digit").click()
    page.wait_for_function(f"() => {LIVE} !== null")
    expect(page).to_have_url(re.compile("digit=test-"))
    live.expect_agreement(mnist, "improved")
    put, _ = live.read()
    draw_stroke(page, BAR)
    live.expect_agreement(mnist, "improved")
    page.locator(".st-key-undo button").click()
    expect(page).to_have_url(re.compile("digit=test-"))
    live.expect_agreement(mnist, "improved")
    np.testing.assert_array_equal(live.read()[0], put)


def test_nothing_is_sent_while_the_pen_is_down(
    open_live: Callable[..., Live], mnist: Mnist
) -> None:
    """A stroke is read and shown before the pen is lifted; strokes that follow each other are one message."""
    live = open_live("baseline", device_scale_factor=1)
    page = live.page
    live.sent.clear()
    first, *others = on_screen(page, FOUR)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place, steps=15)
    expect(page.locator(".st-key-verdict h2")).to_contain_text("Read as")
    expect(page.locator(".st-key-server-says")).to_have_css("opacity", "0.35")
    seen = live.verdict
    # Longer than the canvas by itself waits before it sends.
    page.wait_for_function(
        "start => performance.now() > start + 900", arg=page.evaluate("performance.now()")
    )
    assert live.verdict == seen
    assert live.sent == []
    page.mouse.up()
    draw_stroke(page, ONE)
    assert live.sent == []
    live.expect_agreement(mnist, "baseline")
    assert len(live.sent) == 1


def test_finger_on_a_phone(open_live: Callable[..., Live], mnist: Mnist) -> None:
    """Touch is read as it moves, too."""
    live = open_live(
        "improved",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=3,
    )
    live.sent.clear()
    touch_stroke(live.page, SEVEN, lift=False)
    expect(live.page.locator(".st-key-verdict h2")).to_contain_text("Read as")
    assert live.sent == []
    touch_stroke(live.page, ONE)
    live.expect_agreement(mnist, "improved")


def test_weights_come_once(open_live: Callable[..., Live]) -> None:
    """A reload finds them where the browser kept them; another model's are fetched, once."""
    live = open_live("baseline")

    def asked() -> int:
        text = "".join(str(message) for message in live.sent)
        return len(re.findall(r"json_trigger_value: .*wanted", text))

    assert asked() == 1
    live.page.reload()
    live.page.wait_for_function(f"() => {LIVE} !== undefined")
    live.rest()
    assert asked() == 1
    live.page.locator(".st-key-model [role=combobox], .st-key-model input").first.click()
    live.page.get_by_role("option", name=re.compile("^Improved")).click()
    live.page.wait_for_function(
        "() => [...globalThis[Symbol.for('digitscope')].networks.keys()]"
        ".some(id => id.startsWith('improved'))"
    )
    live.rest()
    assert asked() == 2


def test_canvas_of_another_make_is_answered_by_the_server(browser: Browser, app_url: str) -> None:
    """Where the canvas is not found, each stroke is answered by the server as it is without all this."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    # As if a later version called its canvases otherwise.
    page.route(
        re.compile(r"streamlit_drawable_canvas.*\.js"),
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace('"dc-canvas"', '"dc-sheet"'),
        ),
    )
    page.goto(f"{app_url}/draw?model=improved")
    page.locator(".st-key-canvas canvas").last.wait_for(timeout=60_000)
    page.locator("[data-test-script-state=notRunning]").wait_for()
    draw_stroke(page, SEVEN)
    expect(page.locator(".st-key-server-says")).to_contain_text("this is a 7")
    expect(page.locator(".st-key-verdict h2")).to_contain_text("Read as a 7")
    assert page.evaluate(f"() => {LIVE} === undefined")
