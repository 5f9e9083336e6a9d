"""A picture on the canvas, as a browser would report it."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from streamlit.testing.v1 import AppTest


def canvas_state(rgba: NDArray[np.uint8]) -> dict[str, Any]:
    """What the canvas sends to Python for a picture that was drawn on it."""
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "PNG")
    picture = base64.b64encode(file.getvalue()).decode()
    strokes = {"objects": [{"type": "Path"}]}
    return {"drawing": {"raw": strokes, "data": f"data:image/png;base64,{picture}"}}


def on_canvas(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A digit, ten times enlarged, white on black, as the canvas shows it."""
    grey = image.repeat(10, axis=0).repeat(10, axis=1)
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def draw(app: AppTest, rgba: NDArray[np.uint8]) -> None:
    """Put a picture on the canvas, as a stroke would."""
    app.session_state["canvas"] = canvas_state(rgba)
    app.run()
    assert not app.exception
