"""The draw page reads what is on the canvas. A browser test draws with the mouse."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import drawn_digit
from cnn_core.images.drawing import digit_from_canvas, ink_of_canvas, prepare_drawing
from cnn_core.store.store import load_network
from tests.support.canvas import canvas_state, draw, on_canvas
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import components, pictures, plain
from ui.look.wording import a_digit, answer_in_words, percent


def card(app: AppTest) -> str:
    """What the sidebar says of the current digit."""
    return "\n".join(element.value for element in app.container(key="digit-card").markdown)


def verdict(app: AppTest) -> str:
    """The heading over the canvas."""
    (shown,) = components(app, "nothing")
    return plain(shown["text"])


def test_blank_canvas_says_what_to_do(open_page: OpenPage) -> None:
    """Without ink there is an invitation and no prediction."""
    app = open_page("draw")

    assert verdict(app) == "Nothing to read yet"
    assert "Draw on the black square" in all_text(app)


def test_black_canvas_is_blank(open_page: OpenPage) -> None:
    """A canvas that was cleared is all background, and is read as blank."""
    app = open_page("draw")

    draw(app, np.dstack([np.zeros((280, 280, 3), np.uint8), np.full((280, 280), 255, np.uint8)]))

    assert verdict(app) == "Nothing to read yet"


def test_drawing_is_read(open_page: OpenPage, mnist: Mnist) -> None:
    """The prediction is what the network computes for the prepared drawing."""
    app = open_page("draw")
    rgba = on_canvas(mnist.test.images[0])
    digit = digit_from_canvas(rgba)
    assert digit is not None
    probabilities = load_network("improved").predict(digit[np.newaxis])[0]

    draw(app, rgba)

    share = percent(float(probabilities.max()))
    assert verdict(app) == plain(f"Read as a 7, {share}")
    assert app.container(key="prediction").markdown[0].value == answer_in_words(probabilities)
    prepared = prepare_drawing(ink_of_canvas(rgba))
    assert prepared is not None
    top, bottom, left, right = prepared.box
    rows, columns = prepared.scaled.shape
    assert bottom - top != right - left
    said = all_text(app)
    assert f"around it has {bottom - top} rows and {right - left} columns." in said
    assert f"the aspect ratio stays: {rows} × {columns}." in said
    row, column = prepared.corner
    assert f"The top-left goes to row {row}, column {column} of 28 × 28" in said


def test_drawing_is_the_current_digit_at_once(open_page: OpenPage, mnist: Mnist) -> None:
    """With nothing to press it is in sidebar and address; there is a way back, which is then kept."""
    app = open_page("draw", digit="test-7")
    rgba = on_canvas(mnist.test.images[0])
    draw(app, rgba)
    name = app.query_params["digit"]
    digit = digit_from_canvas(rgba)
    assert digit is not None
    assert name == drawn_digit(digit).name
    assert "**Your drawing**" in card(app)

    draw(app, on_canvas(mnist.test.images[2]))
    assert app.query_params["digit"] != name
    app.switch_page("pages/about.py").run()
    assert "**Your drawing**" in card(app)
    assert app.button(key="back-from-drawing").label == "Back to Test digit 7"
    app.switch_page("pages/draw.py").run()
    app.button(key="back-to-digit-before").click().run()
    assert app.query_params["digit"] == "test-7"
    assert app.session_state["digit"].name == "test-7"
    app.run()
    assert app.session_state["digit"].name == "test-7"

    app.button(key="use-drawing").click().run()
    assert app.session_state["digit"].title == "Your drawing"


def test_shared_drawing(open_page: OpenPage, mnist: Mnist) -> None:
    """Who opens a link finds the drawing on the canvas and exactly its pixels read, as somebody's."""
    shared = drawn_digit(mnist.train.images[5])
    probabilities = load_network("baseline").predict(shared.image[np.newaxis])[0]
    answer = int(probabilities.argmax())
    app = open_page("draw", digit=shared.name, model="baseline")
    (picture,) = app.session_state["canvas-start"]["objects"]
    assert picture["type"] == "Image"
    heading = f"Read as {a_digit(answer)}, {percent(float(probabilities.max()))}"
    assert verdict(app) == plain(heading)
    (bars,) = components(app, "shares")
    np.testing.assert_allclose(bars["shares"], probabilities, atol=1e-6)
    assert "**A drawing**" in card(app)
    assert "Your drawing" not in all_text(app)

    # The canvas reports what it was handed: still nobody has drawn on it.
    reported = canvas_state(on_canvas(shared.image))
    reported["drawing"]["raw"] = {"objects": [{"type": "Image"}]}
    app.session_state["canvas"] = reported
    app.run()
    assert app.query_params["digit"] == shared.name
    assert "**A drawing**" in card(app)
    app.switch_page("pages/preparation.py").run()
    assert "Your drawing" not in all_text(app)
    assert app.session_state["handwriting"] == "The current digit"
    app.switch_page("pages/draw.py").run()

    draw(app, on_canvas(mnist.test.images[2]))
    assert "**Your drawing**" in card(app)
    assert app.button(key="back-to-digit-before").label == "Back to the other drawing"
    app.button(key="clear").click().run()
    assert app.session_state["canvas-start"]["objects"] == []


