"""The drawing canvas can be imported only while Streamlit runs: here, before any test needs it."""

from __future__ import annotations

from importlib import import_module

from tests.support.seen import alone

alone(lambda: import_module("streamlit_drawable_canvas"))
