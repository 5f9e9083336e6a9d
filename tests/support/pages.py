"""What tests of pages share: what a page says, and how its widgets are set."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.support.forged import forge, triggered, widget

ROOT = Path(__file__).parents[2]
OpenPage = Callable[..., AppTest]


def all_text(app: AppTest) -> str:
    """Everything that the page says in titles, headers, text and captions; terms unexplained."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption)
    return without_glosses("\n".join(str(element.value) for kind in kinds for element in kind))


def takeaway_of(app: AppTest) -> str:
    """What the page says one should take along; terms unexplained."""
    texts = [str(each.value) for each in app.markdown]
    (title,) = (
        place for place, text in enumerate(texts) if text.endswith("**Take this with you**")
    )
    return without_glosses(texts[title + 1])


def without_glosses(text: str) -> str:
    """What is read: of a gloss only the words that it explains."""
    return re.sub(r'\[([^\]]*)\]\(glossary\?term=[^ ]+ "[^"]*"\)', r"\1", text)


def set_value(app: AppTest, key: str, value: Any) -> AppTest:
    """Set a widget that AppTest has no list of its own for, a segmented control for instance."""
    widget: Any = app.get_by_key(key)
    widget.set_value(value)
    return app


def tell(app: AppTest, key: str, event: str, value: Any) -> AppTest:
    """Run the page again with what a component, by its key, tells the server."""
    forge(app, **triggered(widget(app, key), json.dumps(value), event))
    return app