def test_drawing_survives_another_page(open_page: OpenPage, mnist: Mnist) -> None:
    """Coming back, the canvas is handed the drawing and the prediction stands."""
    app = open_page("draw")
    draw(app, on_canvas(mnist.test.images[0]))

    app.switch_page("pages/about.py").run()
    app.switch_page("pages/draw.py").run()

    assert app.session_state["canvas-start"] == {"objects": [{"type": "Path"}]}
    assert verdict(app).startswith("Read as a 7")


def test_undo_and_clear_take_ink_away(open_page: OpenPage, mnist: Mnist) -> None:
    """Undo hands the canvas all strokes but the last, clear none."""
    app = open_page("draw")
    draw(app, on_canvas(mnist.test.images[0]))

    app.button(key="undo").click().run()
    assert app.session_state["canvas-start"]["objects"] == []

    app.button(key="clear").click().run()
    assert app.session_state["canvas-start"]["objects"] == []
    assert not app.exception


def test_a_test_digit_comes_onto_the_canvas(open_page: OpenPage) -> None:
    """Without a mouse, a test digit comes as one picture as large as the canvas, and is read as it is."""
    app = open_page("draw")

    app.button(key="take-test-digit").click().run()

    assert app.query_params["digit"].startswith("test-")
    assert f"**{app.session_state['digit'].title}** is on the canvas" in all_text(app)

    (picture,) = app.session_state["canvas-start"]["objects"]
    encoded = picture["src"].removeprefix("data:image/png;base64,")
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as image:
        assert image.size == (280, 280)


def upload(app: AppTest, content: bytes, name: str = "photo.png") -> None:
    """Choose a file, as a visitor does."""
    app.file_uploader(key="photo-file").set_value((name, content, "image/png")).run()
    assert not app.exception


def test_photo_is_read_and_kept(open_page: OpenPage, mnist: Mnist) -> None:
    """A photo becomes the digit, survives another page, and is the current one at once."""
    app = open_page("draw")
    set_value(app, "draw-way", "Upload a photo").run()
    assert verdict(app) == "Nothing to read yet"
    assert "synthetic photos" in all_text(app)
    ink = on_canvas(mnist.test.images[0])[..., 0]
    file = io.BytesIO()
    Image.fromarray(230 - (ink * 0.7).astype(np.uint8)).save(file, "PNG")

    upload(app, file.getvalue())
    prediction = verdict(app)
    assert prediction.startswith("Read as a 7")
    assert "darker than its paper" in all_text(app)

    app.switch_page("pages/preparation.py").run()
    assert "Dark ink became bright" in all_text(app)
    app.switch_page("pages/draw.py").run()
    assert verdict(app) == prediction

    app.toggle(key="photo-threshold-found").set_value(False).run()
    app.slider(key="photo-threshold").set_value(95).run()
    assert "no ink to be seen" in all_text(app)
    app.slider(key="photo-threshold").set_value(50).run()
    assert "by your choice" in all_text(app)
    assert app.query_params["digit"].startswith("draw-")


def test_files_that_are_no_photo(open_page: OpenPage) -> None:
    """Each gets a message and no prediction; another file may follow."""
    app = open_page("draw")
    set_value(app, "draw-way", "Upload a photo").run()

    upload(app, b"not an image")
    assert "no PNG or JPEG" in app.warning[0].value
    assert verdict(app) == "Nothing to read yet"

    blank = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(blank, "PNG")
    upload(app, blank.getvalue())
    assert not app.warning
    assert "no ink to be seen" in all_text(app)


def test_pictures_of_the_steps(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ink, then that scaled to 20 pixels, then the 28×28 pixels; and the ten bars."""
    shown = pictures(monkeypatch)
    app = open_page("draw", model="baseline")
    rgba = on_canvas(mnist.test.images[0])
    draw(app, rgba)
    prepared = prepare_drawing(ink_of_canvas(rgba))
    assert prepared is not None
    _, scaled, image = shown[-3:]
    rows, columns = prepared.scaled.shape
    assert [each.alt for each in shown[-3:]] == [
        "The ink with a frame around it",
        f"The ink scaled to {rows} rows and {columns} columns",
        "The 28 by 28 pixels that the network receives, their middle marked by a cross",
    ]
    zoom = len(scaled.pixels) // rows
    np.testing.assert_array_equal(scaled.pixels[::zoom, ::zoom, 0], prepared.scaled)
    assert image.pixels.shape[0] == image.pixels.shape[1]
    (bars,) = components(app, "shares")
    expected = load_network("baseline").predict(prepared.image[np.newaxis])[0]
    np.testing.assert_allclose(bars["shares"], expected, atol=1e-6)
