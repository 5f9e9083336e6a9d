"""Drawing on the canvas with the mouse or a finger, as a visitor does."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import CDPSession, Page

Point = tuple[float, float]

# Movements from one point of a stroke to the next.
STEPS = 15

# Single strokes as people write them, in shares of the canvas: to the right, down.
ONE: Sequence[Point] = ((0.5, 0.15), (0.5, 0.85))
SEVEN: Sequence[Point] = ((0.25, 0.2), (0.75, 0.2), (0.45, 0.85))


def draw_stroke(page: Page, points: Sequence[Point]) -> None:
    """Press the mouse at the first point, drag it through the others, and let go."""
    places = on_screen(page, points)
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=STEPS)
    page.mouse.up()


def touch_stroke(page: Page, points: Sequence[Point], *, lift: bool = True) -> None:
    """The same with a finger, on a page that is on a phone; at the end it is lifted, or stays."""
    first, *others = on_screen(page, points)
    touch = page.context.new_cdp_session(page)
    _touch(touch, "touchStart", [first])
    last = first
    for place in others:
        for step in range(1, STEPS + 1):
            share = step / STEPS
            between = (
                last[0] + share * (place[0] - last[0]),
                last[1] + share * (place[1] - last[1]),
            )
            _touch(touch, "touchMove", [between])
        last = place
    if lift:
        _touch(touch, "touchEnd", [])


def _touch(touch: CDPSession, kind: str, places: Sequence[Point]) -> None:
    points = [{"x": x, "y": y} for x, y in places]
    touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def on_screen(page: Page, points: Sequence[Point]) -> list[Point]:
    """Where on the screen points of the canvas are, once it is scrolled into view."""
    canvas = page.locator(".st-key-canvas canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None, "the canvas is not shown"
    return [
        (box["x"] + right * box["width"], box["y"] + down * box["height"]) for right, down in points
    ]
