"""The file to take home, opened from the disk with the network cut off, reads as the server does."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from cnn_core.images.drawing import digit_from_canvas
from ui.look.wording import a_digit, probability_in_words
from ui.shared.resources import model
from ui.visitor.take_home import network_to_take_home, one_of_each_class

ON_PAPER = "document.querySelector('.paper').toDataURL()"
MAP = "document.querySelector('.map').shadowRoot.querySelector('canvas').toDataURL()"


@pytest.fixture
def taken_home(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The file of the baseline network, in a browser that is offline."""
    file = tmp_path / "network.html"
    file.write_bytes(network_to_take_home(model("baseline")))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=2)).to_have_text("Draw a digit here")
    yield page
    assert asked == [file.as_uri()]
    assert failed == []
    context.close()


def said_of(image: np.ndarray) -> str:
    """What the server's network says of a digit, uint8 (28, 28)."""
    probabilities = model("baseline").network().predict(image[np.newaxis])[0]
    answer = int(probabilities.argmax())
    return f"Read as {a_digit(answer)}, {probability_in_words(probabilities[answer])}"


def test_reads_its_test_digits_as_the_server_does(taken_home: Page) -> None:
    """Each of its ten digits gets the answer, and the percentage, that Python computes."""
    for digit in one_of_each_class():
        taken_home.get_by_label("Put a test digit on the paper").select_option(
            label=f"{digit.title}, a {digit.label}"
        )
        expect(taken_home.get_by_role("heading", level=2)).to_have_text(said_of(digit.image))


def test_reads_while_the_pen_moves(taken_home: Page) -> None:
    """Before the pen is lifted there is an answer, the one of Python; the map has followed; undo undoes."""
    blank_map = taken_home.evaluate(MAP)
    box = taken_home.locator(".paper").bounding_box()
    assert box is not None
    taken_home.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.2 * box["height"])
    taken_home.mouse.down()
    for right, down in ((0.75, 0.2), (0.45, 0.85)):
        taken_home.mouse.move(
            box["x"] + right * box["width"], box["y"] + down * box["height"], steps=12
        )

    png = base64.b64decode(taken_home.evaluate(ON_PAPER).split(",")[1])
    image = digit_from_canvas(np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")))
    assert image is not None
    expect(taken_home.get_by_role("heading", level=2)).to_have_text(said_of(image))
    taken_home.wait_for_function(f"before => {MAP} !== before", arg=blank_map)

    taken_home.mouse.up()
    taken_home.get_by_role("button", name="Undo").click()
    expect(taken_home.get_by_role("heading", level=2)).to_have_text("Draw a digit here")


def test_fits_a_phone(taken_home: Page) -> None:
    """At 390 pixels nothing is cut off at the side, and the answer is in sight with the paper."""
    taken_home.set_viewport_size({"width": 390, "height": 844})
    assert taken_home.evaluate("document.documentElement.scrollWidth") <= 390
    for part in (".paper", "h2", ".probabilities"):
        box = taken_home.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844, part
