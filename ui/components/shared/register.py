"""How this project's JavaScript components are registered: a folder with a .py, a .js and a .css."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared.bundle import bundle
from ui.components.shared.from_browser import Implausible, entry

# A value of `object` can be put to no use before a function of from_browser has checked it.
Hear = Callable[[object], None]


class Component:
    """A registered component, to be shown as often as there are keys for it."""

    def __init__(self, render: Callable[..., Any]) -> None:
        self._render = render

    def __call__(self, *, key: str, data: Mapping[str, Any], **events: Hear) -> None:
        """Show it.

        data: what its JavaScript is handed, ready for JSON.
        events: by the name that its JavaScript gives to `setTriggerValue`, what is to be called with
            the value that was sent. A message whose value is Implausible is ignored.
        """
        # Of each list Streamlit asks whether it is a table, and imports pandas to find out: a third of
        # a second for the first visitor, and 50 MB. Of a tuple it knows; a browser gets the same JSON.
        sent = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        self._render(
            key=key,
            data=sent,
            **{
                f"on_{name}_change": partial(_hear, key, name, hear)
                for name, hear in events.items()
            },
        )


def _hear(key: str, name: str, hear: Hear) -> None:
    try:
        hear(entry(st.session_state.get(key), name))
    except Implausible:
        return


def register(python_file: str) -> Component:
    """Register the component whose .js and .css stand beside its Python file."""
    path = Path(python_file)
    joined = bundle(path.with_suffix(".js"))
    render = st.components.v2.component(
        f"digitscope-{path.stem.replace('_', '-')}", js=joined.js, css=joined.css
    )
    return Component(render)


def base64_bytes(array: NDArray[np.generic]) -> str:
    """An array's bytes in C order, for the data of a component, which has to be JSON."""
    return base64.b64encode(array.tobytes()).decode("ascii")
