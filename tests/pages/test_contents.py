"""What a long page lists at its top is on it, in that order."""

from __future__ import annotations

import re

import pytest

from tests.support.pages import OpenPage


@pytest.mark.parametrize("page", ["convolution", "pooling", "runs", "improvements"])
def test_each_link_leads_to_a_header(open_page: OpenPage, page: str) -> None:
    """Every header of the page that has an anchor of its own is listed, from top to bottom."""
    app = open_page(page)
    (listed,) = (part.value for part in app.markdown if part.value.startswith("On this page: "))
    anchors = [header.proto.anchor for header in app.header]
    assert all(anchors)
    assert re.findall(r"\[[^\]]+\]\(#([a-z-]+)\)", listed) == anchors
