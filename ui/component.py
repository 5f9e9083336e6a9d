"""How this project's JavaScript components are registered: one .py, one .js, one .css each."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.components.v2.bidi_component import ComponentResult


def register(python_file: str, *scripts: str) -> Callable[..., ComponentResult]:
    """Register the component whose .js and .css stand beside its Python file.

    scripts: names of further .js files in the same folder, in the order of reading; together they
    are one module. Where one has a .css of its own, its rules come first.
    """
    path = Path(python_file)
    module = (
        Path(__file__).with_suffix(".js"),
        *map(path.with_name, scripts),
        path.with_suffix(".js"),
    )
    mount = st.components.v2.component(
        f"digitscope-{path.stem.replace('_', '-')}",
        js="\n".join(script.read_text(encoding="utf-8") for script in module),
        css="\n".join(
            style.read_text(encoding="utf-8")
            for style in (script.with_suffix(".css") for script in module)
            if style.exists()
        ),
    )

    def show(*, data: dict[str, Any], **options: Any) -> ComponentResult:
        # Of each list Streamlit asks whether it is a table, and imports pandas to find out: a third of
        # a second for the first visitor, and 50 MB. Of a tuple it knows; a browser gets the same JSON.
        sent = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return mount(data=sent, **options)

    return show


def base64_bytes(array: NDArray[np.generic]) -> str:
    """An array's bytes in C order, for the data of a component, which has to be JSON."""
    return base64.b64encode(array.tobytes()).decode("ascii")
