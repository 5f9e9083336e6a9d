"""The address of a page that was just opened, completed without an entry in the browser's history."""

from __future__ import annotations

from collections.abc import Mapping

from ui.components.shared.register import register

_address = register(__file__)


def complete_address(page: str, parts: Mapping[str, str]) -> None:
    """Let the browser's address say what it lacks; shows nothing. Once a run.

    page: whose address it is, the last part of its path. Where another one is open, nothing is done.
    parts: texts by their names. What the address says already it goes on saying.
    """
    _address(key="address", data={"page": page, "parts": list(parts.items())})
