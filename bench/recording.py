"""What a browser sends when something is done on a page, to be sent by visitors without one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from playwright.sync_api import Browser, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from driving.strokes import ONE, SEVEN, Point, draw_stroke

# A component that is still being mounted does not hear what is done: then it is done again.
TRIES = 3
SECONDS_TO_SEND = 5.0
# Until then a canvas and the server have to come to terms.
CANVAS_IS_READ = "() => globalThis[Symbol.for('digitscope')]?.readings.has('canvas')"


class Actions(NamedTuple):
    """What is done on a page, over and over: the page's name, and what is sent each time."""

    page: str
    states: list[ClientState]


def record_actions(browser: Browser, url: str) -> list[Actions]:
    """Do on the three pages what a class does, and note what the browser sent."""
    return [
        _record(browser, url, "draw", [_stroke(SEVEN), _stroke(ONE)]),
        _record(browser, url, "layers", [_next_digit]),
        _record(browser, url, "convolution", [_next_digit, _weight("3"), _weight("-3")]),
    ]


def _record(
    browser: Browser, url: str, page_name: str, actions: list[Callable[[Page], None]]
) -> Actions:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sent: list[ClientState] = []

    def note(frame: str | bytes) -> None:
        assert isinstance(frame, bytes), "Streamlit sends protocol buffers"
        message = BackMsg.FromString(frame)
        if message.HasField("rerun_script"):
            sent.append(message.rerun_script)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.goto(f"{url}/{page_name}")
    page.get_by_text("Take this with you").wait_for()
    if page.locator(".st-key-canvas").count():
        page.wait_for_function(CANVAS_IS_READ)
    states = []
    for action in actions:
        page.locator("[data-test-script-state=notRunning]").wait_for()
        states += _do(page, action, sent)
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.close()
    return Actions(page_name, states)


def _do(page: Page, action: Callable[[Page], None], sent: list[ClientState]) -> list[ClientState]:
    for _ in range(TRIES):
        sent.clear()
        action(page)
        end = time.monotonic() + SECONDS_TO_SEND
        while time.monotonic() < end:
            if sent:
                return list(sent)
            page.wait_for_timeout(10)
    raise TimeoutError(f"{page.url} sent nothing, {TRIES} times.")


def _stroke(points: Sequence[Point]) -> Callable[[Page], None]:
    return lambda page: draw_stroke(page, points)


def _next_digit(page: Page) -> None:
    page.locator(".st-key-next-digit button").click()


def _weight(text: str) -> Callable[[Page], None]:
    def type_in(page: Page) -> None:
        field = page.locator(".st-key-kernel-editor input").first
        field.fill(text)
        field.press("Enter")

    return type_in
