"""Drawing on the canvas with the mouse, as a visitor does."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

Point = tuple[float, float]

# Single strokes as people write them, in shares of the canvas: to the right, down.
ONE: Sequence[Point] = ((0.5, 0.15), (0.5, 0.85))
SEVEN: Sequence[Point] = ((0.25, 0.2), (0.75, 0.2), (0.45, 0.85))


def draw_stroke(page: Page, points: Sequence[Point]) -> None:
    """Press the mouse at the first point, drag it through the others, and let go."""
    canvas = page.locator(".st-key-canvas canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None, "the canvas is not shown"
    places = [
        (box["x"] + right * box["width"], box["y"] + down * box["height"]) for right, down in points
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=15)
    page.mouse.up()
