"""Taking strokes off the canvas, whatever a browser has reported of it so far."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import streamlit_drawable_canvas
from streamlit.testing.v1 import AppTest

from tests.support.canvas import canvas_state
from tests.support.seen import alone
from ui.write.canvas import draw_on_canvas

INK = np.full((280, 280, 4), 255, np.uint8)


def reported(strokes: int, shade: int) -> dict[str, object]:
    """What the canvas sends with so many strokes on it; the shade tells one picture from another."""
    state = canvas_state(np.full_like(INK, shade))
    state["drawing"]["raw"] = {"objects": [{"type": "Path", "number": n} for n in range(strokes)]}
    return state


def strokes(app: AppTest) -> int:
    """How many the session holds."""
    return len(app.session_state["drawing"]["objects"])


def test_markup_is_that_of_this_version() -> None:
    """st_canvas.js knows the markup of one version, and no other is installed."""
    root = Path(__file__).parents[3]
    known = re.search(
        r"streamlit-drawable-canvas (\S+),",
        (root / "ui/components/shared/live/st_canvas.js").read_text(encoding="utf-8"),
    )
    assert known
    assert streamlit_drawable_canvas.__version__.startswith(f"{known[1]}.")
    required = (root / "requirements.txt").read_text(encoding="utf-8")
    assert f"streamlit-drawable-canvas~={known[1]}.0" in required


def test_a_stroke_that_no_run_has_kept_is_undone() -> None:
    """What comes with the very message that undoes is what is undone; an older report is not."""
    app = alone(draw_on_canvas)
    app.session_state["canvas"] = reported(1, 10)
    app.run()
    assert strokes(app) == 1

    app.session_state["canvas"] = reported(3, 20)
    app.button(key="undo").click().run()
    assert strokes(app) == 2
    # The answer stays until the canvas has drawn what is left.
    assert (app.session_state["drawing-pixels"] == 20).all()

    # A second click comes before the canvas has reported anew.
    app.session_state["canvas"] = reported(3, 20)
    app.button(key="undo").click().run()
    assert strokes(app) == 1


def test_an_empty_canvas_has_no_ink_at_once() -> None:
    """Where nothing is left on the canvas, nothing has to be seen first."""
    app = alone(draw_on_canvas)
    app.session_state["canvas"] = reported(1, 10)
    app.run()
    app.button(key="clear").click().run()
    assert strokes(app) == 0
    assert app.session_state["drawing-pixels"] is None
