"""The meanings of terms, shown on hover, focus and tap wherever a page's text has `gloss`."""

from __future__ import annotations

from ui.components.shared.register import register

_glosses = register(__file__)


def glosses() -> None:
    """Watch over all glosses of the page; itself it takes no room. Once a page."""
    _glosses(key="glosses", data={})
