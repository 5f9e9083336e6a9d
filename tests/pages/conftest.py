"""What tests of pages share: the app in Streamlit's own test harness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page() -> OpenPage:
    """Open a page of the app, `overview` for instance, with what stands in its address."""

    def open_at(page: str, /, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception
        return app

    return open_at


def all_text(app: AppTest) -> str:
    """Everything that the page says in titles, headers, text and captions."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def set_value(app: AppTest, key: str, value: Any) -> AppTest:
    """Set a widget that AppTest has no list of its own for, a segmented control for instance."""
    widget: Any = app.get_by_key(key)
    widget.set_value(value)
    return app
