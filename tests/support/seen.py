"""What a visitor gets to see of one function: it is run by itself, as a page of its own."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
import streamlit as st
from numpy.typing import DTypeLike, NDArray
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.support.pages import without_glosses


class Picture(NamedTuple):
    """A picture as it was shown: uint8 (rows, columns, 3 or 4), and what is said of it."""

    pixels: NDArray[np.uint8]
    alt: str
    caption: str | None


def alone(show: Callable[[], Any], state: Mapping[str, Any] | None = None) -> AppTest:
    """Run a function and nothing else, in a session with this state; links lead nowhere."""
    app = AppTest.from_string(
        "import streamlit; streamlit.session_state['alone']()", default_timeout=60
    )
    for name, value in {"alone": show, **(state or {})}.items():
        app.session_state[name] = value
    with patch.object(st, "page_link"):
        app.run()
    assert not app.exception
    return app


def components(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the components that have such a part were handed, from top to bottom."""
    found = (json.loads(part.proto.json) for part in app.get("bidi_component"))
    return [data for data in found if name in data]


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The Plotly figures, from top to bottom."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def plotted(values: Any) -> NDArray[Any]:
    """Values of a figure, which Plotly packs where they came as an array."""
    if isinstance(values, list):
        return np.array(values)
    flat = np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
    return flat.reshape([int(size) for size in values.get("shape", "-1").split(",")])


def numbers(text: str, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    """The array whose bytes a component was handed."""
    return np.frombuffer(base64.b64decode(text), dtype).reshape(shape)


def pictures(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """From now on the pictures that are shown, in this order."""
    shown: list[Picture] = []

    def keep(image: bytes, caption: str | None = None, *, alt: str = "", **_: Any) -> None:
        with Image.open(io.BytesIO(image)) as opened:
            shown.append(
                Picture(
                    np.asarray(opened.convert("RGB") if opened.mode == "L" else opened),
                    alt,
                    caption,
                )
            )

    monkeypatch.setattr(st, "image", keep)
    return shown


def words(app: AppTest) -> str:
    """All that is said, a line each; a space that does not break is a plain one here."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning)
    return plain("\n".join(str(element.value) for kind in kinds for element in kind))


def plain(text: str) -> str:
    """The text with plain spaces, and without what explains its terms."""
    return without_glosses(text).replace("\N{NO-BREAK SPACE}", " ")
